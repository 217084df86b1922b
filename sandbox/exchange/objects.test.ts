import { expect, test } from "vitest";
import { caller, delta, textOf, typeOf } from "./testing";

const connector = { Name: "In", SenderDomains: ["*"], ConnectorType: "Partner", SenderIPAddresses: ["192.0.2.1"] };

test("a connector is made, read back in the wire's own words, changed and removed", async () => {
  const { call } = caller("many");
  const made = await call("New-InboundConnector", connector);
  expect(made.body.value[0]).toMatchObject({ Name: "In", SenderDomains: ["smtp:*;1"], EFSkipLastIP: false, RequireTls: true });
  expect(made.body.value[0]["SenderDomains@odata.type"]).toBe("#Collection(String)");
  expect(made.body.value[0]["Guid@odata.type"]).toBe("#Guid");
  expect(made.body.value[0].WhenChangedUTC).toMatch(/\.\d{7}Z$/);
  const set = await call("Set-InboundConnector", {
    Identity: "in",
    EFSkipLastIP: true,
    EFUsers: [],
    SenderIPAddresses: delta({ Add: ["192.0.2.2"], Remove: "192.0.2.1" }),
  });
  expect(set.body.value).toEqual([]);
  const read = await call("Get-InboundConnector", { Identity: made.body.value[0].Guid });
  expect(read.body.value[0]).toMatchObject({ EFSkipLastIP: true, SenderIPAddresses: ["192.0.2.2"] });
  expect((await call("Remove-InboundConnector", { Identity: "In", Confirm: false })).status).toBe(200);
  expect((await call("Get-InboundConnector", { Identity: "In" })).status).toBe(404);
});

test("a second object of a name is refused, and so is renaming to one", async () => {
  const { call } = caller("many");
  await call("New-InboundConnector", connector);
  expect(typeOf(await call("New-InboundConnector", { ...connector, Name: "IN" }))).toBe("ADObjectAlreadyExistsException");
  await call("New-InboundConnector", { ...connector, Name: "Other" });
  expect(typeOf(await call("Set-InboundConnector", { Identity: "Other", Name: "In" }))).toBe("ADObjectAlreadyExistsException");
});

test("an object that is not there is 404 by its own exception", async () => {
  const { call } = caller("many");
  const answer = await call("Set-InboundConnector", { Identity: "Nobody", Enabled: true });
  expect([answer.status, typeOf(answer)]).toEqual([404, "ManagementObjectNotFoundException"]);
});

test("a Set- that changes nothing succeeds with a warning", async () => {
  const { call } = caller("hand-made");
  const answer = await call("Set-InboundConnector", { Identity: "Mail from the filter", Enabled: true });
  expect(answer.status).toBe(200);
  expect(answer.body["@adminapi.warnings"]).toEqual([
    "The command completed successfully but no settings of 'Mail from the filter' have been modified.",
  ]);
});

test("WhatIf changes nothing and says what it would do", async () => {
  const { call, tenant } = caller("many");
  const answer = await call("New-InboundConnector", { ...connector, WhatIf: true });
  expect(answer.body["@adminapi.confirmationmessage"]).toContain("In");
  expect(tenant.exchange["InboundConnector"]).toEqual([]);
});

test("Story 39: a trial tenant refuses inbound connectors and nothing else", async () => {
  const { call } = caller("trial");
  const answer = await call("New-InboundConnector", connector);
  expect(textOf(answer)).toContain("trial and developer");
  expect((await call("Set-HostedContentFilterPolicy", { Identity: "Default", MarkAsSpamSpfRecordHardFail: "Off" })).status).toBe(200);
});

test("smart hosts are mandatory without MX routing", async () => {
  const { call } = caller("many");
  const base = { Name: "Out", RecipientDomains: ["journaling.example"], UseMXRecord: false };
  expect(typeOf(await call("New-OutboundConnector", base))).toBe("ValidationException");
  expect(
    (await call("New-OutboundConnector", { ...base, SmartHosts: ["host.example"], TlsSettings: "CertificateValidation" })).status,
  ).toBe(200);
});

