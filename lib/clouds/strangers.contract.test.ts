/** The adapters that call hosts which a customer's DNS names, against the sandbox's mail servers and web hosts, found through its DNS. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import type { Result } from "@/lib/base/result";
import { type Kind, readRows } from "@/lib/model/nouns";
import { type Ask, ask, nameOf } from "@/lib/model/query";
import { createDns, type Dns } from "./dns/dns";
import { type SandboxProcess, type SandboxTenant, startSandboxProcess } from "./sandbox-process";
import { createSmtp, type Smtp } from "./smtp/smtp";
import { everLater } from "./testing";
import { createWeb, type Web } from "./web/web";

const REFERENCE = "gmail-smtp-in.l.google.com";
const VENDOR = "mailstream-central.mxrecord.mx";
const LIMITS = { connectMs: 1_000, stageMs: 1_000, inAllMs: 5_000 };

let sandbox: SandboxProcess;
let dns: Dns;
let smtp: Smtp;
let web: Web;

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  const { clock, resolvers, dnsPort, smtpPort, webPort, ca: extraCa } = sandbox;
  const reach = createReach(["127.0.0.0/8"]);
  dns = createDns({ clock, log: quietLog, resolvers, port: dnsPort, reach });
  const { addressesOf } = dns.lookups;
  smtp = createSmtp({
    log: quietLog,
    clock: everLater(),
    addressesOf,
    port: smtpPort,
    reach,
    extraCa,
    reference: REFERENCE,
    name: "cutover.example",
    limits: LIMITS,
  });
  web = createWeb({ log: quietLog, lookups: dns.lookups, reach, port: webPort, extraCa, timeoutMs: 1_000 });
}, 40_000);
afterAll(async () => {
  dns.close();
  await sandbox.stop();
});

type Asker = { readonly ask: (asks: readonly Ask[]) => Promise<ReadonlyMap<string, Result<unknown>>> };

const firstDomain = (tenant: SandboxTenant) => tenant.domains.find((one) => !one.id.endsWith(".onmicrosoft.com"))?.id ?? "";

/** The row, or the answer where it is a problem. */
async function rowOf<K extends Kind>(cloud: Asker, kind: K, of: string) {
  const question = ask(kind, of);
  const raw = (await cloud.ask([question])).get(nameOf(question));
  if (raw === undefined || !raw.ok) return raw;
  const rows = readRows(kind, raw.value);
  if (!rows.ok || rows.value[0] === undefined) throw new Error(`Not readable: ${JSON.stringify(rows)}`);
  return rows.value[0];
}

/** Makes a host ill for as long as `look` takes. */
async function ill<T>(host: string, behaviour: string, look: () => Promise<T>): Promise<T> {
  await sandbox.control("smtp", { host, behaviour });
  try {
    return await look();
  } finally {
    await sandbox.control("smtp", { host, behaviour: "ok" });
  }
}

const mxHostOf = async (domain: string): Promise<string> => {
  const row = await rowOf(dns, "mxTargets", domain);
  return row !== undefined && "targets" in row ? (row.targets[0]?.host ?? "") : "";
};

describe("names as the sandbox's DNS holds them", () => {
  it("lead from MX records to hosts with addresses, and to the SPF record", async () => {
    const domain = firstDomain(await sandbox.tenant("fresh"));
    const target = { addresses: ["127.0.1.1"], cname: null, isAddress: false, problem: null };
    expect(await rowOf(dns, "mxTargets", domain)).toMatchObject({ targets: [target] });
    expect(await rowOf(dns, "spf", domain)).toMatchObject({ records: ["v=spf1 include:spf.protection.outlook.com -all"] });
  });

  it("show an edited SPF record at once, though resolvers remember the old one", async () => {
    const domain = firstDomain(await sandbox.tenant("fresh"));
    await dns.lookups.textsOf(domain);
    const text = "v=spf1 include:_spf.mxrecord.io -all";
    await sandbox.control("dns", { zone: domain, records: [{ type: "TXT", name: domain, ttl: 3_600, text }] });
    expect(await rowOf(dns, "spf", domain)).toMatchObject({ records: [text] });
  });
});

