import { afterAll, beforeAll, expect, test } from "vitest";
import { newTenant } from "../scenarios/index";
import { type Sandbox, startSandbox } from "../start";
import type { Tenant } from "../tenant";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dnsPort: 0 });
});
afterAll(() => sandbox.close());

function arrive(scenario: string): Tenant {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  if (tenant.generatedMail) tenant.generatedMail.count = 100;
  sandbox.world.tenants.set(tenant.id, tenant);
  return tenant;
}
const ask = async (path: string, body?: unknown) => {
  const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${sandbox.url}/sandbox/${path}`, request);
  return { status: answer.status, body: await answer.json() };
};

test("ten thousand new detections are there within ten seconds, and need no room", async () => {
  const tenant = arrive("busy-mail");
  const { body } = await ask("mail/burst", { tenant: tenant.id, count: 10_000, disposition: "SPAM" });
  expect(body).toMatchObject({ made: 10_000, first: 100, last: 10_099 });
  expect(body.tookMs).toBeLessThan(10_000);
  expect(JSON.stringify(tenant).length).toBeLessThan(100_000);
  expect((await ask("mail/burst", { tenant: tenant.id, count: 1, disposition: "LOUD" })).status).toBe(400);
  expect((await ask("mail/burst", { tenant: "nobody", count: 1, disposition: "SPAM" })).status).toBe(404);
});

test("a message through the vendor's own auto-retract has been moved before the answer, and the record shows it", async () => {
  const tenant = arrive("busy-mail");
  const set = await ask("cloudflare/retract", { tenant: tenant.id, on: true, table: { SPOOF: "DeletedItems" } });
  expect(set.body.autoRetract).toMatchObject({ on: true, table: { SPOOF: "DeletedItems", SPAM: null } });
  const to = `employee@${tenant.domains[0]?.id}`;
  const letter = { tenant: tenant.id, to, from: "a@stranger.example", subject: "Spoof", disposition: "SPOOF", via: "mx" };
  expect((await ask("mail", letter)).body.outcome.result).toBe("accepted");
  const wanted = { recipient: to, destination: "DeletedItems", by: "vendor", requestedBy: "auto-retract", success: true };
  expect((await ask(`cloudflare/moves?tenant=${tenant.id}`)).body.moves).toMatchObject([wanted]);
  expect((await ask(`cloudflare?tenant=${tenant.id}`)).body.moves).toMatchObject([wanted]);
});

test("somebody in the dashboard moves a message, and stands in the record with their address", async () => {
  const tenant = arrive("busy-mail");
  await ask("mail/burst", { tenant: tenant.id, count: 1, disposition: "SUSPICIOUS" });
  const token = tenant.cloudflare.tokens[0]?.value ?? "";
  const url = `${sandbox.url}/client/v4/accounts/${tenant.cloudflare.accountId}/email-security/investigate?per_page=1`;
  const found = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).json();
  const message = found.result[0].id;
  const order = { tenant: tenant.id, message, destination: "JunkEmail", requestedBy: "admin@vendor-dashboard.example" };
  const { body } = await ask("cloudflare/moves", order);
  expect(new Set(body.moves.map((one: { by: string; requestedBy: string }) => `${one.by} ${one.requestedBy}`))).toEqual(
    new Set(["dashboard admin@vendor-dashboard.example"]),
  );
  expect((await ask(`cloudflare/moves?tenant=${tenant.id}&message=${encodeURIComponent(message)}`)).body.moves).toEqual(body.moves);
  expect((await ask("cloudflare/moves", { ...order, message: "nothing" })).status).toBe(404);
});

test("a verdict can change afterwards", async () => {
  const tenant = arrive("busy-mail");
  await ask("mail/burst", { tenant: tenant.id, count: 1, disposition: "BULK" });
  await ask("cloudflare/retract", { tenant: tenant.id, on: true, table: { MALICIOUS: "RecoverableItemsPurges" } });
  const token = tenant.cloudflare.tokens[0]?.value ?? "";
  const url = `${sandbox.url}/client/v4/accounts/${tenant.cloudflare.accountId}/email-security/investigate?per_page=1`;
  const first = async () => (await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).json()).result[0];
  const { id } = await first();
  await ask("cloudflare/verdicts", { tenant: tenant.id, message: id, disposition: "MALICIOUS-BEC" });
  expect(await first()).toMatchObject({ id, final_disposition: "MALICIOUS-BEC", post_delivery_operations: ["MOVE"] });
});
