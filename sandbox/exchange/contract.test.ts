import { expect, test } from "vitest";
import { caller, delta, textOf, typeOf } from "./testing";

const connector = { Name: "In", SenderDomains: ["*"], ConnectorType: "Partner" };

test("a cmdlet the contract does not know gets a run of NUL bytes that says it is gzip", async () => {
  const { call } = caller("many");
  const answer = await call("Get-Everything");
  expect(answer.status).toBe(403);
  expect(answer.headers["content-encoding"]).toBe("gzip");
  expect(answer.text).toMatch(/^\0{470}$/);
});

test("an unknown parameter is refused by name", async () => {
  const { call } = caller("many");
  const answer = await call("New-InboundConnector", { ...connector, SenderIpAdresses: ["192.0.2.1"] });
  expect(answer.status).toBe(400);
  expect(typeOf(answer)).toBe("AmbiguousParameterSetException");
  expect(textOf(answer)).toContain("SenderIpAdresses");
  expect(answer.body.error.message).toBe("Invalid Operation");
});

test("rules cannot be enabled by Set-", async () => {
  const { call } = caller("many");
  expect(typeOf(await call("Set-TransportRule", { Identity: "x", Enabled: true }))).toBe("AmbiguousParameterSetException");
  expect(typeOf(await call("Set-JournalRule", { Identity: "x", Enabled: true }))).toBe("AmbiguousParameterSetException");
});

test("a value outside an enumeration names the enumerators and has no details", async () => {
  const { call } = caller("many");
  const answer = await call("Set-HostedContentFilterPolicy", { Identity: "Default", SpamAction: "Burn" });
  expect(answer.status).toBe(400);
  expect(textOf(answer)).toContain("AddXHeader, Delete, ModifySubject, MoveToJmf");
  expect(answer.body.error.details).toBeUndefined();
  expect(answer.body["@adminapi.warnings"]).toEqual([]);
});

test("names match in any case and an unambiguous beginning of an enumerator passes", async () => {
  const { call } = caller("many");
  expect((await call("set-hostedcontentfilterpolicy", { identity: "default", spamaction: "quar" })).status).toBe(200);
  const read = await call("Get-HostedContentFilterPolicy", { Identity: "Default" });
  expect(read.body.value[0].SpamAction).toBe("Quarantine");
});

test.each([
  ["a text where a boolean belongs", { ...connector, Enabled: "true" }, "ParameterTransformationException"],
  ["an object where a text belongs", { ...connector, Comment: { a: 1 } }, "ParameterTransformationException"],
  ["a change of a list without its type", { ...connector, SenderIPAddresses: { Add: ["192.0.2.1"] } }, "ParameterTransformationException"],
  ["a missing name", { SenderDomains: ["*"] }, "AmbiguousParameterSetException"],
  ["a /19", { ...connector, SenderIPAddresses: ["104.30.32.0/19"] }, "ValidationException"],
  ["an IPv6 network", { ...connector, SenderIPAddresses: ["2405:8100:c400::/38"] }, "ValidationException"],
  ["a range on a connector", { ...connector, SenderIPAddresses: ["192.0.2.1-192.0.2.9"] }, "ValidationException"],
  ["a domain that is none", { ...connector, SenderDomains: ["not a domain"] }, "ValidationException"],
])("%s is refused", async (_, parameters, type) => {
  const { call, tenant } = caller("many");
  const answer = await call("New-InboundConnector", parameters);
  expect(answer.status).toBe(400);
  expect(typeOf(answer)).toBe(type);
  expect(tenant.exchange["InboundConnector"]).toEqual([]);
});

test("a null identity is refused, never taken for everything", async () => {
  const { call, tenant } = caller("hand-made");
  expect((await call("Remove-InboundConnector", { Identity: null })).status).toBe(400);
  expect((await call("Get-InboundConnector", { Identity: null })).status).toBe(400);
  expect(tenant.exchange["InboundConnector"]).toHaveLength(1);
});

test.each([
  ["a range of 257", "192.0.2.0-192.0.3.0", false],
  ["a range of 256", "192.0.2.0-192.0.2.255", true],
  ["a /23", "192.0.2.0/23", false],
  ["a /24", "192.0.2.0/24", true],
])("the allow list judges %s", async (_, entry, fits) => {
  const { call } = caller("many");
  const answer = await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: delta({ Add: [entry] }) });
  expect(answer.status).toBe(fits ? 200 : 400);
});

test("one plain list may not mix addresses and networks, the Add form may", async () => {
  const { call } = caller("many");
  const mixed = ["192.0.2.1", "198.51.100.0/24"];
  expect((await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: mixed })).status).toBe(400);
  expect((await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: delta({ Add: mixed }) })).status).toBe(200);
});

test("an allow list never grows past 1,273 entries", async () => {
  const { call, tenant } = caller("full-list");
  const entries = Array.from({ length: 34 }, (_, index) => `203.0.113.${index}`);
  const answer = await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: delta({ Add: entries }) });
  expect(textOf(answer)).toContain("1273");
  expect(tenant.exchange["HostedConnectionFilterPolicy"]?.[0]?.["IPAllowList"]).toHaveLength(1240);
  const fewer = delta({ Add: entries.slice(1) });
  expect((await call("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: fewer })).status).toBe(200);
});

test("names end at 64 characters where the contract says so", async () => {
  const { call } = caller("many");
  const answer = await call("New-TransportRule", { Name: "x".repeat(65) });
  expect(textOf(answer)).toContain("maximum length is 64");
});

test.each([
  [{ CmdletInput: { CmdletName: "Get-OrganizationConfig" } }],
  [{ CmdletInput: { CmdletName: "Get-OrganizationConfig", Parameters: {}, More: 1 } }],
  [{ CmdletInput: { CmdletName: "Get-OrganizationConfig", Parameters: null } }],
  [{ cmdletinput: {} }],
  ["not JSON"],
])("an envelope without exactly its two keys is refused: %j", async (envelope) => {
  const { send, tenant } = caller("many");
  const body = Buffer.from(typeof envelope === "string" ? envelope : JSON.stringify(envelope));
  expect((await send({ path: `/adminapi/beta/${tenant.id}/InvokeCommand`, body })).status).toBe(400);
});
