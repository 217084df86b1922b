import { expect, test } from "vitest";
import type { SandboxRequest } from "../http";
import { startingTenants } from "../scenarios/index";
import { makeWorld } from "../world";
import { control } from "./index";

function controlled() {
  const world = makeWorld({ tenants: startingTenants(), sharedZones: [] });
  const ask = async (method: string, path: string, value?: unknown) => {
    const body = Buffer.from(typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value));
    const request: SandboxRequest = { method, url: new URL(path, "http://127.0.0.1:4400"), headers: {}, body };
    const answer = await control(request, world);
    return { status: answer?.status, body: JSON.parse(answer?.body.toString() || "null") };
  };
  return { world, ask };
}

const fabrikam = "11111111-0000-4000-8000-000000000001";

test("the clock is read, moved and put right", async () => {
  const { ask } = controlled();
  const before = (await ask("GET", "/sandbox/clock")).body.now;
  expect((await ask("POST", "/sandbox/clock", { advanceMs: 3_600_000 })).body.now).toBeGreaterThanOrEqual(before + 3_600_000);
  expect((await ask("POST", "/sandbox/clock", { reset: true })).body.now).toBeLessThan(before + 60_000);
  expect((await ask("POST", "/sandbox/clock", { advance: 1 })).status).toBe(400);
});

test("what was received is asked by tenant and time", async () => {
  const { world, ask } = controlled();
  const entry = { service: "graph" as const, method: "GET", path: "/v1.0/domains", status: 200 };
  world.log.add({ ...entry, at: 10, tenant: fabrikam });
  world.log.add({ ...entry, at: 20, tenant: fabrikam });
  world.log.add({ ...entry, at: 30, tenant: "other" });
  expect((await ask("GET", `/sandbox/received?tenant=${fabrikam}&since=10`)).body).toHaveLength(1);
  expect((await ask("GET", "/sandbox/received")).body).toHaveLength(3);
});

test("faults are added, listed and taken away a tenant at a time", async () => {
  const { ask } = controlled();
  const fault = { tenant: fabrikam, service: "exchange", kind: "429", times: 2, retryAfter: 1 };
  expect((await ask("POST", "/sandbox/faults", fault)).status).toBe(201);
  await ask("POST", "/sandbox/faults", { ...fault, tenant: "other" });
  expect((await ask("GET", `/sandbox/faults?tenant=${fabrikam}`)).body).toMatchObject([fault]);
  await ask("DELETE", `/sandbox/faults?tenant=${fabrikam}`);
  expect((await ask("GET", "/sandbox/faults")).body).toHaveLength(1);
  expect((await ask("POST", "/sandbox/faults", { ...fault, kind: "earthquake" })).status).toBe(400);
});

test("tenants are listed, shown whole, made and meddled with", async () => {
  const { ask, world } = controlled();
  const list = (await ask("GET", "/sandbox/tenants")).body;
  expect(list[0]).toMatchObject({
    id: fabrikam,
    name: "Fabrikam",
    scenario: "fresh",
    domains: ["fabrikam.example", "fabrikam-mail.example", "fabrikam.onmicrosoft.com"],
  });
  const made = await ask("POST", "/sandbox/tenants", { scenario: "many", domains: 3, name: "Bench" });
  expect([made.status, made.body.name, made.body.domains.length]).toEqual([201, "Bench", 4]);
  await ask("POST", `/sandbox/tenants/${made.body.id}/edit`, { path: "traits.readLagMs", value: 0 });
  await ask("POST", `/sandbox/tenants/${made.body.id}/edit`, { path: "domains.0.isVerified", value: false });
  expect(world.tenants.get(made.body.id)?.traits.readLagMs).toBe(0);
  expect((await ask("GET", `/sandbox/tenants/${made.body.id}`)).body.domains[0].isVerified).toBe(false);
  expect((await ask("POST", `/sandbox/tenants/${made.body.id}/edit`, { path: "nothing.here", value: 1 })).status).toBe(400);
  expect((await ask("POST", "/sandbox/tenants", { scenario: "none" })).status).toBe(400);
  expect((await ask("GET", "/sandbox/tenants/nobody")).status).toBe(404);
});

test("an edit of Exchange by somebody else lags like any other", async () => {
  const { ask, world } = controlled();
  await ask("POST", `/sandbox/tenants/${fabrikam}/edit`, {
    path: "exchange.HostedConnectionFilterPolicy.0.IPAllowList",
    value: ["192.0.2.1"],
  });
  expect(world.tenants.get(fabrikam)?.exchangeBefore).toHaveLength(1);
});

test("a reset of one tenant leaves the others, a reset of all brings the starting set back", async () => {
  const { ask, world } = controlled();
  const extra = (await ask("POST", "/sandbox/tenants", { scenario: "fresh" })).body.id;
  await ask("POST", `/sandbox/tenants/${fabrikam}/edit`, { path: "name", value: "Changed" });
  await ask("POST", `/sandbox/tenants/${fabrikam}/edit`, { path: "zones", value: [] });
  await ask("POST", "/sandbox/reset", { tenant: fabrikam });
  expect(world.tenants.get(fabrikam)?.zones).toHaveLength(2);
  expect(world.tenants.has(extra)).toBe(true);
  await ask("POST", "/sandbox/reset", {});
  expect(world.tenants.has(extra)).toBe(false);
  expect(world.tenants.get(fabrikam)?.name).toBe("Fabrikam");
});

test("zones are edited whole, by TTL, and for one server alone", async () => {
  const { ask, world } = controlled();
  const zone = () => world.tenants.get(fabrikam)?.zones[0];
  await ask("POST", "/sandbox/dns", { zone: "fabrikam.example", ttl: 300 });
  expect(
    zone()
      ?.records.filter((record) => record.type === "MX")
      .map((record) => record.ttl),
  ).toEqual([300]);
  await ask("POST", "/sandbox/dns", { zone: "fabrikam.example", server: "ns2.dnsimple.com", ttl: 900, behaviour: "silent" });
  expect(zone()?.nameServers[1]).toMatchObject({ behaviour: "silent", recordsOverride: [{ type: "MX", ttl: 900 }, {}, {}, {}] });
  expect(zone()?.serial).toBe(3);
  expect((await ask("POST", "/sandbox/dns", { zone: "unknown.example", ttl: 300 })).status).toBe(404);
});

test("only a certificate is registered as one", async () => {
  const { ask } = controlled();
  expect((await ask("POST", "/sandbox/certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).status).toBe(400);
  expect((await ask("GET", "/sandbox/certificate")).body.certificates).toEqual([]);
});

test("addresses outside the control API are left to others", async () => {
  const world = makeWorld({ tenants: [], sharedZones: [] });
  const request = { method: "GET", url: new URL("http://127.0.0.1/v1.0/domains"), headers: {}, body: Buffer.alloc(0) };
  expect(await control(request, world)).toBeNull();
});
