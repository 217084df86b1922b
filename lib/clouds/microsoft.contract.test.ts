/** Tokens, sign-in, consent, Graph and Exchange against the sandbox's Entra, Graph and admin API. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Kind, readRows } from "@/lib/model/nouns";
import { type Ask, ask, nameOf } from "@/lib/model/query";
import { selfSigned } from "./microsoft/self-signed";
import {
  BACK as back,
  CLIENT,
  cloudsAt,
  connected as connectedAt,
  consent as consentAt,
  person,
  type SandboxClouds,
} from "./sandbox-clouds";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "./sandbox-process";

const EXCHANGE_ADMINISTRATOR = "29232cdf-9323-42fd-ade2-1d097af3e4de";
let sandbox: SandboxProcess;
let clouds: SandboxClouds;

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  await sandbox.clock.refresh();
  clouds = cloudsAt(sandbox);
}, 40_000);
afterAll(() => sandbox.stop());

const consent = (tenant: SandboxTenant, fields: Readonly<Record<string, string>>) => consentAt(sandbox, clouds, tenant, fields);
const connected = (scenario: string) => connectedAt(sandbox, clouds, scenario);

const askGraph = async (question: Ask, tenant: SandboxTenant) => (await clouds.graph.ask([question], tenant.id)).get(nameOf(question));
const askExchange = async (question: Ask, tenant: SandboxTenant) =>
  (await clouds.exchange.ask([question], tenant.id)).get(nameOf(question));

async function rowsOf<K extends Kind>(kind: K, tenant: SandboxTenant, of = "") {
  const raw = await (/^[A-Z]/.test(kind) ? askExchange(ask(kind, of), tenant) : askGraph(ask(kind, of), tenant));
  if (raw === undefined || !raw.ok) throw new Error(`No answer: ${JSON.stringify(raw)}`);
  const rows = readRows(kind, raw.value);
  if (!rows.ok) throw new Error(`${rows.problem.say} ${JSON.stringify(raw.value)}`);
  return rows.value;
}

describe("sign-in and consent at the sandbox", () => {
  const signInAs = async (tenant: SandboxTenant, part: string) => {
    const begun = await clouds.signIn.begin({ redirectUri: back });
    if (!begun.ok) throw new Error(begun.problem.say);
    const answer = await sandbox.submit(begun.value.url, { account: person(tenant, part) });
    return { begun: begun.value, params: Object.fromEntries(answer?.searchParams ?? []) };
  };

  it("says who signed in, from which tenant, with which roles", async () => {
    const tenant = await sandbox.tenant("fresh");
    const { begun, params } = await signInAs(tenant, "exchange.admin");
    expect(await clouds.signIn.finish({ ...begun, redirectUri: back, params })).toMatchObject({
      ok: true,
      value: {
        tenantId: tenant.id,
        oid: person(tenant, "exchange.admin"),
        directoryRoles: expect.arrayContaining([EXCHANGE_ADMINISTRATOR]),
      },
    });
  });

  it("refuses a code that was used, or came without its verifier", async () => {
    const tenant = await sandbox.tenant("fresh");
    const { begun, params } = await signInAs(tenant, "admin");
    expect(await clouds.signIn.finish({ ...begun, verifier: "x".repeat(43), redirectUri: back, params })).toMatchObject({ ok: false });
    const again = await signInAs(tenant, "admin");
    expect(await clouds.signIn.finish({ ...again.begun, redirectUri: back, params: again.params })).toMatchObject({ ok: true });
    expect(await clouds.signIn.finish({ ...again.begun, redirectUri: back, params: again.params })).toMatchObject({
      ok: false,
      problem: { code: "rejected" },
    });
  });

  it("has nothing before consent, and says so", async () => {
    const tenant = await sandbox.tenant("fresh");
    expect(await askGraph(ask("organization"), tenant)).toMatchObject({ ok: false, problem: { code: "consent-missing" } });
    expect(await askExchange(ask("InboundConnector"), tenant)).toMatchObject({ ok: false, problem: { code: "consent-missing" } });
    expect(await consent(tenant, { decision: "cancel" })).toMatchObject({ ok: false, problem: { code: "consent-missing" } });
  });

  it("tells consent for another organisation", async () => {
    const [tenant, other] = [await sandbox.tenant("fresh"), await sandbox.tenant("fresh")];
    expect(await consent(tenant, { account: person(other, "admin"), decision: "accept" })).toMatchObject({
      ok: false,
      problem: { code: "rejected" },
    });
  });

  it("works with a certificate as well as with a secret", async () => {
    const certificate = selfSigned(sandbox.clock.now());
    await sandbox.control("certificate", { pem: certificate });
    const tenant = await connected("fresh");
    const answers = await cloudsAt(sandbox, { clientId: CLIENT, certificate }).graph.ask([ask("domain")], tenant.id);
    expect(answers.get("domain")).toMatchObject({ ok: true });
  });
});

describe("Graph at the sandbox", () => {
  it("answers every question in a form the nouns read", async () => {
    const tenant = await connected("fresh");
    expect(await rowsOf("organization", tenant)).toMatchObject([{ Guid: tenant.id }]);
    const domains = await rowsOf("domain", tenant);
    const own = domains.find((one) => !one.isInitial);
    expect(own).toMatchObject({ isVerified: true });
    const records = await rowsOf("serviceRecord", tenant, own?.Guid);
    expect(
      records.some((one) => one.mailExchange?.endsWith(".mail.protection.outlook.com") || one.mailExchange?.endsWith(".mx.microsoft")),
    ).toBe(true);
    expect(await rowsOf("grants", tenant)).toMatchObject([
      { directoryRoles: [EXCHANGE_ADMINISTRATOR], appRoles: expect.arrayContaining(["Domain.Read.All", "Exchange.ManageAsApp"]) },
    ]);
  });

  it.each(["429", "503", "drop"])("gets through a %s", async (kind) => {
    const tenant = await connected("fresh");
    await sandbox.control("faults", { tenant: tenant.id, service: "graph", kind, times: 1, retryAfter: 0 });
    expect(await askGraph(ask("domain"), tenant)).toMatchObject({ ok: true });
  });
});

describe("Exchange at the sandbox", () => {
  const kinds = [
    "OrganizationConfig",
    "HostedConnectionFilterPolicy",
    "HostedContentFilterPolicy",
    "HostedContentFilterRule",
    "EOPProtectionPolicyRule",
    "InboundConnector",
    "OutboundConnector",
    "TransportRule",
  ] as const;

  it("answers every question in a form the nouns read, in one batch", async () => {
    const tenant = await connected("hand-made");
    for (const kind of kinds) await rowsOf(kind, tenant);
    const answers = await clouds.exchange.ask(
      kinds.map((kind) => ask(kind)),
      tenant.id,
    );
    expect([...answers.values()].every((answer) => answer.ok)).toBe(true);
  });

  it("is denied without the directory role, and let in with a new token once it is given", async () => {
    const tenant = await sandbox.tenant("fresh");
    await consent(tenant, { decision: "accept" });
    expect(await askExchange(ask("InboundConnector"), tenant)).toMatchObject({ ok: false, problem: { code: "denied" } });
    await consent(tenant, { decision: "accept", exchangeRole: "yes" });
    await sandbox.advance(10 * 60_000);
    expect(await askExchange(ask("InboundConnector"), tenant)).toMatchObject({ ok: true });
  });

  it("goes on when tokens have expired", async () => {
    const tenant = await connected("fresh");
    expect(await askExchange(ask("InboundConnector"), tenant)).toMatchObject({ ok: true });
    await sandbox.advance(26 * 3_600_000);
    expect(await askExchange(ask("InboundConnector"), tenant)).toMatchObject({ ok: true });
    expect(await askGraph(ask("domain"), tenant)).toMatchObject({ ok: true });
  });

  it.each(["429", "500", "503", "drop", "concurrency", "transient"])("gets through a %s when it reads", async (kind) => {
    const tenant = await connected("fresh");
    await sandbox.control("faults", { tenant: tenant.id, service: "exchange", kind, times: 1, retryAfter: 0 });
    expect(await askExchange(ask("InboundConnector"), tenant)).toMatchObject({ ok: true });
  });

  it("makes, changes and removes a connector, by the id it was given", async () => {
    const tenant = await connected("fresh");
    const made = await clouds.exchange.make(
      {
        cmdlet: "New-InboundConnector",
        parameters: {
          Name: "Ours",
          ConnectorType: "Partner",
          SenderDomains: ["*"],
          SenderIPAddresses: ["203.0.113.0/24"],
          RequireTls: true,
          Enabled: true,
        },
      },
      tenant.id,
    );
    if (!made.ok) throw new Error(JSON.stringify(made.problem));
    const { key } = made.value;
    await sandbox.advance(10 * 60_000);
    expect(await rowsOf("InboundConnector", tenant)).toMatchObject([{ Guid: key, Name: "Ours", SenderIPAddresses: ["203.0.113.0/24"] }]);
    const edit = { Add: ["198.51.100.7"], Remove: ["203.0.113.0/24"] };
    expect(
      await clouds.exchange.make(
        { cmdlet: "Set-InboundConnector", parameters: { Identity: key, EFSkipLastIP: true, SenderIPAddresses: edit } },
        tenant.id,
      ),
    ).toMatchObject({ ok: true });
    await sandbox.advance(10 * 60_000);
    expect(await rowsOf("InboundConnector", tenant)).toMatchObject([{ EFSkipLastIP: true, SenderIPAddresses: ["198.51.100.7"] }]);
    expect(
      await clouds.exchange.make({ cmdlet: "Remove-InboundConnector", parameters: { Identity: key, Confirm: false } }, tenant.id),
    ).toMatchObject({ ok: true });
    await sandbox.advance(10 * 60_000);
    expect(await rowsOf("InboundConnector", tenant)).toEqual([]);
  });

  it("never makes a second connector when the answer to the first was lost", async () => {
    const tenant = await connected("fresh");
    const call = { cmdlet: "New-InboundConnector", parameters: { Name: "Ours", ConnectorType: "Partner", SenderDomains: ["*"] } };
    await sandbox.control("faults", { tenant: tenant.id, service: "exchange", kind: "drop", times: 1 });
    expect(await clouds.exchange.make(call, tenant.id)).toMatchObject({ ok: false, problem: { code: "unsure" } });
  });

  it("opens the customization step when the organisation is dehydrated, and takes a second Enable for done", async () => {
    const tenant = await connected("dehydrated");
    const call = { cmdlet: "New-InboundConnector", parameters: { Name: "Ours", ConnectorType: "Partner", SenderDomains: ["*"] } };
    expect(await clouds.exchange.make(call, tenant.id)).toMatchObject({
      ok: false,
      problem: { code: "not-ready", step: "organization-customization" },
    });
    const enable = { cmdlet: "Enable-OrganizationCustomization", parameters: {} };
    expect(await clouds.exchange.make(enable, tenant.id)).toMatchObject({ ok: true });
    expect(await clouds.exchange.make(enable, tenant.id)).toMatchObject({ ok: true });
  });

  it("passes on what a trial tenant is told", async () => {
    const tenant = await connected("trial");
    const refused = await clouds.exchange.make(
      { cmdlet: "New-InboundConnector", parameters: { Name: "Ours", ConnectorType: "Partner", SenderDomains: ["*"] } },
      tenant.id,
    );
    expect(refused).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(!refused.ok && refused.problem.say.length).toBeGreaterThan("Exchange Online refused: ".length);
  });

  it("reads a list of more than a thousand entries whole", async () => {
    const tenant = await connected("full-list");
    const [policy] = await rowsOf("HostedConnectionFilterPolicy", tenant);
    expect(policy?.IPAllowList.length).toBeGreaterThan(1_000);
  });
});
