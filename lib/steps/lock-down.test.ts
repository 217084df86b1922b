/** The lock on the door: made turned off, turned on only when nothing is shut out by it, and seen to be locked. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { fold } from "@/lib/model/mine";
import { profiles } from "@/lib/profiles/all";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import { lockDown } from "./lock-down";
import { lockOff } from "./lock-off";
import { connector, HOUR_MS, judged, knownFrom, NOW } from "./testing";
import { acceptedRow, at, DAY_MS, directRow, microsoftHost, mxTo, serviceRow, stretch, TARGET } from "./testing-switch";

const D = "contoso.com";
const NAME = cloudflare.lockDownConnector.value.name;
const lock = (more: object = {}) => connector("lock", NAME, { RestrictDomainsToIPAddresses: true, EFSkipLastIP: true, ...more });
const ON = { domains: [D], turnOn: "true", reviewed: "2026-05-03" };

type World = {
  readonly connectors?: readonly object[];
  readonly hosts?: Readonly<Record<string, readonly ReturnType<typeof at>[]>>;
  readonly since?: number;
  readonly refused?: boolean;
  readonly direct?: object;
  readonly accepted?: readonly object[];
  readonly spf?: readonly string[];
  readonly past?: object;
  readonly mine?: ReturnType<typeof fold>;
  readonly profile?: Profile;
  readonly failed?: object;
};
function found(settings: object, world: World = {}) {
  const { connectors = [], hosts = { [D]: TARGET }, since = NOW - 10 * DAY_MS, refused = true } = world;
  const names = Object.keys(hosts);
  const rows = Object.fromEntries(names.map((d) => [`mx/${d}`, [mxTo(d, hosts[d] ?? [])]]));
  const past = Object.fromEntries(
    names.map((d) => [
      `mx/${d}`,
      [stretch(mxTo(d, [at(microsoftHost(d), 0)]), 0, since - HOUR_MS), stretch(mxTo(d, hosts[d] ?? []), since)],
    ]),
  );
  const host = microsoftHost(D);
  return judged(
    lockDown,
    settings,
    {
      InboundConnector: connectors,
      AcceptedDomain: world.accepted ?? ["contoso.onmicrosoft.com", ...names].map((d) => acceptedRow(d)),
      ...rows,
      [`spf/${D}`]: [{ domain: D, records: world.spf ?? [] }],
      [`serviceRecord/${D}`]: [serviceRow(D)],
      [`directDelivery/${D}@${host}`]: [world.direct ?? directRow(D, host, refused)],
    },
    {
      past: { ...past, ...world.past },
      ...(world.mine ? { mine: world.mine } : {}),
      profile: world.profile ?? cloudflare,
      failed: { ...world.failed },
    },
  );
}

describe("made turned off, turned on as a change of its own", () => {
  it("first it is new, off, for all senders, over TLS, restricted, with enhanced filtering", () => {
    const { changes, check } = found({ ...ON, turnOn: "false" });
    expect(changes).toMatchObject([
      {
        do: "new",
        name: NAME,
        edits: {
          Enabled: { to: false },
          ConnectorType: { to: "Partner" },
          SenderDomains: { add: ["*"] },
          RequireTls: { to: true },
          RestrictDomainsToIPAddresses: { to: true },
          EFSkipLastIP: { to: true },
          Comment: { to: "Only accept inbound email from Email Security" },
        },
      },
    ]);
    expect(check("door")).toMatchObject({ verdict: "fail" });
  });
  it("then one setting is changed", () => {
    const off = lock({ Enabled: false });
    expect(found({ ...ON, turnOn: "false" }, { connectors: [off] }).changes).toEqual([]);
    expect(found(ON, { connectors: [off] }).changes).toMatchObject([
      { do: "set", key: "lock", edits: { Enabled: { from: false, to: true } } },
    ]);
  });
  it("under the older name it is put right in place, not made twice", () => {
    const older = connector("lock", area1.lockDownConnector.value.name, {
      RestrictDomainsToIPAddresses: true,
      SenderIPAddresses: [cloudflare.egress.value[0]],
      Enabled: false,
    });
    const { changes } = found(ON, { connectors: [older] });
    expect(changes).toMatchObject([{ do: "set", key: "lock" }]);
  });
  it("one that locks already, whoever made it, is the job done, and is not turned off by a form that says off", () => {
    const theirs = lock({ Name: "Only from the gateway" });
    expect(found(ON, { connectors: [theirs] }).changes).toEqual([]);
    expect(found({ ...ON, turnOn: "false" }, { connectors: [theirs] }).changes).toEqual([]);
    expect(found(ON, { connectors: [theirs] }).check("door")?.verdict).toBe("pass");
  });
  it("ours is turned off at any time, whatever the gate says", () => {
    const made = { do: "new", kind: "InboundConnector", key: "", name: NAME, hands: "us", edits: {} } as const;
    const mine = fold([{ change: made, made: "lock" }]);
    const { changes, check } = found({ ...ON, turnOn: "false" }, { connectors: [lock()], mine, hosts: { [D]: [at(microsoftHost(D))] } });
    expect(changes).toMatchObject([{ do: "set", edits: { Enabled: { from: true, to: false } } }]);
    expect(check("domains")).toMatchObject({ verdict: "fail" });
  });
});

describe("lock-down too early: 550 5.7.51 TenantInboundAttribution", () => {
  it("a domain whose MX is still Microsoft's is named, and nothing is planned", () => {
    const { check, changes } = found(ON, { hosts: { [D]: TARGET, "fabrikam.com": [at(microsoftHost("fabrikam.com"), 0)] } });
    expect(check("gate")).toMatchObject({ verdict: "fail", step: "mx-records" });
    expect(check("gate")?.saw).toContain("fabrikam.com (fabrikam-com.mail.protection.outlook.com)");
    expect(changes).toEqual([]);
  });
  it.each(Object.values(profiles))("$id: its own wait after the last domain moved, and the old TTL if that was longer", (profile) => {
    const since = NOW - HOUR_MS;
    const hosts = { [D]: (profile.regions.value[0]?.hosts ?? []).map((h) => at(h.host, h.preference)) };
    expect(found(ON, { since, hosts, profile }).check("gate")).toMatchObject({
      verdict: "wait",
      again: since + profile.lockDownWaitMs.value,
    });
    const slow = {
      [`mx/${D}`]: [stretch(mxTo(D, [at(microsoftHost(D))], { ttl: 604_800 }), 0, since - 1), stretch(mxTo(D, hosts[D] ?? []), since)],
    };
    expect(found(ON, { since, hosts, profile, past: slow }).check("gate")?.again).toBe(since + 7 * DAY_MS);
  });
  it("a leftover Microsoft MX is elsewhere", () => {
    expect(found(ON, { hosts: { [D]: [...TARGET, at(microsoftHost(D), 50)] } }).check("gate")?.verdict).toBe("fail");
  });
  it("a domain that receives no mail, and Microsoft's own, are left out", () => {
    expect(found(ON, { hosts: { [D]: TARGET, "parked.example": [] } }).check("gate")?.verdict).toBe("pass");
  });
  it("accepted domains that can't be read are unknown", () => {
    const { check, changes } = found(ON, { failed: { AcceptedDomain: no("denied", "Not allowed.") } });
    expect(check("gate")?.verdict).toBe("unknown");
    expect(changes).toEqual([]);
  });
});

describe("who would be shut out", () => {
  it("printers and applications that send directly: nobody turns it on before somebody looked", () => {
    const { check, changes } = found({ ...ON, reviewed: "" });
    expect(check("reviewed")).toMatchObject({ verdict: "fail" });
    expect(changes).toEqual([]);
    const { fails } = lockDown.texts(cloudflare);
    expect(fails.some(({ when }) => when.includes("Printers"))).toBe(true);
  });
  it("third-party senders in your name are named from SPF", () => {
    const spf = ["v=spf1 include:spf.protection.outlook.com include:mail.hr.example ip4:203.0.113.7 -all"];
    expect(found(ON, { spf }).check("senders")?.saw).toContain("mail.hr.example and 203.0.113.7");
  });
  it("mail to onmicrosoft.com stops: said before", () => {
    expect(found(ON).check("initial")?.saw).toContain("contoso.onmicrosoft.com");
  });
  it("partners with a connector of their own are named; servers of your own keep theirs", () => {
    const partner = connector("p", "Wingtip", { SenderDomains: ["wingtip.example"], SenderIPAddresses: ["203.0.113.1"] });
    const own = connector("o", "Hybrid", { ConnectorType: "OnPremises", SenderIPAddresses: ["203.0.113.2"] });
    const { check } = found(ON, { connectors: [partner, own] });
    expect(check("partner/p")?.verdict).toBe("warn");
    expect(check("on-premises/o")?.saw).toContain("keeps arriving");
  });
});

it("stale IP list: the vendor's new addresses are shut out, and the plan adds them", () => {
  const short = lock({ SenderIPAddresses: cloudflare.egress.value.slice(1) });
  const { check, changes } = found(ON, { connectors: [short] });
  expect(check("stale/lock")?.saw).toContain(cloudflare.egress.value[0]);
  expect(changes).toMatchObject([{ edits: { SenderIPAddresses: { add: [cloudflare.egress.value[0]] } } }]);
});

describe("exposed tenant host: attackers skip the MX", () => {
  const id = `direct/${D}@${microsoftHost(D)}`;
  const locked = (since: number) => ({ InboundConnector: [{ raw: [lock()], first: since, last: NOW }] });
  it("refused from outside: locked", () => {
    expect(found(ON, { connectors: [lock()] }).check(id)).toMatchObject({ verdict: "pass" });
  });
  it("still accepted within the hour: waits; afterwards it fails", () => {
    expect(found(ON, { connectors: [lock()], refused: false, past: locked(NOW - 60_000) }).check(id)).toMatchObject({
      verdict: "wait",
      again: NOW - 60_000 + HOUR_MS,
    });
    expect(found(ON, { connectors: [lock()], refused: false, past: locked(NOW - 2 * HOUR_MS) }).check(id)?.verdict).toBe("fail");
  });
  it("refused for another reason, such as a postmaster that does not exist, proves nothing", () => {
    const direct = { ...directRow(D, microsoftHost(D), true), code: 550, text: "5.4.1 Recipient address rejected: Access denied" };
    const since = NOW - 2 * HOUR_MS;
    expect(found(ON, { connectors: [lock()], past: locked(since), direct }).check(id)).toMatchObject({ verdict: "warn" });
  });
  it("no way out on port 25: unknown, or on somebody's word", () => {
    const failed = { [`directDelivery/${D}@${microsoftHost(D)}`]: no("unreachable", "No way out on port 25.") };
    expect(found(ON, { connectors: [lock()], failed }).check(id)).toMatchObject({ verdict: "unknown" });
    expect(found({ ...ON, port25Word: ["yes"] }, { connectors: [lock()], failed }).check(id)).toMatchObject({
      verdict: "unknown",
      onWord: true,
    });
  });
  it("before it is locked, nothing is demanded of it", () => {
    expect(found(ON, { refused: false }).check(id)).toBeUndefined();
  });
});

describe("rollback in the wrong order: MX can't go back while the door is locked", () => {
  const judge = (connectors: readonly object[], past: readonly object[] = []) =>
    lockOff.judge(
      { settings: {}, profile: cloudflare, done: () => [] },
      knownFrom({ InboundConnector: connectors }, { past: { InboundConnector: past.map((p) => ({ raw: [], first: 0, last: 0, ...p })) } }),
      NOW,
    )[0];
  it("locked: fails, and names the step", () => {
    expect(judge([lock()])).toMatchObject({ id: "lock-off", verdict: "fail", step: "lock-down" });
  });
  it("unlocked a moment ago: waits until Microsoft has it", () => {
    const past = [
      { raw: [lock()], first: 0, last: NOW - 120_000 },
      { raw: [], first: NOW - 60_000, last: NOW },
    ];
    expect(judge([], past)).toMatchObject({ verdict: "wait", again: NOW - 60_000 + HOUR_MS });
  });
  it("open for longer than that, or never locked: passes", () => {
    const past = [
      { raw: [lock()], first: 0, last: 1 },
      { raw: [], first: NOW - 2 * HOUR_MS, last: NOW },
    ];
    expect(judge([], past)?.verdict).toBe("pass");
    expect(judge([lock({ Enabled: false })])?.verdict).toBe("pass");
  });
});
