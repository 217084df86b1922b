import { expect, test } from "vitest";
import type { SandboxRequest } from "../http";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { control } from "./index";

function controlled() {
  const tenant = newTenant("cloudflare-dns");
  if (!tenant) throw new Error("cloudflare-dns");
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const ask = async (method: string, path: string, value?: unknown) => {
    const body = Buffer.from(value === undefined ? "" : JSON.stringify(value));
    const request: SandboxRequest = { method, url: new URL(path, "http://127.0.0.1"), headers: {}, body };
    const answer = await control(request, world);
    return { status: answer?.status, body: JSON.parse(String(answer?.body) || "null") };
  };
  return { tenant, ask };
}

test("the account is shown whole: id, domains, zones and a token that may do everything", async () => {
  const { tenant, ask } = controlled();
  const { body } = await ask("GET", `/sandbox/cloudflare?tenant=${tenant.id}`);
  expect(body).toMatchObject({ accountId: tenant.cloudflare.accountId, domains: [], zones: [{ name: tenant.zones[0]?.name }, {}] });
  expect(body.tokens).toMatchObject([{ permissions: { length: 5 }, status: "active" }]);
  expect((await ask("GET", "/sandbox/cloudflare?tenant=nobody")).status).toBe(404);
});

test("a narrower token is made and taken away again", async () => {
  const { tenant, ask } = controlled();
  const made = await ask("POST", "/sandbox/cloudflare/tokens", { tenant: tenant.id, permissions: ["Zone Read"] });
  expect([made.status, made.body.permissions, made.body.value.length]).toEqual([201, ["Zone Read"], 40]);
  expect((await ask("POST", "/sandbox/cloudflare/tokens", { tenant: tenant.id, permissions: ["Everything"] })).status).toBe(400);
  await ask("DELETE", "/sandbox/cloudflare/tokens", { tenant: tenant.id, id: made.body.id });
  expect(tenant.cloudflare.tokens).toHaveLength(1);
});

test("records read from the zone can be put back as they are", async () => {
  const { tenant, ask } = controlled();
  const [zone] = tenant.zones;
  const [first] = zone?.records ?? [];
  if (first) Object.assign(first, { auto: true, cloudflare: { id: "a", tags: [], createdAt: 1, modifiedAt: 2 } });
  const before = structuredClone(zone?.records);
  expect((await ask("POST", "/sandbox/dns", { zone: zone?.name, records: before })).status).toBe(200);
  expect(zone?.records).toEqual(before);
});
