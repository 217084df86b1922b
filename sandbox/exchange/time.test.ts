import { expect, test } from "vitest";
import { caller, delta, textOf, typeOf } from "./testing";

const connector = { Name: "In", SenderDomains: ["*"], ConnectorType: "Partner" };

test("Story 38: a dehydrated tenant refuses, and goes on refusing after IsDehydrated reads false", async () => {
  const { call, world, tenant } = caller("dehydrated");
  expect(typeOf(await call("New-InboundConnector", connector))).toBe("InvalidOperationInDehydratedContextException");
  expect((await call("Enable-OrganizationCustomization")).status).toBe(200);
  world.clock.advance(tenant.traits.readLagMs);
  expect((await call("Get-OrganizationConfig")).body.value[0].IsDehydrated).toBe(false);
  expect(textOf(await call("New-InboundConnector", connector))).toContain("Enable-OrganizationCustomization");
  const again = await call("Enable-OrganizationCustomization");
  expect([again.status, textOf(again)]).toEqual([
    400,
    "This operation is not required. Organization is already enabled for customization.",
  ]);
  world.clock.advance(30 * 60_000);
  expect((await call("New-InboundConnector", connector)).status).toBe(200);
});

test("a read shows a write only after the tenant's lag", async () => {
  const { call, world } = caller("wrong-addresses");
  const shown = async () => (await call("Get-HostedConnectionFilterPolicy", { Identity: "Default" })).body.value[0].IPAllowList;
  await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: delta({ Add: ["192.0.2.1"] }) });
  expect(await shown()).toEqual([]);
  world.clock.advance(10_000);
  await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: delta({ Add: ["192.0.2.2"] }) });
  expect(await shown()).toEqual([]);
  world.clock.advance(10_000);
  expect(await shown()).toEqual(["192.0.2.1"]);
  world.clock.advance(10_000);
  expect(await shown()).toEqual(["192.0.2.1", "192.0.2.2"]);
});

test("a long answer is cut, says so, and goes on at its nextLink", async () => {
  const { call, send, tenant, world } = caller("many");
  for (const Name of ["a", "b", "c", "d", "e"]) await call("New-InboundConnector", { ...connector, Name });
  const headers = { prefer: "odata.maxpagesize=2" };
  const body = Buffer.from(
    JSON.stringify({ CmdletInput: { CmdletName: "Get-InboundConnector", Parameters: { ResultSize: "Unlimited" } } }),
  );
  const seen: string[] = [];
  let path: string | undefined = `/adminapi/beta/${tenant.id}/InvokeCommand`;
  let pages = 0;
  while (path) {
    const page = await send({ path, body, headers });
    seen.push(...page.body.value.map((one: { Name: string }) => one.Name));
    path = page.body["@odata.nextLink"];
    pages += 1;
    expect(page.body["@adminapi.warnings"].length).toBe(path ? 1 : 0);
  }
  expect([seen.join(""), pages]).toEqual(["abcde", 3]);
  const first = await send({ path: `/adminapi/beta/${tenant.id}/InvokeCommand`, body, headers });
  world.clock.advance(31 * 60_000);
  expect(textOf(await send({ path: first.body["@odata.nextLink"], body, headers }))).toContain("Expired or Invalid pagination");
});

test("ResultSize cuts and names the parameter to raise", async () => {
  const { call } = caller("many");
  for (const Name of ["a", "b"]) await call("New-InboundConnector", { ...connector, Name });
  const page = await call("Get-InboundConnector", { ResultSize: 1 });
  expect(page.body.value).toHaveLength(1);
  expect(page.body["@adminapi.warnings"][0]).toContain("ResultSize");
});

test("a tenant whose backends share nothing fails the second page loudly", async () => {
  const { call, send, tenant } = caller("many");
  for (const Name of ["a", "b"]) await call("New-InboundConnector", { ...connector, Name });
  tenant.traits.pagingNeedsAffinity = true;
  const headers = { prefer: "odata.maxpagesize=1" };
  const first = await call("Get-InboundConnector", {}, { headers });
  const body = Buffer.from(JSON.stringify({ CmdletInput: { CmdletName: "Get-InboundConnector", Parameters: {} } }));
  expect((await send({ path: first.body["@odata.nextLink"], body, headers })).status).toBe(400);
});