test("quarantine permissions go in as bits and come out as text; tags must exist; a policy in use stays", async () => {
  const { call } = caller("many");
  expect(typeOf(await call("Set-HostedContentFilterPolicy", { Identity: "Default", SpamQuarantineTag: "Ours" }))).toBe(
    "ValidationException",
  );
  expect(typeOf(await call("New-QuarantinePolicy", { Name: "Ours", EndUserQuarantinePermissionsValue: 12 }))).toBe("ValidationException");
  await call("New-QuarantinePolicy", { Name: "Ours", EndUserQuarantinePermissionsValue: 11, ESNEnabled: true });
  const [policy] = (await call("Get-QuarantinePolicy", { Identity: "Ours" })).body.value;
  expect(policy.EndUserQuarantinePermissions).toContain("PermissionToRequestRelease: True\nPermissionToRelease: False");
  expect(policy).not.toHaveProperty("EndUserQuarantinePermissionsValue");
  await call("Set-HostedContentFilterPolicy", { Identity: "Default", SpamQuarantineTag: "Ours" });
  expect(textOf(await call("Remove-QuarantinePolicy", { Identity: "Ours" }))).toContain("used by");
  expect(textOf(await call("Set-QuarantinePolicy", { Identity: "AdminOnlyAccessPolicy", ESNEnabled: true }))).toContain("built in");
});

test("the global quarantine policy is untouched until the first is made, and its cadence is respelt", async () => {
  const { call } = caller("many");
  const global = { QuarantinePolicyType: "GlobalQuarantinePolicy" };
  expect((await call("Get-QuarantinePolicy", global)).body.value.map((one: { Name: string }) => one.Name)).toEqual(["DefaultGlobalPolicy"]);
  await call("New-QuarantinePolicy", { Name: "DefaultGlobalTag", ...global, EndUserSpamNotificationFrequency: "1.00:00:00" });
  expect((await call("Get-QuarantinePolicy", global)).body.value).toMatchObject([
    { Name: "DefaultGlobalTag", EndUserSpamNotificationFrequency: "P1D" },
  ]);
});

test("mail flow rules keep an order of their own and read their state back", async () => {
  const { call } = caller("many");
  for (const Name of ["a", "b", "c"]) await call("New-TransportRule", { Name, SetSCL: 5 });
  await call("Set-TransportRule", { Identity: "c", Priority: 0 });
  await call("Disable-TransportRule", { Identity: "b", Confirm: false });
  const rules = (await call("Get-TransportRule")).body.value;
  expect(rules.map((rule: { Name: string; Priority: number; State: string }) => [rule.Name, rule.Priority, rule.State])).toEqual([
    ["c", 0, "Enabled"],
    ["a", 1, "Enabled"],
    ["b", 2, "Disabled"],
  ]);
  expect(rules[0]).toMatchObject({ HeaderContainsWords: null, Actions: ["Microsoft.Exchange.MessagingPolicies.Rules.Tasks.SetSclAction"] });
  expect(typeOf(await call("New-TransportRule", { Name: "d", Priority: 9 }))).toBe("ValidationException");
  expect(typeOf(await call("New-TransportRule", { Name: "d", HeaderContainsWords: ["x"] }))).toBe("ValidationException");
});

test("a journal rule needs the address for undeliverable reports first, and begins disabled", async () => {
  const { call } = caller("many");
  const rule = { Name: "Journal", JournalEmailAddress: "a@journaling.example", Scope: "External" };
  expect((await call("Get-TransportConfig")).body.value[0].JournalingReportNdrTo).toBe("<>");
  expect(typeOf(await call("New-JournalRule", rule))).toBe("ValidationException");
  await call("Set-TransportConfig", { JournalingReportNdrTo: "ndr@elsewhere.example" });
  await call("New-JournalRule", rule);
  expect((await call("Get-JournalRule")).body.value[0]).toMatchObject({ Enabled: false, Recipient: null });
  await call("Enable-JournalRule", { Identity: "Journal" });
  expect((await call("Get-JournalRule")).body.value[0].Enabled).toBe(true);
  await call("Set-TransportConfig", { JournalingReportNdrTo: null });
  expect((await call("Get-TransportConfig")).body.value[0].JournalingReportNdrTo).toBe("<>");
});

test("accepted domains are the tenant's verified ones", async () => {
  const { call, tenant } = caller("fresh");
  const read = await call("Get-AcceptedDomain", { ResultSize: "Unlimited" });
  expect(read.body.value.map((one: { DomainName: string }) => one.DomainName)).toEqual(tenant.domains.map((domain) => domain.id));
});

test("a projection answers only what was asked, with its sidecars", async () => {
  const { call } = caller("hand-made");
  const read = await call("Get-InboundConnector", {}, { query: "?$select=Name,SenderIPAddresses" });
  expect(Object.keys(read.body.value[0])).toEqual(["Name", "SenderIPAddresses@odata.type", "SenderIPAddresses"]);
});

test("lists come back in another order where the tenant is of that kind", async () => {
  const { call } = caller("hand-made");
  const orders = new Set<string>();
  for (let turn = 0; turn < 3; turn += 1) orders.add((await call("Get-InboundConnector")).body.value[0].SenderIPAddresses.join());
  expect(orders.size).toBe(2);
});
