/** The Cloudflare adapter against the sandbox's API, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Change } from "@/lib/model/change";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import { type Kind, readRows } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { type Cloudflare, createCloudflare } from "./cloudflare/cloudflare";
import { change, swap } from "./cloudflare/testing";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process";

let sandbox: SandboxProcess;
let cloudflare: Cloudflare;

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  await sandbox.clock.refresh();
  cloudflare = createCloudflare({ http: sandbox.http, clock: sandbox.clock, baseUrl: `${sandbox.url}/client/v4` });
}, 40_000);
afterAll(() => sandbox.stop());

const accountShape = z.looseObject({
  accountId: z.string(),
  tokens: z.array(z.looseObject({ value: z.string() })),
  zones: z.array(z.looseObject({ name: z.string() })),
  domains: z.array(z.looseObject({ domain: z.string() })),
});

async function accountOf(tenant: string) {
  const url = `${sandbox.url}/sandbox/cloudflare?tenant=${tenant}`;
  const answer = await sandbox.http.request({ service: "The sandbox", method: "GET", url, idempotent: true });
  if (!answer.ok) throw new Error(answer.problem.say);
  return accountShape.parse(JSON.parse(answer.value.body.toString()));
}

type Opened = { readonly id: string; readonly access: CloudflareAccess; readonly domain: string; readonly names: readonly string[] };
async function opened(scenario: string): Promise<Opened> {
  const { id, domains } = await sandbox.tenant(scenario);
  const { accountId, tokens } = await accountOf(id);
  const names = domains.map((one) => one.id).filter((name) => !name.endsWith(".onmicrosoft.com"));
  return { id, access: { token: tokens[0]?.value ?? "", accountId }, domain: names[0] ?? "", names };
}
const narrow = async (tenant: string, ...permissions: readonly string[]): Promise<string> =>
  z.looseObject({ value: z.string() }).parse(await sandbox.control("cloudflare/tokens", { tenant, permissions })).value;

async function rowsOf<K extends Kind>(kind: K, access: CloudflareAccess) {
  const raw = (await cloudflare.ask([ask(kind)], access)).get(kind);
  if (!raw?.ok) throw new Error(JSON.stringify(raw));
  const rows = readRows(kind, raw.value);
  if (!rows.ok) throw new Error(rows.problem.say);
  return rows.value;
}

async function made(c: Change, access: CloudflareAccess) {
  const answer = await cloudflare.make(c, access);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value;
}

describe("Cloudflare as the sandbox speaks it", () => {
  it("shows the account's zones", async () => {
    const { access, names } = await opened("cloudflare-dns");
    const zones = await rowsOf("cfZone", access);
    expect(zones.map((zone) => zone.Name).sort()).toEqual([...names].sort());
    expect(zones[0]).toMatchObject({ status: "active", type: "full", nameServers: expect.arrayContaining(["ada.ns.cloudflare.com"]) });
  });

  it("adds a domain, shows how it is proved, edits it, empties its host and removes it", async () => {
    const { access, domain } = await opened("fresh");
    const host = { from: null, to: "contoso-com.mail.protection.outlook.com" };
    const { key } = await made(
      change("EmailSecurityDomain", "new", domain, { forwardingTo: host, tlsOutbound: { from: null, to: true } }),
      access,
    );
    const [pending] = await rowsOf("EmailSecurityDomain", access);
    expect(pending).toMatchObject({ Guid: key, Name: domain, status: "PENDING", forwardingTo: host.to, tlsOutbound: true });
    expect(pending).toMatchObject({ challengeName: `_cf-email-sec-challenge.${domain}`, challengeValue: expect.stringMatching(/\S/) });

    await made(
      change("EmailSecurityDomain", "set", domain, { quarantined: swap([], ["MALICIOUS", "SPAM"]), hops: { from: 1, to: 2 } }, key),
      access,
    );
    expect(await rowsOf("EmailSecurityDomain", access)).toMatchObject([
      { quarantined: ["MALICIOUS", "SPAM"], hops: 2, forwardingTo: host.to },
    ]);
    await made(change("EmailSecurityDomain", "set", domain, { forwardingTo: { from: host.to, to: null } }, key), access);
    expect(await rowsOf("EmailSecurityDomain", access)).toMatchObject([
      { forwardingTo: null, quarantined: ["MALICIOUS", "SPAM"], tlsOutbound: true },
    ]);
    const moved = await cloudflare.make(change("EmailSecurityDomain", "set", domain, { hops: { from: 1, to: 3 } }, key), access);
    expect(moved).toMatchObject({ ok: false, problem: { code: "moved" } });

    const again = await cloudflare.make(change("EmailSecurityDomain", "new", domain, {}), access);
    expect(again).toMatchObject({ ok: false, problem: { code: "exists" } });
    await made(change("EmailSecurityDomain", "remove", domain, {}, key), access);
    expect(await rowsOf("EmailSecurityDomain", access)).toEqual([]);
    expect(await made(change("EmailSecurityDomain", "remove", domain, {}, key), access)).toMatchObject({
      evidence: { note: "it was so already" },
    });
  });

  it("needs no proof for a domain whose zone is the account's own", async () => {
    const { access, domain } = await opened("cloudflare-dns");
    await made(change("EmailSecurityDomain", "new", domain, {}), access);
    expect(await rowsOf("EmailSecurityDomain", access)).toMatchObject([{ Name: domain, challengeName: null }]);
  });

  it("swaps the MX records of a zone and puts them back, and not when they are not what the plan saw", async () => {
    const { access, domain } = await opened("cloudflare-dns");
    const mx = ["10 mxa.global.inbound.cf-emailsecurity.net", "10 mxb.global.inbound.cf-emailsecurity.net"];
    const to = (from: readonly string[], then: readonly string[]) => change("mx", "set", domain, { hosts: swap(from, then) }, domain);
    const records = z.array(z.looseObject({ content: z.string(), priority: z.number() }));
    const hostsIn = (text: string | undefined) => records.parse(JSON.parse(text ?? "[]")).map((one) => `${one.priority} ${one.content}`);

    const moved = await cloudflare.make(to(["99 nobody.example"], mx), access);
    expect(moved).toMatchObject({ ok: false, problem: { code: "moved" } });
    const old = hostsIn(moved.ok ? "" : moved.problem.evidence?.["now"]);
    expect(old).toHaveLength(1);
    expect(hostsIn((await made(to(old, mx), access)).evidence["before"])).toEqual(old);
    expect(await made(to(old, mx), access)).toMatchObject({ evidence: { note: "it was so already" } });
    expect(hostsIn((await made(to(mx, old), access)).evidence["before"]).sort()).toEqual(mx);
  });

  it("says which permission a narrow token lacks", async () => {
    const { id, access, domain } = await opened("cloudflare-dns");
    const token = await narrow(id, "Email Security Read", "Zone Read", "DNS Read");
    const reader = { ...access, token };
    expect(await rowsOf("cfZone", reader)).not.toEqual([]);
    const add = await cloudflare.make(change("EmailSecurityDomain", "new", domain, {}), reader);
    expect(add).toMatchObject({ ok: false, problem: { code: "denied", say: expect.stringContaining("Cloud Email Security > Edit") } });
    const blind = { ...access, token: await narrow(id, "Zone Read") };
    expect((await cloudflare.ask([ask("EmailSecurityDomain")], blind)).get("EmailSecurityDomain")).toMatchObject({
      ok: false,
      problem: { code: "denied" },
    });
  });

  it("verifies tokens by reading alone", async () => {
    const { id, access } = await opened("cloudflare-dns");
    const states = async (token: string, accountId: string | null = null) => {
      const verified = await cloudflare.verify(token, accountId);
      return verified.ok ? Object.fromEntries(verified.value.permissions.map((one) => [one.id, one.state])) : verified.problem.code;
    };
    const all = { emailRead: "present", emailEdit: "unknown", zoneRead: "present", dnsEdit: "unknown" };
    expect(await states(access.token)).toEqual(all);
    expect(await states(await narrow(id, "Zone Read"))).toEqual({ ...all, emailRead: "missing", emailEdit: "missing", dnsEdit: "missing" });
    expect(await states(await narrow(id, "Email Security Write"), access.accountId)).toMatchObject({
      emailRead: "present",
      zoneRead: "missing",
    });
    expect(await states(`${access.token.slice(0, -4)}xxxx`)).toBe("denied");
  });

  it("is throttled until the block is over, and asks nothing in between", async () => {
    const { id, access } = await opened("cloudflare-dns");
    await sandbox.control("faults", { tenant: id, service: "cloudflare", kind: "429", retryAfter: 300, times: 1 });
    const first = (await cloudflare.ask([ask("cfZone")], access)).get("cfZone");
    expect(first).toMatchObject({ ok: false, problem: { code: "throttled", retryAt: expect.any(Number) } });
    expect((await cloudflare.ask([ask("cfZone")], access)).get("cfZone")).toMatchObject({ problem: { code: "throttled" } });
    await sandbox.advance(301_000);
    expect(await rowsOf("cfZone", access)).not.toEqual([]);
  });
});
