import { expect, test } from "vitest";
import { operations } from "./contract";
import { MOST_CALLS, WINDOW_MS } from "./rate";
import { opened } from "./testing";
import { zoneId } from "./zones";

const codes = (said: { status: number; body: { errors: { code: number }[] } }) => [
  said.status,
  ...said.body.errors.map(({ code }) => code),
];

test("a header that is no bearer token, and a token nobody knows, are told apart", async () => {
  const { call } = opened("fresh");
  expect(codes(await call("GET", "/zones", undefined, "Basic abc"))).toEqual([400, 6003]);
  expect(codes(await call("GET", "/zones", undefined, "short"))).toEqual([400, 6003]);
  const stranger = "x".repeat(40);
  expect(codes(await call("GET", "/zones", undefined, stranger))).toEqual([401, 10000]);
  expect(codes(await call("GET", "/user/tokens/verify", undefined, stranger))).toEqual([401, 1000]);
});

test("tokens/verify says that a token is active whatever it may, and that a disabled one is not", async () => {
  const { call, token, tenant } = opened("fresh");
  const none = token();
  expect((await call("GET", "/user/tokens/verify", undefined, none)).body).toMatchObject({
    success: true,
    result: { status: "active" },
    messages: [{ code: 10000 }],
  });
  for (const one of tenant.cloudflare.tokens) one.status = "disabled";
  expect((await call("GET", "/user/tokens/verify", undefined, none)).body.result).toMatchObject({ status: "disabled" });
  expect((await call("GET", "/zones", undefined, none)).status).toBe(401);
});

test("each operation needs its own permission group, and reading does not let anybody write", async () => {
  const { call, token, tenant } = opened("cloudflare-dns");
  const [zone] = tenant.zones;
  const settings = `/accounts/${tenant.cloudflare.accountId}/email-security/settings/domains`;
  const records = zone ? `/zones/${zoneId(tenant.cloudflare, zone)}/dns_records` : "";
  const reader = token("Email Security Read", "DNS Read");
  expect((await call("GET", settings, undefined, reader)).status).toBe(200);
  expect((await call("GET", records, undefined, reader)).status).toBe(200);
  expect(codes(await call("POST", settings, {}, reader))).toEqual([403, 10000]);
  expect(codes(await call("POST", `${records}/batch`, {}, reader))).toEqual([403, 10000]);
  expect(codes(await call("GET", "/zones", undefined, reader))).toEqual([403, 10000]);
  const writer = token("Email Security Write", "DNS Write");
  expect((await call("GET", settings, undefined, writer)).status).toBe(200);
  expect((await call("POST", `${records}/batch`, {}, writer)).status).toBe(200);
});

test("somebody else's account and zone are out of reach, and an id of the wrong form is no route", async () => {
  const { call, world, tenant } = opened("cloudflare-dns");
  const other = [...world.tenants.values()].find((one) => one !== tenant);
  const [zone] = other?.zones ?? [];
  const account = other?.cloudflare;
  expect(codes(await call("GET", `/accounts/${account?.accountId}/email-security/settings/domains`))).toEqual([403, 9109]);
  expect(codes(await call("GET", `/zones/${zone && account ? zoneId(account, zone) : ""}/dns_records`))).toEqual([403, 9109]);
  expect(codes(await call("GET", `/zones/${"a".repeat(33)}`))).toEqual([404, 7003]);
  expect(codes(await call("GET", "/nothing/here"))).toEqual([404, 7003]);
  expect(codes(await call("POST", "/zones", {}))).toEqual([405, 10405]);
});

test("an account that hasn't bought Email Security is told so, and its DNS works", async () => {
  const { domains, call, tenant } = opened("cloudflare-dns");
  tenant.cloudflare.traits.hasEmailSecurity = false;
  expect((await domains("GET")).status).toBe(403);
  expect((await call("GET", "/zones")).status).toBe(200);
});

test("zones are those at Cloudflare in the own account, paged from 5 to 50", async () => {
  const { call, tenant } = opened("cloudflare-dns");
  const names = tenant.zones.map((zone) => zone.name);
  const first = tenant.zones[0];
  if (first) first.host = "DNSimple";
  expect((await call("GET", "/zones")).body.result).toMatchObject([
    { name: names[1], status: "active", type: "full", name_servers: ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"] },
  ]);
  expect((await call("GET", "/zones?page=2")).body.result).toEqual([]);
  expect((await call("GET", `/zones?name=${names[0]}`)).body.result).toEqual([]);
  expect((await call("GET", "/zones?per_page=4")).status).toBe(400);
  tenant.cloudflare.zonesElsewhere = names;
  expect((await call("GET", "/zones")).body.result).toEqual([]);
});

test("the 1,201st call in five minutes is shut out, and so is every call of the next five", async () => {
  const { call, world, token } = opened("fresh");
  const second = token("Zone Read");
  const verify = (secret?: string) => call("GET", "/user/tokens/verify", undefined, secret);
  const first = await verify();
  expect(first.headers["ratelimit"]).toBe('"default";r=1199;t=300');
  for (let made = 1; made < MOST_CALLS; made += 1) await verify(made % 2 ? second : undefined);
  const refused = await verify();
  expect(codes(refused)).toEqual([429, 10429]);
  expect(Number(refused.headers["retry-after"])).toBe(300);
  world.clock.advance(WINDOW_MS - 5_000);
  expect((await verify(second)).status).toBe(429);
  world.clock.advance(5_000);
  expect((await verify()).status).toBe(200);
});

test("faults are said in Cloudflare's envelope, and a lie does nothing", async () => {
  const { records, domains, world, tenant } = opened("cloudflare-dns");
  const fault = { tenant: tenant.id, service: "cloudflare" as const, times: 1 };
  world.faults.add({ ...fault, kind: "429", retryAfter: 7 });
  const throttled = await domains("GET");
  expect([throttled.status, throttled.headers["retry-after"], throttled.body.success]).toEqual([429, "7", false]);
  world.faults.add({ ...fault, kind: "503", match: "dns_records" });
  expect((await records("GET")).body).toMatchObject({ success: false, result: null });
  const before = structuredClone(tenant.zones);
  world.faults.add({ ...fault, kind: "lie" });
  const txt = { type: "TXT", name: "@", content: "hello", ttl: 300 };
  expect((await records("POST", "", txt)).status).toBe(200);
  expect(tenant.zones).toEqual(before);
});

test("every call is kept under its tenant, with body and reason, and never with a token", async () => {
  const { domains, world, tenant } = opened("fresh");
  await domains("POST", "", { domain: "fabrikam.example" });
  const [entry] = world.log.read({ tenant: tenant.id, service: "cloudflare" });
  expect(entry).toMatchObject({ method: "POST", status: 400, parameters: { domain: "fabrikam.example" } });
  expect(entry?.note).toContain("/regions is required");
  expect(JSON.stringify(world.log.read())).not.toContain(tenant.cloudflare.tokens[0]?.value);
});

test("every operation of the contract is stood in for", async () => {
  const { call, tenant } = opened("cloudflare-dns");
  const [zone] = tenant.zones;
  const ids: Record<string, string> = {
    account_id: tenant.cloudflare.accountId,
    zone_id: zone ? zoneId(tenant.cloudflare, zone) : "",
    domain_id: "00000000-0000-4000-8000-000000000000",
    dns_record_id: "0".repeat(32),
  };
  for (const { method, path } of operations) {
    const said = await call(
      method,
      path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? ""),
      method === "GET" ? undefined : {},
    );
    expect([path, said.status === 405]).toEqual([path, false]);
  }
});
