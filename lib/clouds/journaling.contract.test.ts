/** What journaling asks and changes, against the sandbox: one object by its address, lists with members, people, connectors that are tried. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { execute } from "@/lib/laws/interpreter";
import { windowAt } from "@/lib/laws/window";
import { type Call, callOf } from "@/lib/model/call";
import type { Change, Edit } from "@/lib/model/change";
import { type Kind, readRows } from "@/lib/model/nouns";
import { scriptFor } from "@/lib/model/powershell";
import { ask, nameOf } from "@/lib/model/query";
import { parseUpload } from "@/lib/model/upload";
import { createCloudflare } from "./cloudflare/cloudflare";
import { cloudsAt, connected, type SandboxClouds } from "./sandbox-clouds";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "./sandbox-process";

let sandbox: SandboxProcess;
let clouds: SandboxClouds;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
  await sandbox.clock.refresh();
  clouds = cloudsAt(sandbox);
}, 40_000);
afterAll(() => sandbox.stop());

async function rowsOf<K extends Kind>(kind: K, tenant: SandboxTenant, of = "") {
  const question = ask(kind, of);
  const cloud = /^[A-Z]/.test(kind) ? clouds.exchange : clouds.graph;
  const raw = (await cloud.ask([question], tenant.id)).get(nameOf(question));
  if (!raw?.ok) throw new Error(`No answer: ${JSON.stringify(raw)}`);
  const rows = readRows(kind, raw.value);
  if (!rows.ok) throw new Error(`${rows.problem.say} ${JSON.stringify(raw.value).slice(0, 500)}`);
  return rows.value;
}
const make = (call: Call, tenant: SandboxTenant) => clouds.exchange.make(call, tenant.id);
async function made(call: Call, tenant: SandboxTenant) {
  const answer = await make(call, tenant);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  await sandbox.advance(10 * 60_000);
  return answer.value;
}
const domainOf = (tenant: SandboxTenant) => tenant.domains.find((one) => !one.id.endsWith(".onmicrosoft.com"))?.id ?? "";
const NAME = "Deliver journal directly to Area 1";
const HOSTS = ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"];
const connector = async (tenant: SandboxTenant, more: Call["parameters"] = {}) =>
  made(
    {
      cmdlet: "New-OutboundConnector",
      parameters: {
        Name: NAME,
        ConnectorType: "Partner",
        Enabled: true,
        UseMXRecord: false,
        RecipientDomains: ["journaling.mxrecord.io"],
        SmartHosts: HOSTS,
        TlsSettings: "CertificateValidation",
        ...more,
      },
    },
    tenant,
  );
const change = (what: Change["do"], kind: Kind, key: string, edits: Readonly<Record<string, Edit>>, name = key): Change => ({
  do: what,
  kind,
  key: what === "new" ? "" : key,
  name,
  edits,
  hands: "us",
});
const list = (add: readonly string[], remove: readonly string[], whole: readonly string[]): Edit => ({ add, remove, whole });

describe("recipients and lists at the sandbox", () => {
  it("are found by address, and their absence is an answer", async () => {
    const tenant = await connected(sandbox, clouds, "regions");
    const domain = domainOf(tenant);
    expect(await rowsOf("Recipient", tenant, `berlin.sales@${domain}`)).toMatchObject([{ RecipientTypeDetails: "UserMailbox" }]);
    expect(await rowsOf("Recipient", tenant, `nobody@${domain}`)).toEqual([]);
    expect(await rowsOf("DistributionGroup", tenant, `nobody@${domain}`)).toEqual([]);
    expect(await rowsOf("DistributionGroup", tenant, `sales@${domain}`)).toMatchObject([
      { Guid: `sales@${domain}`, isSynced: false, Members: [`austin.sales@${domain}`, `berlin.sales@${domain}`] },
    ]);
  });

  it("are made, filled, replaced and removed", async () => {
    const tenant = await connected(sandbox, clouds, "regions");
    const domain = domainOf(tenant);
    const [eu, berlin, paris, london] = ["journal-eu", "berlin.sales", "paris.finance", "london.office"].map((part) => `${part}@${domain}`);
    if (!eu || !berlin || !paris || !london) throw new Error("no addresses");
    const edits = {
      PrimarySmtpAddress: { from: null, to: eu },
      Alias: { from: null, to: "journal-eu" },
      Members: list([berlin], [], [berlin]),
    };
    await made(callOf(change("new", "DistributionGroup", "", edits, "Journaling: EU")), tenant);
    expect(await rowsOf("DistributionGroup", tenant, eu)).toMatchObject([{ Members: [berlin] }]);
    const adding = callOf(change("set", "DistributionGroup", eu, { Members: list([paris], [], []) }));
    await made(adding, tenant);
    expect(await make(adding, tenant)).toMatchObject({ ok: true, value: { evidence: { note: "it was so already" } } });
    const removing = callOf(change("set", "DistributionGroup", eu, { Members: list([], [berlin], []) }));
    await made(removing, tenant);
    expect(await make(removing, tenant)).toMatchObject({ ok: true, value: { evidence: { note: "it was so already" } } });
    await made(callOf(change("set", "DistributionGroup", eu, { Members: list([berlin, london], [paris], [berlin, london]) })), tenant);
    expect(await rowsOf("DistributionGroup", tenant, eu)).toMatchObject([{ Members: [berlin, london] }]);
    await made(callOf(change("remove", "DistributionGroup", eu, {})), tenant);
    expect(await rowsOf("DistributionGroup", tenant, eu)).toEqual([]);
  });

  it("take ten thousand members in one call and show all of them", async () => {
    const tenant = await connected(sandbox, clouds, "big-directory");
    const people = (await rowsOf("people", tenant)).flatMap((row) => row.addresses);
    expect(people.length).toBeGreaterThanOrEqual(10_000);
    const members = people.slice(0, 10_000);
    const address = `journal-all@${domainOf(tenant)}`;
    const edits = {
      PrimarySmtpAddress: { from: null, to: address },
      Alias: { from: null, to: "journal-all" },
      Members: list(members, [], members),
    };
    await made(callOf(change("new", "DistributionGroup", "", edits, "Everybody")), tenant);
    const [group] = await rowsOf("DistributionGroup", tenant, address);
    expect(group?.Members).toEqual([...members].sort());
    const fewer = members.slice(2);
    await made(callOf(change("set", "DistributionGroup", address, { Members: list([], members.slice(0, 2), fewer) })), tenant);
    expect((await rowsOf("DistributionGroup", tenant, address))[0]?.Members).toHaveLength(9_998);
  }, 60_000);
});

describe("people at the sandbox", () => {
  it("are grouped by usage location and office, without guests", async () => {
    const tenant = await connected(sandbox, clouds, "regions");
    const people = await rowsOf("people", tenant);
    const domain = domainOf(tenant);
    expect(people.find((row) => row.Guid === "DE/Berlin")?.addresses).toContain(`berlin.sales@${domain}`);
    expect(people.flatMap((row) => row.addresses).filter((address) => !address.endsWith(`@${domain}`))).toEqual([]);
  });

  it("are found by the beginning of a name or an address", async () => {
    const tenant = await connected(sandbox, clouds, "regions");
    const domain = domainOf(tenant);
    expect(await clouds.graph.searchPeople(tenant.id, "paris")).toMatchObject({
      ok: true,
      value: [{ address: `paris.finance@${domain}`, usageLocation: "FR", office: "Paris" }],
    });
    expect(await clouds.graph.searchPeople(tenant.id, 'x" OR "mail:a')).toEqual({ ok: true, value: [] });
  });
});

const accountShape = z.looseObject({
  accountId: z.string(),
  tokens: z.array(z.looseObject({ value: z.string() })),
  serviceAddresses: z.record(z.string(), z.record(z.string(), z.string())),
});
async function accountOf(tenant: SandboxTenant) {
  const url = `${sandbox.url}/sandbox/cloudflare?tenant=${tenant.id}`;
  const answer = await sandbox.http.request({ service: "The sandbox", method: "GET", url, idempotent: true });
  if (!answer.ok) throw new Error(answer.problem.say);
  return accountShape.parse(JSON.parse(answer.value.body.toString()));
}
const serviceAddress = async (tenant: SandboxTenant) => (await accountOf(tenant)).serviceAddresses["area1"]?.["us"] ?? "";

describe("trying a connector at the sandbox", () => {
  const trying = (tenant: SandboxTenant, to: string) =>
    make(
      callOf(
        change("set", "OutboundConnectorValidation", NAME, {
          IsValidated: { from: false, to: true },
          ValidationRecipients: list([to], [], [to]),
        }),
      ),
      tenant,
    );

  it("goes well, and says how", async () => {
    const tenant = await connected(sandbox, clouds, "fresh");
    await connector(tenant);
    expect(await trying(tenant, await serviceAddress(tenant))).toMatchObject({
      ok: true,
      value: { key: NAME, evidence: { rows: expect.stringContaining("IsTaskSuccessful") } },
    });
  });

  it("explains each way in which it fails", async () => {
    const tenant = await connected(sandbox, clouds, "fresh");
    const to = await serviceAddress(tenant);
    expect(await trying(tenant, to)).toMatchObject({ ok: false, problem: { code: "not-ready" } });
    await connector(tenant);
    const why = async (address = to) => {
      const answer = await trying(tenant, address);
      return answer.ok ? "nothing" : `${answer.problem.code}: ${answer.problem.say}`;
    };
    expect(await why(to.replace(/^[^@]+/, "nobody-of-ours"))).toMatch(/^rejected: .*no such recipient/);
    expect(await why(`x@${domainOf(tenant)}`)).toMatch(/^rejected: .*not in a domain that this connector is for/);
    const set = (parameters: Call["parameters"]) =>
      made({ cmdlet: "Set-OutboundConnector", parameters: { Identity: NAME, ...parameters } }, tenant);
    await set({ SmartHosts: ["mailstream-esat.mxrecord.io"] });
    expect(await why()).toMatch(/^rejected: .*does not resolve/);
    await set({ SmartHosts: HOSTS, Enabled: false });
    expect(await why()).toMatch(/^rejected: .*turned off/);
    await set({ Enabled: true });
    for (const [behaviour, words] of [
      ["refused", /^rejected: .*port 25/],
      ["no-starttls", /^rejected: .*does not offer TLS/],
      ["self-signed", /^rejected: .*certificate/],
    ] as const) {
      await sandbox.control("smtp", { host: HOSTS[0], behaviour });
      expect(await why()).toMatch(words);
      await sandbox.control("smtp", { host: HOSTS[0], behaviour: "ok" });
    }
    expect(await why()).toBe("nothing");
  });
});

describe("what the vendor took, at the sandbox", () => {
  it("is counted and found by its Message-ID, with the way it came", async () => {
    const tenant = await connected(sandbox, clouds, "fresh");
    const { accountId, tokens } = await accountOf(tenant);
    const access = { accountId, token: tokens[0]?.value ?? "" };
    const cloudflare = createCloudflare({ http: sandbox.http, clock: sandbox.clock, baseUrl: `${sandbox.url}/client/v4` });
    const look = async (of = "") => {
      const [answer] = (await cloudflare.ask([ask("journaled", of)], access)).values();
      const rows = answer?.ok ? readRows("journaled", answer.value) : null;
      if (!rows?.ok) throw new Error(JSON.stringify(answer));
      return rows.value;
    };
    expect(await look()).toEqual([]);
    await connector(tenant);
    await made({ cmdlet: "Set-TransportConfig", parameters: { JournalingReportNdrTo: "reports@elsewhere.example" } }, tenant);
    const rule = { Name: "Ours", JournalEmailAddress: await serviceAddress(tenant), Scope: "Global", Enabled: true };
    await made({ cmdlet: "New-JournalRule", parameters: rule }, tenant);
    await sandbox.advance(2 * 3_600_000);
    const letter = {
      tenant: tenant.id,
      to: `employee@${domainOf(tenant)}`,
      from: "someone@fabrikam.example",
      subject: "Budget",
      via: "direct",
    };
    const sent = z.looseObject({ messageId: z.string() }).parse(await sandbox.control("mail", letter));
    await sandbox.advance(60_000);
    expect(await look(sent.messageId)).toMatchObject([{ messageId: sent.messageId, deliveryMode: "JOURNAL", disposition: "NONE" }]);
    expect((await look()).map((row) => row.messageId)).toContain(sent.messageId);
    const processed = (await cloudflare.ask([ask("processed")], access)).get("processed");
    expect(processed?.ok && readRows("processed", processed.value)).toMatchObject({ ok: true });
  });
});

describe("a script in the admin's own window", () => {
  it.each(["regions", "archive-ndr", "synced-groups"])("reads what we read (%s)", async (scenario) => {
    const tenant = await connected(sandbox, clouds, scenario);
    const domain = domainOf(tenant);
    const asks = [
      ...["sales", "eu-staff", "nobody"].map((part) => ask("DistributionGroup", `${part}@${domain}`)),
      ...["employee", "nobody"].map((part) => ask("Recipient", `${part}@${domain}`)),
      ask("people"),
      ask("JournalRule"),
      ask("TransportConfig"),
      ask("OutboundConnectorValidation"),
    ];
    const files: string[] = [];
    const send: Parameters<typeof windowAt>[2] = async ({ url, ...more }) => {
      const answer = await fetch(url, more);
      return { status: answer.status, body: await answer.text() };
    };
    const order = { changes: [], tenant: tenant.id, nonce: "n", planId: null, stepTitle: "s", role: "r", fileName: "f.json" };
    const stopped = await execute(scriptFor({ ...order, queries: asks }), {
      ...windowAt(sandbox.url, tenant.id, send),
      now: () => Date.now(),
      write: (_, content) => files.push(content),
      say: () => {},
      answer: () => "",
    });
    expect(stopped).toBeNull();
    const upload = parseUpload(files[0] ?? "", { tenant: tenant.id, nonce: "n", plan: null });
    for (const question of asks) {
      const said = upload.ok ? upload.value.answers.get(nameOf(question)) : null;
      expect(said?.ok ? readRows(question.kind, said.value) : said).toEqual({
        ok: true,
        value: await rowsOf(question.kind, tenant, question.of),
      });
    }
  });
});
