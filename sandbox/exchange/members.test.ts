import { expect, test } from "vitest";
import { type Caller, caller, textOf, typeOf } from "./testing";

const bypass = { BypassSecurityGroupManagerCheck: true };
const membersOf = async ({ call }: Caller, Identity: string) => {
  const read = await call("Get-DistributionGroupMember", { Identity, ResultSize: "Unlimited" });
  return read.body.value.map((one: { PrimarySmtpAddress: string }) => one.PrimarySmtpAddress);
};

test("members come and go one by one, and a read shows it after the tenant's lag", async () => {
  const all = caller("overlap");
  const at = (part: string) => `${part}@${all.tenant.seed.slug}.example`;
  const before = [at("berlin.sales"), at("paris.finance"), at("travelling.manager")];
  await all.call("Add-DistributionGroupMember", { Identity: "EU staff", Member: "newcomer", ...bypass });
  all.world.clock.advance(2_000);
  await all.call("Remove-DistributionGroupMember", { Identity: "EU staff", Member: at("paris.finance"), Confirm: false, ...bypass });
  expect(new Set(await membersOf(all, "EU staff"))).toEqual(new Set(before));
  all.world.clock.advance(1_000);
  expect(new Set(await membersOf(all, "EU staff"))).toEqual(new Set([...before, at("newcomer")]));
  all.world.clock.advance(2_000);
  expect(await membersOf(all, "EU staff")).toEqual([at("berlin.sales"), at("travelling.manager"), at("newcomer")]);
});

test("a member twice, one who is none and one whom nobody knows are refused", async () => {
  const { call } = caller("overlap");
  const edit = (verb: string, Member: string) => call(`${verb}-DistributionGroupMember`, { Identity: "EU staff", Member, ...bypass });
  const twice = await edit("Add", "BERLIN.SALES");
  expect([twice.status, typeOf(twice)]).toEqual([400, "MemberAlreadyExistsException"]);
  expect(textOf(twice)).toMatch(/^The recipient ".*" is already a member of the group\.$/);
  expect(textOf(await edit("Remove", "newcomer"))).toContain("isn't a member of the group");
  expect((await edit("Add", "nobody@elsewhere.example")).status).toBe(404);
  expect(typeOf(await call("Add-DistributionGroupMember", { Identity: "EU staff", ...bypass }))).toBe("AmbiguousParameterSetException");
  expect(typeOf(await edit("Add", ""))).toBe("AmbiguousParameterSetException");
});

test("ten thousand members are set in one call and read in pages; one more is refused", async () => {
  const all = caller("big-directory");
  const Members = Array.from(
    { length: 10_000 },
    (_, index) => `person-${String(index + 1).padStart(5, "0")}@${all.tenant.seed.slug}.example`,
  );
  await all.call("New-DistributionGroup", { Name: "Everybody" });
  const set = (list: string[]) =>
    all.call("Update-DistributionGroupMember", { Identity: "Everybody", Members: list, Confirm: false, ...bypass });
  expect((await set([...Members, "employee"])).status).toBe(400);
  expect((await set(Members)).status).toBe(200);
  all.world.clock.advance(all.tenant.traits.readLagMs);
  const body = Buffer.from(
    JSON.stringify({
      CmdletInput: { CmdletName: "Get-DistributionGroupMember", Parameters: { Identity: "Everybody", ResultSize: "Unlimited" } },
    }),
  );
  let path: string | undefined = `/adminapi/beta/${all.tenant.id}/InvokeCommand`;
  const seen = new Set<string>();
  let pages = 0;
  for (; path !== undefined; pages += 1) {
    const page = await all.send({ path, body });
    for (const one of page.body.value) seen.add(one.PrimarySmtpAddress);
    path = page.body["@odata.nextLink"];
  }
  expect([seen.size, pages]).toEqual([10_000, 10]);
  await set(Members.slice(1));
  expect(all.tenant.groupChanges.at(-1)).toMatchObject({ added: [], removed: [Members[0]] });
});

test("one whose service lies has said yes and done nothing", async () => {
  const all = caller("overlap");
  all.world.faults.add({ tenant: all.tenant.id, service: "exchange", kind: "lie", times: 1 });
  expect((await all.call("Add-DistributionGroupMember", { Identity: "EU staff", Member: "newcomer", ...bypass })).status).toBe(200);
  expect(all.tenant.groups[0]?.members).toHaveLength(3);
});

test("WhatIf tells and does nothing", async () => {
  const all = caller("overlap");
  const answer = await all.call("Add-DistributionGroupMember", { Identity: "EU staff", Member: "newcomer", WhatIf: true, ...bypass });
  expect(answer.body["@adminapi.confirmationmessage"]).toContain("newcomer");
  expect(all.tenant.groups[0]?.members).toHaveLength(3);
});

test("guests, contacts and other lists can be members", async () => {
  const all = caller("regions");
  const addresses = [`${all.tenant.seed.slug}@partner.example`, "office@tax-adviser.example", `atlas@${all.tenant.seed.slug}.example`];
  for (const Member of addresses)
    expect((await all.call("Add-DistributionGroupMember", { Identity: "Sales", Member, ...bypass })).status).toBe(200);
  all.world.clock.advance(all.tenant.traits.readLagMs);
  expect(await membersOf(all, "Sales")).toEqual(expect.arrayContaining(addresses));
});
