import { expect, test } from "vitest";
import { caller, textOf, typeOf } from "./testing";

const ndr = { JournalingReportNdrTo: "undeliverable@elsewhere.example" };
const rule = { Name: "Journal", JournalEmailAddress: "customer@journaling.mxrecord.io", Scope: "External" };

test("no journal rule without an address for undeliverable reports", async () => {
  const { call, tenant } = caller("many");
  expect(textOf(await call("New-JournalRule", rule))).toContain("JournalingReportNdrTo");
  await call("Set-TransportConfig", ndr);
  expect((await call("New-JournalRule", rule)).status).toBe(200);
  expect(tenant.exchange["JournalRule"]?.[0]).toMatchObject({ Enabled: false, Recipient: null, Scope: "External" });
});

test("a journal rule is turned on and off by cmdlets of their own, and back to everyone by null", async () => {
  const { call } = caller("many");
  await call("Set-TransportConfig", ndr);
  await call("New-JournalRule", { ...rule, Recipient: "list@elsewhere.example" });
  const shown = async () => (await call("Get-JournalRule", { Identity: "Journal" })).body.value[0];
  await call("Enable-JournalRule", { Identity: "Journal", Confirm: false });
  expect(await shown()).toMatchObject({ Enabled: true, Recipient: "list@elsewhere.example" });
  await call("Set-JournalRule", { Identity: "Journal", Recipient: null });
  await call("Disable-JournalRule", { Identity: "Journal", Confirm: false });
  expect(await shown()).toMatchObject({ Enabled: false, Recipient: null });
  expect(typeOf(await call("Set-JournalRule", { Identity: "Journal", Enabled: true }))).toBe("AmbiguousParameterSetException");
});

test("reports cannot go to one of the tenant's own mailboxes, by any of its addresses", async () => {
  const { call, tenant } = caller("regions");
  await call("Set-TransportConfig", ndr);
  for (const JournalEmailAddress of [`info@${tenant.seed.slug}.example`, `info@${tenant.initialDomain}`])
    expect(textOf(await call("New-JournalRule", { ...rule, JournalEmailAddress }))).toContain("can't be an Exchange Online mailbox");
  expect((await call("New-JournalRule", { ...rule, JournalEmailAddress: "office@tax-adviser.example" })).status).toBe(200);
});

const connector = { Name: "Out", UseMXRecord: false, SmartHosts: ["mailstream-eu1.mxrecord.io"], RecipientDomains: ["journal.example"] };

test.each([
  ["no smart host without MX records", { SmartHosts: [] }],
  ["a recipient domain that is none", { RecipientDomains: ["x@journal.example"] }],
  ["a star inside a recipient domain", { RecipientDomains: ["mail.*.example"] }],
  ["a smart host that is none", { SmartHosts: ["mail example"] }],
  ["DomainValidation without a name", { TlsSettings: "DomainValidation" }],
])("an outbound connector with %s is refused", async (_, more) => {
  const { call, tenant } = caller("many");
  expect(typeOf(await call("New-OutboundConnector", { ...connector, ...more }))).toBe("ValidationException");
  expect(tenant.exchange["OutboundConnector"]).toEqual([]);
});

const validation = { IsValidated: true, LastValidationTimestamp: "2026-01-01 12:00:00z", ValidationRecipients: ["a@journal.example"] };

test("what is told of a validation is kept, its time without a zone", async () => {
  const { call } = caller("many");
  await call("New-OutboundConnector", connector);
  await call("Set-OutboundConnector", { Identity: "Out", ...validation });
  const [shown] = (await call("Get-OutboundConnector", { Identity: "Out" })).body.value;
  expect(shown).toMatchObject({ ...validation, LastValidationTimestamp: "2026-01-01T12:00:00" });
  expect(shown["LastValidationTimestamp@data.type"]).toBe("System.DateTime");
  expect((await call("Set-OutboundConnector", { Identity: "Out", LastValidationTimestamp: "yesterday" })).status).toBe(400);
});

test("a tenant that forgets validations takes them and keeps nothing", async () => {
  const { call, tenant } = caller("many");
  tenant.traits.forgetsValidation = true;
  await call("New-OutboundConnector", connector);
  expect((await call("Set-OutboundConnector", { Identity: "Out", ...validation, Comment: "kept" })).status).toBe(200);
  const [shown] = (await call("Get-OutboundConnector", { Identity: "Out" })).body.value;
  expect(shown).toMatchObject({ Comment: "kept", IsValidated: false, LastValidationTimestamp: null, ValidationRecipients: [] });
});
