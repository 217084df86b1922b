import { expect, test } from "vitest";
import { sharedZones } from "../scenarios/dns-hosts";
import type { HostBehaviour } from "../smtp/behaviour";
import { mailZones } from "../smtp/zones";
import { caller, typeOf } from "./testing";

type Row = { TaskName: string; IsTaskSuccessful: boolean; TaskDetail: string; SubTaskResults: Row[] };

const connector = {
  Name: "Journal",
  ConnectorType: "Partner",
  UseMXRecord: false,
  RecipientDomains: ["journaling.mxrecord.io"],
  SmartHosts: ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"],
  TlsSettings: "CertificateValidation",
};

async function ready(more: Record<string, unknown> = {}, behaviours: [string, HostBehaviour][] = []) {
  const all = caller("fresh");
  all.world.sharedZones.push(...mailZones(), ...sharedZones());
  for (const [host, behaviour] of behaviours) all.world.hosts.set(host, behaviour);
  await all.call("New-OutboundConnector", { ...connector, ...more });
  const known = String(all.tenant.cloudflare.serviceAddresses["area1"]?.["us"]);
  const validate = async (Recipients = [known]) => {
    const answer = await all.call("Validate-OutboundConnector", { Identity: "Journal", Recipients, Confirm: false });
    return { answer, rows: (answer.body?.value ?? []) as Row[] };
  };
  return { ...all, known, validate };
}

const problems = (rows: Row[]) => rows.map((row) => (row.IsTaskSuccessful ? null : row.TaskDetail));

test("every host is reached and the vendor knows the address: all tasks succeed, each with its parts", async () => {
  const { validate, known } = await ready();
  const { answer, rows } = await validate();
  expect(problems(rows)).toEqual([null, null]);
  expect(rows.map((row) => [row.TaskName, row.SubTaskResults.map((part) => part.TaskName)])).toEqual([
    ["Check connectivity", connector.SmartHosts],
    ["Send test email", [known]],
  ]);
  expect(rows[0]?.SubTaskResults[0]?.SubTaskResults.map((step) => step.TaskName)).toEqual(["Resolve", "Connection", "SMTP EHLO", "TLS"]);
  expect(Object.keys(answer.body.value[0])).toEqual([
    "TaskName",
    "IsTaskSuccessful",
    "TaskDetail",
    "SubTaskResults@odata.type",
    "SubTaskResults",
  ]);
});

test.each<[string, Record<string, unknown>, [string, HostBehaviour][], string, string]>([
  ["does not resolve", { SmartHosts: ["mailstrem.mxrecord.io"] }, [], "Resolve", "4.4.312"],
  ["is nowhere to be reached", { SmartHosts: ["192.0.2.80"] }, [], "Connection", "4.4.315"],
  ["refuses the connection", {}, [["mailstream-east.mxrecord.io", "refused"]], "Connection", "4.4.316"],
  ["never says a word", {}, [["mailstream-east.mxrecord.io", "silent"]], "Connection", "4.4.315"],
  ["is busy", {}, [["mailstream-east.mxrecord.io", "busy"]], "SMTP EHLO", "4.4.317"],
  ["offers no STARTTLS", {}, [["mailstream-east.mxrecord.io", "no-starttls"]], "TLS", "4.7.321"],
  ["has an expired certificate", {}, [["mailstream-east.mxrecord.io", "expired"]], "TLS", "CertExpired"],
  ["has a certificate of its own making", {}, [["mailstream-east.mxrecord.io", "self-signed"]], "TLS", "UntrustedRoot"],
  ["has another name in its certificate", { TlsSettings: "DomainValidation", TlsDomain: "mail.example" }, [], "TLS", "SubjectMismatch"],
])("a smart host that %s fails by itself, at that step", async (_, more, behaviours, step, text) => {
  const { validate } = await ready(more, behaviours);
  const { rows } = await validate();
  const [host] = rows[0]?.SubTaskResults ?? [];
  expect([rows[0]?.IsTaskSuccessful, host?.IsTaskSuccessful]).toEqual([false, false]);
  expect(host?.SubTaskResults.at(-1)).toMatchObject({ TaskName: step, IsTaskSuccessful: false });
  expect(host?.TaskDetail).toContain(text);
  expect(rows[0]?.TaskDetail).toContain(text);
});

test("the name in a certificate counts with DomainValidation alone, and a certificate not at all with EncryptionOnly", async () => {
  const wrong: [string, HostBehaviour][] = [["mailstream-east.mxrecord.io", "wrong-name"]];
  expect(problems((await (await ready({}, wrong)).validate()).rows)).toEqual([null, null]);
  const byName = { TlsSettings: "DomainValidation", TlsDomain: "*.mxrecord.io" };
  expect(problems((await (await ready(byName)).validate()).rows)).toEqual([null, null]);
  expect((await (await ready(byName, wrong)).validate()).rows[0]?.IsTaskSuccessful).toBe(false);
  const expired: [string, HostBehaviour][] = [["mailstream-east.mxrecord.io", "expired"]];
  expect(problems((await (await ready({ TlsSettings: "EncryptionOnly" }, expired)).validate()).rows)).toEqual([null, null]);
});

test("one good host is enough for the test message, none is not", async () => {
  const one: [string, HostBehaviour][] = [["mailstream-east.mxrecord.io", "refused"]];
  const { rows } = await (await ready({}, one)).validate();
  expect(rows.map((row) => row.IsTaskSuccessful)).toEqual([false, true]);
  const both = await (await ready({}, [...one, ["mailstream-west.mxrecord.io", "refused"]])).validate();
  expect(both.rows[1]?.TaskDetail).toContain("Connection refused");
});

test.each<[string, Record<string, unknown>, string[] | undefined, string]>([
  ["to an address that the vendor does not know", {}, ["typo@journaling.mxrecord.io"], "550 5.1.1"],
  [
    "to a domain that the connector is not for",
    {},
    ["x@mailstream-eu-primary.journaling.mxrecord.io"],
    "isn't one of the connector's recipient domains",
  ],
  ["through a connector that is off", { Enabled: false }, undefined, "is turned off"],
])("a test message %s fails, though the hosts are reached", async (_, more, recipients, text) => {
  const { rows } = await (await ready(more)).validate(recipients);
  expect(rows.map((row) => row.IsTaskSuccessful)).toEqual([true, false]);
  expect(rows[1]?.TaskDetail).toContain(text);
});

test("by MX records the hosts are those of the recipient's domain", async () => {
  const { rows } = await (await ready({ UseMXRecord: true, SmartHosts: [] })).validate();
  expect(rows[0]?.SubTaskResults.map((host) => host.TaskName)).toEqual(connector.SmartHosts);
  expect(problems(rows)).toEqual([null, null]);
});

test("no connector of that name is 404, no recipient is refused, and nothing is kept of a validation by itself", async () => {
  const { call, validate, tenant } = await ready();
  expect((await call("Validate-OutboundConnector", { Identity: "Nothing", Recipients: ["a@b.example"] })).status).toBe(404);
  expect(typeOf((await validate([])).answer)).toBe("ValidationException");
  await validate();
  expect(tenant.exchange["OutboundConnector"]?.[0]).toMatchObject({ IsValidated: false, ValidationRecipients: [] });
});
