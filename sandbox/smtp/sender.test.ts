import { afterAll, beforeAll, expect, test } from "vitest";
import { newDomain } from "../cloudflare/secured-domain";
import { gatewayAddresses } from "../mail/gateway-addresses";
import { newTenant } from "../scenarios/index";
import { type Sandbox, startSandbox } from "../start";
import type { DnsRecord, Tenant } from "../tenant";
import { mtaStsPolicy } from "../web/records";
import { microsoftZones } from "./zones";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dnsPort: 0 });
});
afterAll(() => sandbox.close());

const control = async (path: string, body: unknown) => {
  const answer = await fetch(`${sandbox.url}/sandbox/${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
};
const arrive = () => {
  const tenant = newTenant("fresh");
  if (!tenant) throw new Error("There is no such scenario.");
  sandbox.world.tenants.set(tenant.id, tenant);
  return tenant;
};
const domainOf = (tenant: Tenant) => tenant.domains[0]?.id ?? "";
const send = async (tenant: Tenant, more: Record<string, unknown> = {}) => {
  const letter = { tenant: tenant.id, to: `admin@${domainOf(tenant)}`, from: "News <news@stranger.example>", subject: "Test", via: "mx" };
  return (await control("mail", { ...letter, ...more })).body;
};
const setMx = (tenant: Tenant, hosts: [number, string][], ttl = 300) => {
  const [zone] = tenant.zones;
  if (!zone) throw new Error("The tenant has no zone.");
  const mx = hosts.map(([preference, exchange]): DnsRecord => ({ type: "MX", name: zone.name, ttl, preference, exchange }));
  zone.records = [...zone.records.filter((record) => record.type !== "MX"), ...mx];
  zone.serial += 1;
};
const hostsTried = (posted: { outcome: { attempts: { host: string }[] } }) => posted.outcome.attempts.map(({ host }) => host);
const east = "mailstream-east.mxrecord.io";
const reference = "gmail-smtp-in.l.google.com";

test("a message goes by MX to Microsoft over TLS, and what was sent is found again by the id that sending answered", async () => {
  const tenant = arrive();
  const { id, outcome, copies } = await send(tenant, { subject: "Grüße", headers: { "X-Test": "yes" } });
  expect(outcome).toMatchObject({ result: "accepted", code: 250, host: tenant.domains[0]?.mxHost });
  expect(outcome.attempts[0]).toMatchObject({ isTls: true, address: "127.0.1.1" });
  expect(outcome.attempts[0].lines).toContain("C: STARTTLS");
  expect(copies).toHaveLength(1);
  expect(copies[0].subject).toBe("Grüße");
  for (const name of [id, copies[0].id]) {
    const raw = await (await fetch(`${sandbox.url}/sandbox/messages/${name}`)).text();
    expect(raw).toMatch(/^X-Test: yes\r$/m);
  }
  const boxes = await (await fetch(`${sandbox.url}/sandbox/mailboxes?tenant=${tenant.id}`)).json();
  expect(JSON.stringify(boxes.mailboxes[0])).toContain(copies[0].id);
});

test("the address it comes from is the one that was asked for", async () => {
  const { copies } = await send(arrive(), { via: "direct", fromIp: "198.51.100.9" });
  expect(copies[0].fromIp).toBe("198.51.100.9");
  expect((await send(arrive())).copies[0].fromIp).toBe("203.0.113.7");
});

test("hosts are tried in order of preference; one that cannot be reached is passed over, a refusal is final", async () => {
  const tenant = arrive();
  setMx(tenant, [
    [20, tenant.domains[0]?.mxHost ?? ""],
    [10, east],
  ]);
  await control("smtp", { host: east, behaviour: "busy" });
  const passed = await send(tenant);
  expect([passed.outcome.result, hostsTried(passed)]).toEqual(["accepted", [east, tenant.domains[0]?.mxHost]]);
  expect(passed.outcome.attempts[0].code).toBe(421);
  await control("smtp", { host: east, behaviour: "refused" });
  expect((await send(tenant)).outcome.attempts[0].code).toBeNull();
  await control("smtp", { host: east, behaviour: "ok" });
  const refusing = arrive();
  setMx(refusing, [
    [10, reference],
    [20, refusing.domains[0]?.mxHost ?? ""],
  ]);
  const refused = await send(refusing);
  expect([refused.outcome.result, refused.outcome.code, hostsTried(refused)]).toEqual(["refused", 550, [reference]]);
});

test("a sender whose resolver remembers the old MX goes on using it until the TTL is over", async () => {
  const tenant = arrive();
  setMx(tenant, [[10, tenant.domains[0]?.mxHost ?? ""]], 3_600);
  await send(tenant);
  setMx(tenant, [[10, reference]]);
  expect(hostsTried(await send(tenant))).toEqual([tenant.domains[0]?.mxHost]);
  sandbox.world.clock.advance(3_601_000);
  expect(hostsTried(await send(tenant))).toEqual([reference]);
});

test("a domain that takes no mail, or that is nobody's, gets none", async () => {
  const tenant = arrive();
  setMx(tenant, [[0, "."]]);
  expect((await send(tenant)).outcome).toMatchObject({ result: "refused", host: null, attempts: [] });
  expect((await send(tenant, { to: "x@nobody.example" })).outcome.text).toBe("nobody.example has no mail host.");
});

test("straight at Microsoft means the tenant's own host, whatever the MX says", async () => {
  const tenant = arrive();
  setMx(tenant, [[10, reference]]);
  expect(hostsTried(await send(tenant, { via: "direct" }))).toEqual([tenant.domains[0]?.mxHost]);
});

test("the vendor's host hands on to the tenant's own, marks what it thinks, and relays for nobody it doesn't know", async () => {
  const tenant = arrive();
  const vendor = "mxa.global.inbound.cf-emailsecurity.net";
  setMx(tenant, [[10, vendor]]);
  const stranger = await send(tenant, { disposition: "SPAM" });
  expect([stranger.outcome.result, stranger.outcome.host, stranger.copies]).toEqual(["refused", vendor, []]);
  const wanted = { domain: domainOf(tenant), transport: tenant.domains[0]?.mxHost, allowed_delivery_modes: ["DIRECT"] };
  tenant.cloudflare.domains.push(newDomain(sandbox.world, tenant, wanted, true));
  const { outcome, copies } = await send(tenant, { disposition: "SPAM" });
  expect([outcome.result, outcome.host]).toEqual(["accepted", vendor]);
  const last = await (await fetch(`${sandbox.url}/sandbox/messages/${copies.at(-1).id}`)).text();
  expect(last).toMatch(/^X-CFEmailSecurity-Disposition: UCE\r$/m);
});

test("another company's gateway takes mail for the domains whose MX names it", async () => {
  const tenant = newTenant("other-gateway");
  if (!tenant) throw new Error("There is no such scenario.");
  sandbox.world.tenants.set(tenant.id, tenant);
  const { outcome, copies } = await send(tenant);
  expect([outcome.result, outcome.attempts[0].address]).toEqual(["accepted", "127.0.1.40"]);
  expect(gatewayAddresses).toContain(copies.at(-1).fromIp);
});

test("mail to the initial domain goes to Microsoft by its own MX", async () => {
  const tenant = arrive();
  expect(hostsTried(await send(tenant, { to: `admin@${tenant.initialDomain}` }))).toEqual([
    tenant.domains.find((domain) => domain.isInitial)?.mxHost,
  ]);
});

test("story 13: an MTA-STS policy in force that names only Microsoft keeps mail away from a new MX", async () => {
  const tenant = arrive();
  const domain = domainOf(tenant);
  const publish = (mtaSts: string | null) => control("web", { tenant: tenant.id, domain, mtaSts });
  await publish(mtaStsPolicy("enforce", ["*.mail.protection.outlook.com"]));
  expect((await send(tenant)).outcome.result).toBe("accepted");
  setMx(tenant, [[10, reference]]);
  sandbox.world.clock.advance(3_601_000);
  const barred = await send(tenant);
  expect(barred.outcome).toMatchObject({
    result: "deferred",
    host: reference,
    text: "The domain's MTA-STS policy does not name this host.",
  });
  await publish(mtaStsPolicy("testing", ["*.mail.protection.outlook.com"]));
  expect((await send(tenant)).outcome.code).toBe(550);
  await publish(mtaStsPolicy("enforce", [reference]));
  await control("smtp", { host: reference, behaviour: "expired" });
  expect((await send(tenant)).outcome).toMatchObject({ result: "deferred", code: null });
  await control("smtp", { host: reference, behaviour: "ok" });
  await publish(null);
  expect(tenant.zones[0]?.records.some((record) => record.name.includes("mta-sts"))).toBe(false);
});

test("an order to send that makes no sense is turned away", async () => {
  const tenant = arrive();
  const letter = { tenant: tenant.id, to: "a@b.example", from: "c@d.example", subject: "", via: "mx" };
  expect((await control("mail", { ...letter, via: "pigeon" })).status).toBe(400);
  expect((await control("mail", { ...letter, fromIp: "1.2.3" })).status).toBe(400);
  expect((await control("mail", { ...letter, tenant: "nobody" })).status).toBe(404);
  expect((await fetch(`${sandbox.url}/sandbox/mail`)).status).toBe(405);
  expect((await fetch(`${sandbox.url}/sandbox/messages/none`)).status).toBe(404);
});

test("Microsoft's zones follow the tenants that there are", async () => {
  const [tenant, other] = [arrive(), arrive()];
  const tenants = new Map([[tenant.id, tenant]]);
  const [hosts, , initial] = microsoftZones(tenants);
  expect(hosts?.records.map((record) => record.name)).toContain(tenant.domains[0]?.mxHost);
  expect(initial?.records).toEqual([expect.objectContaining({ name: tenant.initialDomain, type: "MX" })]);
  const extra: DnsRecord = { type: "A", name: "extra.mail.protection.outlook.com", ttl: 60, address: "127.0.1.1" };
  if (hosts) hosts.records = [...hosts.records, extra];
  tenants.clear();
  tenants.set(other.id, other);
  await expect.poll(() => hosts?.records.map((record) => record.name)).toContain(other.domains[0]?.mxHost);
  const names = hosts?.records.map((record) => record.name);
  expect(names).not.toContain(tenant.domains[0]?.mxHost);
  expect(names).toContain(extra.name);
});
