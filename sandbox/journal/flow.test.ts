import { createTransport } from "nodemailer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Tenant } from "../tenant";
import { type Journaling, journaling, ndrAddress } from "./testing";

let open: Journaling;
beforeAll(async () => {
  open = await journaling();
});
afterAll(() => open.sandbox.close());
beforeEach(async () => {
  for (const host of open.sandbox.world.hosts.keys()) await open.control("smtp", { host, behaviour: "ok" });
});

const east = "mailstream-east.mxrecord.io";
const west = "mailstream-west.mxrecord.io";
const eu = "mailstream-eu1.mxrecord.io";
const address = (tenant: Tenant, product = "area1", region = "us") => tenant.cloudflare.serviceAddresses[product]?.[region] ?? "";
const domain = (tenant: Tenant) => tenant.domains[0]?.id ?? "";
const person = (tenant: Tenant, name: string) => `${name}@${domain(tenant)}`;
const later = (ms: number) => open.sandbox.world.clock.advance(ms);
const day = 86_400_000;

test("mail from outside reaches the vendor as a report, by MX where no connector is for it, over TLS", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  const { id } = await open.send(tenant, { subject: "Grüße", disposition: "MALICIOUS" });
  const { reports, queued, counted } = await open.journal(tenant);
  expect(reports).toMatchObject([
    {
      ...{ address: address(tenant), sender: "news@stranger.example", recipients: [person(tenant, "employee")], subject: "Grüße" },
      ...{ disposition: "MALICIOUS", messageId: `<${id}@stranger.example>`, domains: [domain(tenant)] },
    },
  ]);
  expect([east, west]).toContain(reports[0].host);
  expect([queued, counted]).toEqual([[], { [domain(tenant)]: 1 }]);
});

test("every service address of both products is reached by MX and by its published smart host", async () => {
  const smartHosts: Record<string, string> = { us: "journaling.mxrecord.io", eu };
  for (const [product, region] of [
    ["area1", "us"],
    ["area1", "eu"],
    ["cloudflare", "us"],
    ["cloudflare", "eu"],
    ["cloudflare", "account"],
  ] as const) {
    const tenant = open.arrive();
    open.rule(tenant, address(tenant, product, region));
    await open.send(tenant);
    const host = smartHosts[region];
    if (host) {
      open.connector(tenant, [address(tenant, product, region).split("@")[1] ?? ""], [host]);
      await open.send(tenant);
    }
    const hosts = (await open.journal(tenant)).reports.map((report: { host: string }) => report.host);
    expect(hosts).toHaveLength(host ? 2 : 1);
    if (host) expect(hosts[1]).toBe(host);
  }
});

test("a rule of a region's list reports that region's people, at that region's host and only there", async () => {
  const tenant = open.arrive();
  const list = (name: string, member: string) => ({
    ...{ id: `${tenant.id}/${name}`, name, address: person(tenant, name), members: [person(tenant, member)] },
  });
  tenant.groups = [list("journal-us", "admin"), list("journal-eu", "employee")];
  open.rule(tenant, address(tenant), { Recipient: person(tenant, "journal-us") });
  open.rule(tenant, address(tenant, "area1", "eu"), { Recipient: person(tenant, "journal-eu") });
  open.connector(tenant, ["journaling.mxrecord.io"], [east, west]);
  open.connector(tenant, ["mailstream-eu-primary.journaling.mxrecord.io"], [eu]);
  await open.send(tenant, { to: person(tenant, "admin") });
  await open.send(tenant, { to: person(tenant, "employee") });
  await open.send(tenant, { to: person(tenant, "exchange.admin") });
  const { reports } = await open.journal(tenant);
  const seen = reports.map(({ host, recipients }: { host: string; recipients: string[] }) => [host, ...recipients]);
  expect(seen).toEqual([
    [east, person(tenant, "admin")],
    [eu, person(tenant, "employee")],
  ]);
});

test("story 49: who is in two lists is reported twice", async () => {
  const tenant = open.arrive();
  const members = [person(tenant, "employee")];
  tenant.groups = ["us", "eu"].map((name) => ({ id: `${tenant.id}/${name}`, name, address: person(tenant, name), members }));
  open.rule(tenant, address(tenant), { Recipient: person(tenant, "us") });
  open.rule(tenant, address(tenant, "area1", "eu"), { Recipient: person(tenant, "eu") });
  await open.send(tenant);
  expect((await open.journal(tenant)).reports).toHaveLength(2);
});

