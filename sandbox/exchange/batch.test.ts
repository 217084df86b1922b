import { expect, test } from "vitest";
import { type Caller, caller } from "./testing";

const part = (tenant: string, id: string, CmdletName: string, Parameters: Record<string, unknown> = {}) => ({
  id,
  method: "POST",
  url: `http://127.0.0.1:4400/adminapi/beta/${tenant}/InvokeCommand?`,
  headers: { Authorization: "Bearer good", "X-CmdletName": CmdletName },
  body: { CmdletInput: { CmdletName, Parameters } },
});

const post = ({ send, tenant }: Caller, requests: unknown[]) =>
  send({ path: `/adminapi/beta/${tenant.id}/$batch`, body: Buffer.from(JSON.stringify({ requests })) });

test("every part of a batch has its own answer", async () => {
  const all = caller("many");
  const { id } = all.tenant;
  const parts = [
    part(id, "a", "Get-OrganizationConfig"),
    part(id, "b", "Get-InboundConnector", { Identity: "Nobody" }),
    part(id, "c", "Get-Nothing"),
  ];
  const answer = await post(all, parts);
  const responses = answer.body.responses as { id: string; status: number; body: unknown }[];
  expect(responses.map((one) => [one.id, one.status])).toEqual([
    ["a", 200],
    ["b", 404],
    ["c", 403],
  ]);
  expect(responses[0]?.body).toMatchObject({ value: [{ IsDehydrated: false }] });
});

test("eleven parts are refused as a whole", async () => {
  const all = caller("many");
  const answer = await post(
    all,
    Array.from({ length: 11 }, (_, index) => part(all.tenant.id, String(index), "Get-OrganizationConfig")),
  );
  expect([answer.status, answer.body.error.code]).toEqual([400, "BadRequest"]);
});

test("a fault that names a cmdlet strikes its part only, one without a name strikes the whole", async () => {
  const all = caller("many");
  const parts = [part(all.tenant.id, "a", "Get-OrganizationConfig"), part(all.tenant.id, "b", "Get-InboundConnector")];
  all.world.faults.add({ tenant: all.tenant.id, service: "exchange", kind: "429", match: "Get-InboundConnector", times: 1 });
  expect((await post(all, parts)).body.responses.map((one: { status: number }) => one.status)).toEqual([200, 429]);
  all.world.faults.add({ tenant: all.tenant.id, service: "exchange", kind: "503", times: 1 });
  expect((await post(all, parts)).status).toBe(503);
});

test("a part for another tenant is not this token's to ask", async () => {
  const all = caller("many");
  const answer = await post(all, [part("11111111-0000-4000-8000-00000000ffff", "a", "Get-OrganizationConfig")]);
  expect(answer.body.responses[0].status).toBe(401);
});

test("a batch is one call received, and each part another", async () => {
  const all = caller("many");
  await post(all, [part(all.tenant.id, "a", "Get-OrganizationConfig"), part(all.tenant.id, "b", "Get-TransportConfig")]);
  const log = all.world.log.read();
  expect(log.filter((one) => one.part).map((one) => one.cmdlet)).toEqual(["Get-OrganizationConfig", "Get-TransportConfig"]);
  expect(log.filter((one) => !one.part).map((one) => one.path)).toEqual([`/adminapi/beta/${all.tenant.id}/$batch`]);
});