describe("mail servers as the sandbox runs them", () => {
  it.each([VENDOR, "mxa.global.inbound.cf-emailsecurity.net", REFERENCE])("answers, encrypts and proves its name: %s", async (host) => {
    const certificate = { trusted: true, matches: true };
    expect(await rowOf(smtp, "smtpHost", host)).toMatchObject({ connected: true, ehlo: true, starttls: true, certificate, problem: null });
  });

  it("answers at a tenant's own host under a certificate of that name", async () => {
    const host = await mxHostOf(firstDomain(await sandbox.tenant("fresh")));
    expect(await rowOf(smtp, "smtpHost", host)).toMatchObject({ starttls: true, certificate: { trusted: true, matches: true } });
  });

  it.each<[string, object]>([
    ["expired", { starttls: true, certificate: { trusted: false, matches: true } }],
    ["self-signed", { starttls: true, certificate: { trusted: false, matches: true } }],
    ["wrong-name", { starttls: true, certificate: { trusted: true, matches: false } }],
    ["no-starttls", { ehlo: true, starttls: false, certificate: null }],
    ["silent", { connected: true, banner: null }],
    ["refused", { connected: false, problem: expect.stringContaining("cannot be connected to") }],
  ])("is seen to be %s", async (behaviour, seen) => {
    expect(await ill(VENDOR, behaviour, () => rowOf(smtp, "smtpHost", VENDOR))).toMatchObject(seen);
  });

  it("is busy and called once more, then told to be", async () => {
    const row = await ill(VENDOR, "busy", () => rowOf(smtp, "smtpHost", VENDOR));
    expect(row).toMatchObject({ connected: true, starttls: false, problem: expect.stringMatching(/\b4\d\d\b/) });
  });

  it("is a problem when the reference host cannot be reached either", async () => {
    const row = await ill(REFERENCE, "refused", () => ill(VENDOR, "refused", () => rowOf(smtp, "smtpHost", VENDOR)));
    expect(row).toMatchObject({ ok: false, problem: { code: "unreachable", say: expect.stringContaining("no way out on port 25") } });
  });

  it("takes mail straight from a stranger before the lock-down", async () => {
    const domain = firstDomain(await sandbox.tenant("fresh"));
    const row = await rowOf(smtp, "directDelivery", `${domain}@${await mxHostOf(domain)}`);
    expect(row).toMatchObject({ domain, stage: "rcpt", code: 250, refused: false });
  });

  it("refuses mail for a domain that is nobody's", async () => {
    const host = await mxHostOf(firstDomain(await sandbox.tenant("fresh")));
    expect(await rowOf(smtp, "directDelivery", `nobody.example@${host}`)).toMatchObject({ stage: "rcpt", refused: true });
  });
});

describe("web hosts as the sandbox runs them", () => {
  const policy = (host: string) => `version: STSv1\r\nmode: enforce\r\nmx: ${host}\r\nmax_age: 604800\r\n`;
  const published = async () => {
    const tenant = await sandbox.tenant("fresh");
    const domain = firstDomain(tenant);
    await sandbox.control("web", { tenant: tenant.id, domain, mtaSts: policy("*.mail.protection.outlook.com") });
    return domain;
  };

  it("show a domain's MTA-STS policy, and none where there is none", async () => {
    expect(await rowOf(web, "mtaSts", await published())).toMatchObject({
      record: expect.stringMatching(/^v=STSv1; id=/),
      policy: { mode: "enforce", mx: ["*.mail.protection.outlook.com"], maxAge: 604_800 },
      problem: null,
    });
    const domain = firstDomain(await sandbox.tenant("fresh"));
    expect(await rowOf(web, "mtaSts", domain)).toMatchObject({ record: null, policy: null, problem: null });
  });

  it.each(["expired", "self-signed", "wrong-name", "redirect", "oversize"])("have no policy when they are %s", async (behaviour) => {
    const domain = await published();
    const row = await ill(`mta-sts.${domain}`, behaviour, () => rowOf(web, "mtaSts", domain));
    expect(row).toMatchObject({ policy: null, problem: expect.any(String) });
  });

  it.each(["silent", "refused", "busy"])("are a problem, not without a policy, when they are %s", async (behaviour) => {
    const domain = await published();
    const row = await ill(`mta-sts.${domain}`, behaviour, () => rowOf(web, "mtaSts", domain));
    expect(row).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });

  it("have no settings for a zone whose Domain Connect record is left over", async () => {
    const domain = firstDomain(await sandbox.tenant("fresh"));
    const text = "domainconnect.sandbox-host.example";
    await sandbox.control("dns", { zone: domain, records: [{ type: "TXT", name: `_domainconnect.${domain}`, ttl: 300, text }] });
    expect(await dns.lookups.textsOf(`_domainconnect.${domain}`)).toEqual({ ok: true, value: [text] });
    expect(await rowOf(web, "domainConnect", domain)).toMatchObject({ Guid: domain, provider: null, controlPanel: null });
  });
});
