import { expect, test } from "vitest";
import { directoryRoles } from "../tenant";
import { caller, goodToken, typeOf } from "./testing";

const bypass = { BypassSecurityGroupManagerCheck: true };

test("a list is made with members, read back by its address, renamed and removed", async () => {
  const { call, tenant, world } = caller("regions");
  const at = (part: string) => `${part}@${tenant.seed.slug}.example`;
  const made = await call("New-DistributionGroup", {
    Name: "Journal EU",
    Alias: "journal-eu",
    PrimarySmtpAddress: at("journal-eu"),
    Type: "Distribution",
    Members: [at("berlin.sales"), "paris.finance"],
  });
  expect(made.body.value[0]).toMatchObject({
    Name: "Journal EU",
    PrimarySmtpAddress: at("journal-eu"),
    IsDirSynced: false,
    GroupType: "Universal",
    RecipientTypeDetails: "MailUniversalDistributionGroup",
  });
  world.clock.advance(tenant.traits.readLagMs);
  const read = async (Identity: string) => call("Get-DistributionGroup", { Identity });
  expect((await read(at("journal-eu"))).body.value[0].Guid).toBe(made.body.value[0].Guid);
  expect(tenant.groups.at(-1)?.members).toEqual([at("berlin.sales"), at("paris.finance")]);
  await call("Set-DistributionGroup", { Identity: "journal-eu", DisplayName: "Everybody in the EU", ...bypass });
  await call("Set-DistributionGroup", { Identity: "journal-eu", Name: "EU", ...bypass });
  world.clock.advance(tenant.traits.readLagMs);
  expect((await read("EU")).body.value[0]).toMatchObject({ DisplayName: "Everybody in the EU", Alias: "journal-eu" });
  expect((await call("Remove-DistributionGroup", { Identity: "EU", Confirm: false, ...bypass })).status).toBe(200);
  world.clock.advance(tenant.traits.readLagMs);
  expect((await read("EU")).status).toBe(404);
});

test("without an address it gets its alias at the default domain", async () => {
  const { call, tenant } = caller("regions");
  const made = await call("New-DistributionGroup", { Name: "Journal US" });
  expect(made.body.value[0].PrimarySmtpAddress).toBe(`JournalUS@${tenant.seed.slug}.example`);
  const other = { Name: "Journal EU", PrimarySmtpAddress: `eu@${tenant.seed.slug}.example` };
  expect((await call("New-DistributionGroup", other)).body.value[0]).toMatchObject({ Alias: "JournalEU", DisplayName: "Journal EU" });
  expect((await call("Add-DistributionGroupMember", { Identity: "JournalEU", Member: "employee", ...bypass })).status).toBe(200);
});

test.each([
  ["a name that is taken", { Name: "Sales" }, "ADObjectAlreadyExistsException"],
  ["an address that is taken", { Name: "New", PrimarySmtpAddress: "info@" }, "ProxyAddressExistsException"],
  ["an address elsewhere", { Name: "New", PrimarySmtpAddress: "new@elsewhere.example" }, "NotAcceptedDomainException"],
  ["a member whom nobody knows", { Name: "New", Members: ["nobody"] }, "ManagementObjectNotFoundException"],
  ["a name of 65 characters", { Name: "x".repeat(65) }, "ValidationException"],
])("%s is refused and makes no list", async (_, parameters, type) => {
  const { call, tenant } = caller("regions");
  const address =
    "PrimarySmtpAddress" in parameters ? parameters.PrimarySmtpAddress.replace(/@$/, `@${tenant.seed.slug}.example`) : undefined;
  const answer = await call("New-DistributionGroup", { ...parameters, ...(address ? { PrimarySmtpAddress: address } : {}) });
  expect(typeOf(answer)).toBe(type);
  expect(tenant.groups).toHaveLength(3);
});

test("an application manages no list: without the switch it changes and removes none", async () => {
  const { call, tenant } = caller("regions");
  const cmdlets: [string, Record<string, unknown>][] = [
    ["Set-DistributionGroup", { DisplayName: "x" }],
    ["Remove-DistributionGroup", { Confirm: false }],
    ["Add-DistributionGroupMember", { Member: "berlin.support" }],
    ["Update-DistributionGroupMember", { Members: [] }],
  ];
  for (const [cmdlet, parameters] of cmdlets)
    expect(typeOf(await call(cmdlet, { Identity: "Sales", ...parameters }))).toBe("OperationRequiresGroupManagerException");
  expect(tenant.groupChanges).toEqual([]);
});

test("groups of another kind are no distribution lists", async () => {
  const { call } = caller("regions");
  for (const Identity of ["Project Atlas", "Everybody in Berlin"]) {
    expect((await call("Get-DistributionGroup", { Identity })).status).toBe(404);
    expect((await call("Remove-DistributionGroup", { Identity, ...bypass, Confirm: false })).status).toBe(404);
  }
  expect((await call("Get-DistributionGroup", { ResultSize: "Unlimited" })).body.value).toHaveLength(1);
});

test("a list synced from on-premises says so and is not changed", async () => {
  const { call, tenant } = caller("synced-groups");
  expect((await call("Get-DistributionGroup", { Identity: "EU staff" })).body.value[0].IsDirSynced).toBe(true);
  const answer = await call("Add-DistributionGroupMember", { Identity: "EU staff", Member: "employee", ...bypass });
  expect(JSON.stringify(answer.body)).toContain("is being synchronized from your on-premises organization");
  expect((await call("Remove-DistributionGroup", { Identity: "EU staff", Confirm: false, ...bypass })).status).toBe(400);
  expect((await call("Add-DistributionGroupMember", { Identity: "Studios", Member: "employee", ...bypass })).status).toBe(200);
  expect(tenant.groups.map((group) => group.members.length)).toEqual([1, 2, 3]);
});

test("a Global Reader reads lists and changes none; a dehydrated tenant refuses what it refuses", async () => {
  const reader = caller("regions", (tenant) => ({ ...goodToken(tenant), wids: [directoryRoles.globalReader] }));
  expect((await reader.call("Get-DistributionGroup")).status).toBe(200);
  expect((await reader.call("New-DistributionGroup", { Name: "x" })).status).toBe(403);
  const { call, tenant } = caller("dehydrated");
  tenant.traits.gatedCmdlets = ["New-DistributionGroup"];
  expect(typeOf(await call("New-DistributionGroup", { Name: "x" }))).toBe("InvalidOperationInDehydratedContextException");
});
