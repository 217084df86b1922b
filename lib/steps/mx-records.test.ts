/** The switch itself: what is planned and by whose hands, what bars it, and how its spreading is seen. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import { mxRecords } from "./mx-records";
import { dnsHostRow, HOUR_MS, judged, NOW, refusals } from "./testing";
import {
  at,
  beforeSwitch,
  DAY_MS,
  directRow,
  halfWay,
  microsoftHost,
  mxTo,
  securedRow,
  smtpRow,
  stretch,
  TARGET,
  VENDOR_HOSTS,
  zoneRow,
} from "./testing-switch";

const D = "contoso.com";
const low = stretch(mxTo(D, [at(microsoftHost(D), 0)]), NOW - 10 * DAY_MS);
type More = { readonly past?: object; readonly failed?: object; readonly profile?: Profile; readonly hosts?: readonly string[] };
function found(raw: object = {}, settings: object = {}, { past = {}, failed = {}, profile = cloudflare, hosts = VENDOR_HOSTS }: More = {}) {
  return judged(
    mxRecords,
    { access: "without", domains: [D], ...settings },
    {
      ...beforeSwitch(D),
      ...Object.fromEntries(hosts.map((host) => [`smtpHost/${host}`, [smtpRow(host)]])),
      EmailSecurityDomain: [securedRow(D)],
      cfZone: [],
      ...raw,
    },
    { past: { [`mx/${D}`]: [low], ...past }, failed: { ...failed }, profile },
  );
}
const targetRecords = TARGET.map((h) => `${h.preference} ${h.exchange}`);

describe("what is planned", () => {
  it("all records in one change, and never the TTL", () => {
    const { changes, checks } = found();
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ do: "set", kind: "mx", key: D, hands: "person", edits: { hosts: { whole: targetRecords } } });
    expect(Object.keys(changes[0]?.edits ?? {})).toEqual(["hosts"]);
    expect(checks.filter((c) => mxRecords.guards.includes(c.id)).map((c) => c.verdict)).toEqual(["pass", "pass", "pass", "pass"]);
  });

  it.each([
    ["an active full zone that answers the world", zoneRow(D), "us"],
    ["a zone that is not active yet", zoneRow(D, { status: "pending" }), "person"],
    ["a zone fed from elsewhere", zoneRow(D, { type: "secondary" }), "person"],
    ["a forgotten zone: other name servers are in charge", zoneRow(D, { name_servers: ["ada.ns.cloudflare.com"] }), "person"],
    ["a zone of another name", zoneRow("fabrikam.com"), "person"],
  ])("%s", (_, zone, hands) => {
    expect(found({ cfZone: [zone] }).changes.map((c) => c.hands)).toEqual([hands]);
  });

  it("without a token a person does it, and nothing is unknown about that", () => {
    const { changes, check } = found(
      {},
      { entered: [D] },
      {
        failed: {
          cfZone: no("not-asked", "No token."),
          EmailSecurityDomain: no("not-asked", "No token."),
          [`directDelivery/${D}@${VENDOR_HOSTS[0]}`]: no("unreachable", "No."),
        },
      },
    );
    expect(changes.map((c) => c.hands)).toEqual(["person"]);
    expect(check("zones")).toBeUndefined();
    expect(check("vendor-knows")?.verdict).toBe("pass");
  });

  it("the same order under other numbers is the job done", () => {
    const alike = TARGET.map((h) => at(h.exchange, 1));
    expect(found({ [`mx/${D}`]: [mxTo(D, alike)] }).changes).toEqual([]);
  });

  it("only the domains that are ticked, and the others are said to be left", () => {
    const other = "fabrikam.com";
    const { changes, check } = found(
      { ...beforeSwitch(other), EmailSecurityDomain: [securedRow(D), securedRow(other)] },
      { domains: [D, other], move: [other] },
      {
        past: { [`mx/${other}`]: [stretch(mxTo(other, [at(microsoftHost(other), 0)]), NOW - 10 * DAY_MS)] },
      },
    );
    expect(changes.map((c) => c.key)).toEqual([other]);
    expect(check(D)?.saw).toContain("left for later");
  });
});

describe("which hosts", () => {
  it("Area 1 has no default region: somebody has to choose", () => {
    expect(found({}, {}, { profile: area1, hosts: [] }).check(D)?.fix).toContain("Choose a region");
  });
  it("regions whose hosts nobody publishes are typed, never built", () => {
    const { check, changes, fields } = found({}, { region: "de" }, { hosts: [] });
    expect(check(D)?.saw).toContain("not entered here yet");
    expect(changes).toEqual([]);
    expect(fields.map((f) => f.name)).toContain(`hosts.${D}`);
    const typed = "mxa.de.inbound.cf-emailsecurity.net, 20 MXB.de.inbound.cf-emailsecurity.net.";
    const hosts = ["mxa.de.inbound.cf-emailsecurity.net", "mxb.de.inbound.cf-emailsecurity.net"];
    expect(found({}, { region: "de", hosts: { [D]: typed } }, { hosts }).changes).toMatchObject([
      { edits: { hosts: { whole: [`10 ${hosts[0]}`, `20 ${hosts[1]}`] } } },
    ]);
  });
  it("what does not end as the vendor's hosts do is refused in a sentence", () => {
    expect(refusals(mxRecords, { domains: [D], hosts: { [D]: "mx.evil.example" } })[0]).toContain(".inbound.cf-emailsecurity.net");
    expect(refusals(mxRecords, { domains: [D], hosts: { [D]: "inbound.cf-emailsecurity.net.evil.example" } })).toHaveLength(1);
  });
});

describe("what bars it", () => {
  it("TTL not lowered in time: mixed delivery for hours", () => {
    const high = mxTo(D, [at(microsoftHost(D), 0)], { ttl: 86_400 });
    const { check, changes } = found({ [`mx/${D}`]: [high] });
    expect(check("ttl-over")).toMatchObject({ verdict: "fail", step: "mx-ttl" });
    expect(changes).toEqual([]);
    const fresh = [stretch(high, NOW - 10 * DAY_MS, NOW - HOUR_MS - 1), stretch(mxTo(D, [at(microsoftHost(D), 0)]), NOW - HOUR_MS)];
    expect(found({}, {}, { past: { [`mx/${D}`]: fresh } }).check("ttl-over")).toMatchObject({
      verdict: "wait",
      again: NOW - HOUR_MS + DAY_MS,
    });
  });

  it.each([
    ["does not answer", { connected: false, banner: null, ehlo: false, starttls: false, certificate: null }],
    ["encryption", { starttls: false, certificate: null }],
    [
      "not trusted",
      { certificate: { trusted: false, matches: true, subject: "x", issuer: "Nobody", validTo: "2030-01-01T00:00:00.000Z" } },
    ],
    [
      "not for this host",
      {
        certificate: {
          trusted: true,
          matches: false,
          subject: "other.example",
          issuer: "An authority",
          validTo: "2030-01-01T00:00:00.000Z",
        },
      },
    ],
  ])("a new host that %s", (said, more) => {
    const host = VENDOR_HOSTS[0] ?? "";
    const { check, changes } = found({ [`smtpHost/${host}`]: [smtpRow(host, more)] });
    expect(check("hosts-answer")?.verdict).toBe("fail");
    expect(check("hosts-answer")?.saw).toContain(said);
    expect(changes).toEqual([]);
  });

  it("no way out on port 25: unknown, until somebody gives their word, which stays unknown and is kept", () => {
    const failed = Object.fromEntries(VENDOR_HOSTS.map((host) => [`smtpHost/${host}`, no("unreachable", "No way out on port 25.")]));
    const without = found({}, {}, { failed });
    expect(without.check("hosts-answer")?.verdict).toBe("unknown");
    expect(without.changes).toEqual([]);
    expect(without.fields.map((f) => f.name)).toContain("port25Word");
    const withWord = found({}, { port25Word: "yes" }, { failed });
    expect(withWord.changes).toHaveLength(1);
    expect(withWord.check("port-25")).toMatchObject({ verdict: "unknown", onWord: true });
  });

  it("a domain that the vendor does not know, or has not verified, or would send in a circle", () => {
    expect(found({ EmailSecurityDomain: [] }).check("vendor-knows")).toMatchObject({ verdict: "fail", step: "area1-domains" });
    expect(found({ EmailSecurityDomain: [securedRow(D, { status: "pending" })] }).check("vendor-knows")?.verdict).toBe("wait");
    expect(found({ EmailSecurityDomain: [securedRow(D, { transport: VENDOR_HOSTS[0] })] }).check("vendor-knows")?.saw).toContain("loop");
  });

  it("without a token: the vendor's host that takes mail for it proves it, a word is enough, silence is not", () => {
    const failed = { EmailSecurityDomain: no("not-asked", "No token.") };
    const [host = ""] = VENDOR_HOSTS;
    const seen = found({ [`directDelivery/${D}@${host}`]: [directRow(D, host, false)] }, { entered: [D] }, { failed });
    expect(seen.check("vendor-knows")?.verdict).toBe("pass");
    expect(found({}, {}, { failed }).check("vendor-knows")?.verdict).toBe("fail");
  });

  it("MTA-STS left naming Microsoft's hosts: update the policy before the switch", () => {
    const policy = (mode: string, mx: readonly string[]) => ({
      [`mtaSts/${D}`]: [{ domain: D, record: "v=STSv1; id=1", policy: { mode, mx, maxAge: 604_800 }, problem: null }],
    });
    const enforced = found(policy("enforce", ["*.mail.protection.outlook.com"]));
    expect(enforced.check("policy-allows")?.verdict).toBe("fail");
    expect(enforced.changes).toEqual([]);
    expect(enforced.check(`mta-sts/${D}`)?.fix).toContain("only then switch");
    expect(found(policy("testing", ["*.mail.protection.outlook.com"])).check(`mta-sts/${D}`)?.verdict).toBe("warn");
    expect(found(policy("enforce", ["*.global.inbound.cf-emailsecurity.net"])).check("policy-allows")?.verdict).toBe("pass");
    // A star stands for one label, not for two.
    expect(found(policy("enforce", ["*.inbound.cf-emailsecurity.net"])).check("policy-allows")?.verdict).toBe("fail");
  });
});

describe("propagation", () => {
  const seenBy = (hosts: typeof TARGET) => ({
    [`resolvers/${D}`]: [
      {
        domain: D,
        seen: [
          { resolver: "9.9.9.9", ttl: 100, hosts, problem: null },
          { resolver: "8.8.8.8", ttl: null, hosts: [], problem: "No answer." },
        ],
      },
    ],
  });
  const switched = (since: number, resolvers: typeof TARGET, oldTtl = 300) =>
    found(
      { [`mx/${D}`]: [mxTo(D, TARGET)], ...seenBy(resolvers) },
      {},
      {
        past: {
          [`mx/${D}`]: [stretch(mxTo(D, [at(microsoftHost(D), 0)], { ttl: oldTtl }), 0, since - 1), stretch(mxTo(D, TARGET), since)],
        },
      },
    );
  const old = [at(microsoftHost(D), 0)];

  it("all agree: done, and nothing is left to change", () => {
    const { check, changes } = switched(NOW - 60_000, TARGET);
    expect(check(D)?.verdict).toBe("pass");
    expect(changes).toEqual([]);
    expect(check("settled")?.verdict).toBe("pass");
  });
  it("within an hour disagreement is waited for, with the time of the next look", () => {
    const { check } = switched(NOW - 60_000, old);
    expect(check(D)).toMatchObject({ verdict: "wait", again: NOW + 60_000 });
    expect(check(D)?.saw).toContain("9.9.9.9 still gives the old answer");
  });
  it("only after the hour, or the TTL if that was longer, it warns", () => {
    expect(switched(NOW - 2 * HOUR_MS, old).check(D)?.verdict).toBe("warn");
    expect(switched(NOW - 2 * HOUR_MS, old, 86_400).check(D)?.verdict).toBe("wait");
  });
  it("a server that follows late is waited for: nothing is left over, nothing is planned, and no other domain is barred by it", () => {
    const { check, checks, changes } = found({ [`mx/${D}`]: [halfWay(D, TARGET, old)], ...seenBy(old) });
    expect(check(D)).toMatchObject({ verdict: "wait", again: NOW + 60_000 });
    expect(check(D)?.saw).toContain("ns2.host.example");
    expect(checks.filter((c) => c.verdict === "fail")).toEqual([]);
    expect(changes).toEqual([]);
  });
  it("shows what each server and resolver answers, since when, and the records as the DNS host wants them", () => {
    const sub = "mail.contoso.com";
    const { evidence } = judged(
      mxRecords,
      { access: "without", domains: [sub] },
      {
        ...beforeSwitch(sub),
        [`dnsHost/${sub}`]: [{ ...dnsHostRow(sub), zone: "contoso.com" }],
        [`domainConnect/contoso.com`]: [
          { zone: "contoso.com", provider: "GoDaddy", controlPanel: "https://dcc.godaddy.example/contoso.com" },
        ],
      },
    );
    const table = (title: string) => evidence.find((t) => t.title.startsWith(title))?.rows ?? [];
    expect(table("The records to set")[0]).toEqual([sub, "mail", "MX", "10", VENDOR_HOSTS[0], "300"]);
    expect(table("The same records as lines")[0]).toEqual([`${sub}. 300 IN MX 10 ${VENDOR_HOSTS[0]}.`]);
    expect(table("Where to set them")[0]).toContain("https://dcc.godaddy.example/contoso.com");
    expect(table("What public resolvers answer")[0]?.[1]).toBe("192.0.2.1");
  });
});

it("first settings plan nothing", () => {
  expect(judged(mxRecords, {}, { AcceptedDomain: [], cfZone: [], EmailSecurityDomain: [] }).changes).toEqual([]);
});
