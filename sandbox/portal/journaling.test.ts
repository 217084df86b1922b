import { expect, test } from "vitest";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { portal } from "./index";

function opened(scenario: string) {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const visit = async (section: string, form?: Record<string, string>) => {
    const body = Buffer.from(new URLSearchParams(form ?? {}).toString());
    const url = new URL(`/portal/${tenant.id}${section}`, "http://127.0.0.1");
    const answer = await portal({ method: form ? "POST" : "GET", url, headers: {}, body }, world);
    return { status: answer?.status, text: String(answer?.body) };
  };
  const first = (noun: string) => tenant.exchange[noun]?.[0];
  return { tenant, visit, first, at: (part: string) => `${part}@${tenant.seed.slug}.example` };
}

test("an outbound connector is made, turned off and deleted by hand", async () => {
  const { visit, first } = opened("fresh");
  const form = {
    Name: "Journal",
    ConnectorType: "Partner",
    RecipientDomains: "journaling.mxrecord.io",
    SmartHosts: "mailstream-east.mxrecord.io\r\nmailstream-west.mxrecord.io",
    TlsSettings: "CertificateValidation",
    TlsDomain: "",
  };
  expect((await visit("/outbound-connector", { Identity: "", ...form, Enabled: "on" })).status).toBe(303);
  const made = first("OutboundConnector");
  expect(made).toMatchObject({
    Enabled: true,
    UseMXRecord: false,
    SmartHosts: ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"],
    TlsSettings: "CertificateValidation",
    TlsDomain: null,
  });
  const Identity = String(made?.Guid);
  await visit("/outbound-connector", { Identity, ...form, SmartHosts: "", TlsSettings: "Not required" });
  expect(first("OutboundConnector")).toMatchObject({ Enabled: false, UseMXRecord: true, SmartHosts: [], TlsSettings: null });
  expect((await visit("")).text).toContain("Save outbound connector");
  await visit("/outbound-connector", { Identity, do: "remove" });
  expect(first("OutboundConnector")).toBeUndefined();
});

test("the address for undeliverable reports comes first, then a journal rule is made, turned off and deleted by hand", async () => {
  const { visit, first } = opened("fresh");
  const form = { Name: "Journal", JournalEmailAddress: "customer@journaling.mxrecord.io", Recipient: "", Scope: "External" };
  expect((await visit("/journal-rule", { Identity: "", ...form, Enabled: "on" })).text).toContain("JournalingReportNdrTo");
  await visit("/undeliverable-reports", { JournalingReportNdrTo: "reports@elsewhere.example" });
  await visit("/journal-rule", { Identity: "", ...form, Enabled: "on" });
  expect(first("JournalRule")).toMatchObject({ Enabled: true, Recipient: null, Scope: "External" });
  const Identity = String(first("JournalRule")?.Guid);
  await visit("/journal-rule", { Identity, ...form, Recipient: "list@fabrikam.example" });
  expect(first("JournalRule")).toMatchObject({ Enabled: false, Recipient: "list@fabrikam.example" });
  await visit("/journal-rule", { Identity, do: "remove" });
  await visit("/undeliverable-reports", { JournalingReportNdrTo: "" });
  expect([first("JournalRule"), first("TransportConfig")?.["JournalingReportNdrTo"]]).toEqual([undefined, null]);
});

test("a distribution list is made, filled and deleted by hand; a synced one refuses", async () => {
  const { visit, tenant, at } = opened("regions");
  await visit("/distribution-list", { Identity: "", Name: "EU", PrimarySmtpAddress: at("eu"), Members: at("berlin.sales") });
  const made = tenant.groups.at(-1);
  expect(made).toMatchObject({ name: "EU", address: at("eu"), members: [at("berlin.sales")] });
  const form = { Identity: String(made?.id), Name: "EU", PrimarySmtpAddress: at("eu") };
  await visit("/distribution-list", { ...form, Members: `${at("paris.finance")}\n${at("berlin.sales")}` });
  expect(new Set(tenant.groups.at(-1)?.members)).toEqual(new Set([at("berlin.sales"), at("paris.finance")]));
  expect((await visit("/distribution-list", { ...form, Members: "nobody@elsewhere.example" })).status).toBe(400);
  await visit("/distribution-list", { ...form, do: "remove" });
  expect(tenant.groups.map((group) => group.name)).not.toContain("EU");
  const synced = opened("synced-groups");
  const [group] = synced.tenant.groups;
  const answer = await synced.visit("/distribution-list", { Identity: String(group?.id), Name: "EU staff", Members: "" });
  expect(answer.text).toContain("synchronized from your on-premises organization");
  expect(synced.tenant.groups[0]).toEqual(group);
});

test("groups that are no lists are shown, and cannot be changed as if they were", async () => {
  const { visit } = opened("regions");
  expect((await visit("")).text).toContain("Project Atlas");
});
