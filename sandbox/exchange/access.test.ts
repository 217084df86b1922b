import { expect, test } from "vitest";
import { directoryRoles } from "../tenant";
import { caller, goodToken } from "./testing";

test("without a token, with one for another audience, another tenant or without the app role the answer is 401", async () => {
  for (const spoil of [
    { aud: "https://graph.microsoft.com" },
    { tid: "11111111-0000-4000-8000-00000000ffff" },
    { roles: ["Domain.Read.All"] },
  ]) {
    const { call } = caller("many", (tenant) => ({ ...goodToken(tenant), ...spoil }));
    const answer = await call("Get-OrganizationConfig");
    expect(answer.status).toBe(401);
    expect(answer.headers["www-authenticate"]).toContain("Bearer");
  }
  const { call } = caller("many");
  expect((await call("Get-OrganizationConfig", {}, { headers: { authorization: "Bearer bad" } })).status).toBe(401);
});

test("the app role without a directory role is 403, as measured", async () => {
  const { call } = caller("many", (tenant) => ({ ...goodToken(tenant), wids: [] }));
  const answer = await call("Get-OrganizationConfig");
  expect([answer.status, answer.body]).toEqual([403, null]);
});

test("a Global Reader reads and writes nothing", async () => {
  const { call, tenant } = caller("many", (one) => ({ ...goodToken(one), wids: [directoryRoles.globalReader] }));
  expect((await call("Get-InboundConnector")).status).toBe(200);
  expect((await call("New-InboundConnector", { Name: "x", SenderDomains: ["*"] })).status).toBe(403);
  expect(tenant.exchange["InboundConnector"]).toEqual([]);
});

test("only beta serves the action, and only by POST", async () => {
  const { send, tenant } = caller("many");
  expect((await send({ path: `/adminapi/v1.0/${tenant.id}/InvokeCommand` })).status).toBe(405);
  expect((await send({ path: `/adminapi/beta/${tenant.id}/InvokeCommand`, method: "GET" })).status).toBe(405);
  expect((await send({ path: `/adminapi/beta/${tenant.id}/Else` })).status).toBe(404);
  expect((await send({ path: "/elsewhere" })).text).toBe("not mine");
});

test("every call is remembered with its cmdlet, parameters and answer", async () => {
  const { call, world, tenant } = caller("many");
  await call("Get-InboundConnector", { ResultSize: "Unlimited" });
  await call("Get-Nothing");
  const [first, second] = world.log.read({ tenant: tenant.id });
  expect(first).toMatchObject({
    service: "exchange",
    cmdlet: "Get-InboundConnector",
    parameters: { ResultSize: "Unlimited" },
    status: 200,
  });
  expect(second).toMatchObject({ cmdlet: "Get-Nothing", status: 403 });
});
