import { expect, test } from "vitest";
import { byHand } from "../exchange/by-hand";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { control } from "./index";

function asked(scenario = "leftovers") {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error("no scenario");
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const ask = async (path: string, body?: unknown) => {
    const request = {
      method: body ? "POST" : "GET",
      url: new URL(path, "http://127.0.0.1"),
      headers: {},
      body: Buffer.from(JSON.stringify(body ?? "")),
    };
    return JSON.parse(String((await control(request, world))?.body));
  };
  const state = () => ask(`/sandbox/state?tenant=${tenant.id}`);
  return { tenant, world, state, compare: (earlier: unknown) => ask("/sandbox/compare", { tenant: tenant.id, with: earlier }) };
}

test("an object made again under the same name, lists in another order, serials and times are no difference", async () => {
  const { tenant, state, compare } = asked();
  const before = await state();
  for (const objects of Object.values(tenant.exchange)) for (const object of objects) object.Guid = "new";
  const [connector] = tenant.exchange["InboundConnector"] ?? [];
  if (connector)
    Object.assign(connector, {
      WhenChangedUTC: "later",
      SenderIPAddresses: ["134.195.26.0/24", ...[connector["SenderIPAddresses"]].flat().slice(0, -1)],
    });
  for (const zone of tenant.zones) Object.assign(zone, { serial: 9, records: [...zone.records].reverse() });
  for (const domain of tenant.cloudflare.domains) Object.assign(domain, { id: "x", modifiedAt: 1 });
  expect(await compare(before)).toEqual({ equal: true, differences: [] });
});

test("every change is named by its place", async () => {
  const { tenant, world, state, compare } = asked();
  const before = await state();
  byHand(world, tenant, "Set-InboundConnector", {
    Identity: "Area 1 Inbound Connector",
    EFSkipLastIP: false,
    SenderIPAddresses: ["192.0.2.1"],
  });
  byHand(world, tenant, "Remove-TransportRule", { Identity: "Area 1 User Quarantine Message", Confirm: false });
  const [mx] = tenant.zones[0]?.records ?? [];
  if (mx) mx.ttl = 60;
  for (const domain of tenant.cloudflare.domains) domain.drop_dispositions = [];
  const { equal, differences } = await compare(before);
  expect(equal).toBe(false);
  expect(differences).toContain("exchange > InboundConnector > Area 1 Inbound Connector > EFSkipLastIP was true, is false");
  expect(differences).toContain('exchange > InboundConnector > Area 1 Inbound Connector > SenderIPAddresses has "192.0.2.1" besides');
  expect(differences.some((line: string) => line.startsWith("exchange > TransportRule > Area 1 User Quarantine Message is gone"))).toBe(
    true,
  );
  expect(differences.some((line: string) => line.includes("60 MX 5 mailstream-central.mxrecord.mx"))).toBe(true);
  expect(differences.some((line: string) => line.includes('drop_dispositions lacks "MALICIOUS"'))).toBe(true);
});

test("lists and their members, journal rules, outbound connectors and the address for undeliverable reports are part of it", async () => {
  const { tenant, world, state, compare } = asked("overlap");
  const before = await state();
  const at = (part: string) => `${part}@${tenant.seed.slug}.example`;
  const bypass = { BypassSecurityGroupManagerCheck: true };
  const edit = (verb: string) =>
    byHand(world, tenant, `${verb}-DistributionGroupMember`, { Identity: "EU staff", Member: "newcomer", ...bypass });
  const named = (DisplayName: string) => byHand(world, tenant, "Set-DistributionGroup", { Identity: "US staff", DisplayName, ...bypass });
  named("Another name");
  edit("Add");
  byHand(world, tenant, "New-DistributionGroup", { Name: "Journal", PrimarySmtpAddress: at("journal") });
  byHand(world, tenant, "Set-TransportConfig", { JournalingReportNdrTo: "reports@elsewhere.example" });
  byHand(world, tenant, "New-JournalRule", { Name: "Journal", JournalEmailAddress: "customer@journaling.mxrecord.io" });
  byHand(world, tenant, "New-OutboundConnector", { Name: "Journal", RecipientDomains: ["journaling.mxrecord.io"] });
  const { differences } = await compare(before);
  expect(differences).toHaveLength(6);
  expect(differences).toContain(`groups > ${at("eu-staff")} > members has "${at("newcomer")}" besides`);
  expect(differences).toContain(
    'exchange > TransportConfig > Transport Settings > JournalingReportNdrTo was null, is "reports@elsewhere.example"',
  );
  for (const part of [`groups > ${at("journal")}`, "exchange > JournalRule > Journal", "exchange > OutboundConnector > Journal"])
    expect(differences.some((line: string) => line.startsWith(`${part} is new`))).toBe(true);
  named("US staff");
  edit("Remove");
  byHand(world, tenant, "Remove-DistributionGroup", { Identity: "Journal", Confirm: false, ...bypass });
  byHand(world, tenant, "Remove-JournalRule", { Identity: "Journal", Confirm: false });
  byHand(world, tenant, "Remove-OutboundConnector", { Identity: "Journal", Confirm: false });
  byHand(world, tenant, "Set-TransportConfig", { JournalingReportNdrTo: "" });
  expect(await compare(before)).toEqual({ equal: true, differences: [] });
});
