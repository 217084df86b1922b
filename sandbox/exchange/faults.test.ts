import { expect, test } from "vitest";
import { caller, textOf } from "./testing";

test("throttling says when to come back, as often as asked", async () => {
  const { call, world, tenant } = caller("many");
  world.faults.add({ tenant: tenant.id, service: "exchange", kind: "429", times: 1, retryAfter: 7 });
  const answer = await call("Get-OrganizationConfig");
  expect([answer.status, answer.headers["retry-after"]]).toEqual([429, "7"]);
  expect((await call("Get-OrganizationConfig")).status).toBe(200);
});

test("the concurrency limit answers in plain text where JSON is expected", async () => {
  const { call, world } = caller("many");
  world.faults.add({ tenant: "*", service: "exchange", kind: "concurrency", match: "Get-OrganizationConfig" });
  expect((await call("Get-OrganizationConfig")).text).toMatch(/^You have reached the maximum number of concurrent requests/);
  expect((await call("Get-InboundConnector")).status).toBe(200);
});

test("a transient failure looks like a bad request and says otherwise in its text", async () => {
  const { call, world } = caller("many");
  world.faults.add({ tenant: "*", service: "exchange", kind: "transient", times: 1 });
  const answer = await call("Get-OrganizationConfig");
  expect([answer.status, textOf(answer)]).toEqual([400, expect.stringContaining("CmdletProxyNotAvailableFailure")]);
});

test("a lie answers 200 and does nothing; a lying read shows what was before", async () => {
  const { call, world, tenant } = caller("many");
  const name = { Name: "In", SenderDomains: ["*"] };
  world.faults.add({ tenant: tenant.id, service: "exchange", kind: "lie", match: "New-InboundConnector", times: 1 });
  expect((await call("New-InboundConnector", name)).status).toBe(200);
  expect((await call("Get-InboundConnector")).body.value).toEqual([]);
  await call("New-InboundConnector", name);
  world.faults.add({ tenant: tenant.id, service: "exchange", kind: "lie", match: "Get-InboundConnector", times: 1 });
  expect((await call("Get-InboundConnector")).body.value).toEqual([]);
  expect((await call("Get-InboundConnector")).body.value).toHaveLength(1);
});

test("a fault of one tenant does not strike another's", () => {
  const { world } = caller("many");
  world.faults.add({ tenant: "one", service: "exchange", kind: "500" });
  expect(world.faults.strike("two", "exchange", "x")).toEqual([]);
  expect(world.faults.strike("one", "graph", "x")).toEqual([]);
  expect(world.faults.strike("one", "exchange", "x")).toHaveLength(1);
});