test("mail that goes out is reported and not scanned; mail that stays inside is not reported, nor is what pretends to", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  const from = person(tenant, "employee");
  await open.send(tenant, { via: "internal", from, to: "partner@outside.example", subject: "Out" });
  await open.send(tenant, { via: "internal", from, to: person(tenant, "admin") });
  await open.send(tenant, { from: person(tenant, "admin") });
  const { reports, counted } = await open.journal(tenant);
  expect(reports).toMatchObject([{ subject: "Out", recipients: ["partner@outside.example"], disposition: null, domains: [] }]);
  expect(counted).toEqual({});
});

test("mail that went to somebody inside and somebody outside at once is external, and one report", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  const to = [person(tenant, "admin"), "partner@outside.example"];
  await open.send(tenant, { via: "internal", from: person(tenant, "employee"), to: to.join(", ") });
  expect((await open.journal(tenant)).reports).toMatchObject([{ recipients: to }]);
});

test("what Microsoft keeps in quarantine is not delivered, so not reported", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  await open.send(tenant, { headers: { "X-Sandbox-Microsoft-Verdict": "HPHISH" } });
  expect((await open.journal(tenant)).reports).toEqual([]);
});

test("a rule works only after mail flow has followed", async () => {
  const tenant = open.arrive();
  open.set(tenant, "Set-TransportConfig", { JournalingReportNdrTo: ndrAddress });
  const parameters = { Name: "Later", JournalEmailAddress: address(tenant), Scope: "External", Enabled: true };
  const before = structuredClone(tenant.exchange);
  open.set(tenant, "New-JournalRule", parameters);
  tenant.exchangeBefore = [{ until: open.sandbox.world.clock.now(), state: before }];
  await open.send(tenant);
  expect((await open.journal(tenant)).reports).toEqual([]);
  later(tenant.traits.worksLagMs + 1);
  await open.send(tenant);
  expect((await open.journal(tenant)).reports).toHaveLength(1);
});

test("story 46: a wrong address keeps reports waiting, and after two days they come to the address for undeliverable ones", async () => {
  const tenant = open.arrive();
  open.rule(tenant, "typo@journaling.mxrecord.io");
  await open.send(tenant);
  const first = await open.journal(tenant);
  expect(first.queued).toMatchObject([{ tries: 1, problem: expect.stringContaining("550 5.1.1") }]);
  later(day);
  expect(await open.journal(tenant)).toMatchObject({ queued: [{ tries: 2 }], ndr: [] });
  later(day);
  const last = await open.journal(tenant);
  expect(last).toMatchObject({ reports: [], queued: [], ndr: [{ to: ndrAddress, subject: expect.stringContaining("Undeliverable") }] });
  expect(tenant.mail.journalNdr[0]?.raw).toContain("X-MS-Journal-Report");
});

test("a host that cannot be reached now gets the reports later; without an address for undeliverable ones they are lost after two days", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant, "area1", "eu"));
  await open.control("smtp", { host: eu, behaviour: "refused" });
  await open.send(tenant);
  expect(await open.journal(tenant)).toMatchObject({ reports: [], queued: [{ tries: 1 }] });
  await open.control("smtp", { host: eu, behaviour: "ok" });
  expect((await open.journal(tenant)).queued).toHaveLength(1);
  later(15 * 60_000);
  expect(await open.journal(tenant)).toMatchObject({ reports: [{ host: eu }], queued: [] });
  open.set(tenant, "Set-TransportConfig", { JournalingReportNdrTo: null });
  await open.control("smtp", { host: eu, behaviour: "busy" });
  await open.send(tenant);
  later(2 * day);
  expect(await open.journal(tenant)).toMatchObject({ queued: [], ndr: [] });
});

test("a connector's TLS settings are kept: certificate of an authority, TLS at all, the name where it is asked for", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant, "area1", "eu"));
  const domains = ["mailstream-eu-primary.journaling.mxrecord.io"];
  open.connector(tenant, domains, [eu]);
  const outcome = async (behaviour: string) => {
    await open.control("smtp", { host: eu, behaviour });
    const before = (await open.journal(tenant)).reports.length;
    await open.send(tenant);
    const { reports, queued } = await open.journal(tenant);
    tenant.mail.journalQueue = [];
    return reports.length > before ? "taken" : queued[0].problem;
  };
  expect(await outcome("self-signed")).toContain("self-signed certificate");
  expect(await outcome("expired")).toContain("expired");
  expect(await outcome("no-starttls")).toMatch(/STARTTLS|TLS/);
  expect(await outcome("wrong-name")).toBe("taken");
  const [connector] = tenant.exchange["OutboundConnector"] ?? [];
  open.set(tenant, "Set-OutboundConnector", { Identity: connector?.Name, TlsSettings: "DomainValidation", TlsDomain: "*.mxrecord.io" });
  expect(await outcome("wrong-name")).toContain("altnames");
  expect(await outcome("ok")).toBe("taken");
  open.set(tenant, "Set-OutboundConnector", { Identity: connector?.Name, TlsSettings: "EncryptionOnly", TlsDomain: null });
  expect(await outcome("self-signed")).toBe("taken");
});

test("a smart host that does not resolve is named as what stands in the way", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  open.connector(tenant, ["journaling.mxrecord.io"], ["nowhere.mxrecord.io"]);
  await open.send(tenant);
  expect((await open.journal(tenant)).queued[0].problem).toContain("nowhere.mxrecord.io");
});

test("story 51: an EU address outside the connector's domain goes to the outbound gateway, and stays there", async () => {
  const tenant = open.arrive("outbound-gateway");
  open.rule(tenant, address(tenant, "area1", "eu"));
  open.connector(tenant, ["journaling.mxrecord.io"], [east, west]);
  await open.send(tenant);
  const lost = await open.journal(tenant);
  expect(lost).toMatchObject({ reports: [], queued: [], gateway: { took: [{ address: address(tenant, "area1", "eu") }] } });
  open.connector(tenant, ["mailstream-eu-primary.journaling.mxrecord.io"], [eu]);
  await open.send(tenant);
  expect(await open.journal(tenant)).toMatchObject({ reports: [{ host: eu }], gateway: { took: { length: 1 } } });
});

test("a gateway that hands reports on brings them to the vendor; one that a mail flow rule calls never sees them", async () => {
  const tenant = open.arrive("outbound-gateway");
  open.rule(tenant, address(tenant));
  await open.control(`tenants/${tenant.id}/edit`, { path: "mail.gateway.relays", value: true });
  await open.send(tenant);
  expect(await open.journal(tenant)).toMatchObject({ reports: [{ host: east }], gateway: { took: { length: 1 } } });
  const [gateway] = tenant.exchange["OutboundConnector"] ?? [];
  if (gateway) gateway["IsTransportRuleScoped"] = true;
  await open.send(tenant);
  expect(await open.journal(tenant)).toMatchObject({ reports: { length: 2 }, gateway: { took: { length: 1 } } });
});

test("an archive that was there before goes on getting its own reports", async () => {
  const tenant = open.arrive("archive-ndr");
  open.set(tenant, "New-JournalRule", { Name: "Ours", JournalEmailAddress: address(tenant), Scope: "External", Enabled: true });
  await open.send(tenant);
  expect(await open.journal(tenant)).toMatchObject({ reports: { length: 1 }, queued: [], gateway: { took: { length: 1 } } });
});

test("nothing sent to the address for undeliverable reports is reported", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  open.set(tenant, "Set-TransportConfig", { JournalingReportNdrTo: person(tenant, "employee") });
  await open.send(tenant);
  expect((await open.journal(tenant)).reports).toEqual([]);
});

test("nobody has to ask: reports go out by themselves, and again when the clock says so", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant, "area1", "eu"));
  await open.control("smtp", { host: eu, behaviour: "refused" });
  const transport = createTransport({
    host: "127.0.1.1",
    port: open.sandbox.smtpPort,
    tls: { ca: open.sandbox.ca, servername: tenant.domains[0]?.mxHost ?? "" },
  });
  await transport.sendMail({ from: "news@stranger.example", to: person(tenant, "employee"), subject: "By itself", text: "A line." });
  await expect.poll(() => tenant.mail.journalQueue[0]?.tries).toBe(1);
  await open.control("smtp", { host: eu, behaviour: "ok" });
  later(15 * 60_000);
  await expect.poll(() => tenant.mail.journal.map(({ subject }) => subject)).toEqual(["By itself"]);
});

test("a burst arrives whole, and is counted", async () => {
  const tenant = open.arrive();
  open.rule(tenant, address(tenant));
  expect(await open.control("journal/burst", { tenant: tenant.id, count: 250 })).toMatchObject({ made: 250, queued: 0 });
  const { reports, counted } = await open.journal(tenant);
  expect([reports.length, counted[domain(tenant)]]).toEqual([250, 250]);
});

test("the vendor knows only its customers' service addresses", async () => {
  const tenant = open.arrive();
  const said = await open.send(tenant, { via: "mx", to: "nobody@journaling.mxrecord.io" });
  expect(said.outcome).toMatchObject({ result: "refused", code: 550, text: expect.stringContaining("5.1.1") });
  expect((await open.send(tenant, { via: "mx", to: address(tenant) })).outcome.code).toBe(250);
  expect((await open.journal(tenant)).reports).toEqual([]);
});
