/** What lets the vendor's mail in goes only after the mail: moved domains are back at Microsoft, and nobody remembers otherwise. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import type { Change } from "@/lib/model/change";
import type { Entry } from "@/lib/model/plan";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { catalogue } from "./index";
import { mailGone, movedDomains } from "./mail-gone";
import { HOUR_MS, knownFrom, NOW } from "./testing";
import { at, DAY_MS, halfWay, microsoftHost, mxTo, stretch, TARGET } from "./testing-switch";

const D = "contoso.com";
const written = (hosts: readonly { preference: number; exchange: string }[]) => hosts.map((h) => `${h.preference} ${h.exchange}`);
const microsoft = [at(microsoftHost(D), 0)];

const receipt = (before: typeof microsoft, after: typeof microsoft): Entry => {
  const [was, is] = [written(before), written(after)];
  const edit = { add: is.filter((h) => !was.includes(h)), remove: was.filter((h) => !is.includes(h)), whole: is };
  const change: Change = { do: "set", kind: "mx", key: D, name: D, hands: "us", edits: { hosts: edit } };
  return { run: "r", step: "mx-records", at: NOW, by: { kind: "admin", id: "a", name: "Contoso admin" }, change, what: "done" };
};
const moved = receipt(microsoft, TARGET);

const judged = (done: readonly Entry[], now: readonly ReturnType<typeof at>[], moments: readonly ReturnType<typeof stretch>[] = []) =>
  mailGone.judge(
    { settings: {}, profile: cloudflare, done: (step) => (step === "mx-records" ? done : []) },
    knownFrom({ [`mx/${D}`]: [mxTo(D, now)] }, { past: { [`mx/${D}`]: moments } }),
    NOW,
  )[0];

it("holds up every step before the switch, and none after it", () => {
  const held = catalogue.filter((step) => step.undoGuard === mailGone).map((step) => step.id);
  expect(held).toEqual(["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering", "message-handling", "area1-domains"]);
});

describe("which domains count", () => {
  it("those that we moved, also after they were moved back", () => {
    expect(movedDomains([moved, receipt(TARGET, microsoft)])).toEqual([D]);
  });
  it("not one whose mail was the vendor's before us, in whole or in part", () => {
    expect(movedDomains([receipt([at("mailstream-east.mxrecord.io")], TARGET)])).toEqual([]);
    expect(movedDomains([receipt(TARGET.slice(0, 1), TARGET)])).toEqual([]);
  });
  it("nothing was moved: nothing is asked, and it passes", () => {
    expect(mailGone.queries({ settings: {}, profile: cloudflare, done: () => [] })).toMatchObject({ mx: { asks: {} } });
    expect(judged([], TARGET)?.verdict).toBe("pass");
  });
});

it("rollback in the wrong order: while mail still comes through the vendor, it names the step to take back first", () => {
  expect(judged([moved], TARGET)).toMatchObject({ id: "mail-gone", verdict: "fail", step: "mx-records" });
});

it("moved back, and one name server follows late: waits, for nothing is left to be done", () => {
  const known = knownFrom({ [`mx/${D}`]: [halfWay(D, microsoft, TARGET)] });
  const of = { settings: {}, profile: cloudflare, done: (step: string) => (step === "mx-records" ? [moved] : []) };
  expect(mailGone.judge(of, known, NOW)[0]).toMatchObject({ id: "mail-gone", verdict: "wait", again: NOW + 60_000 });
});

it("moved back a short time ago: waits an hour, or the TTL if that was longer", () => {
  const hour = [stretch(mxTo(D, TARGET), NOW - DAY_MS, NOW - HOUR_MS), stretch(mxTo(D, microsoft), NOW - 600_000)];
  expect(judged([moved], microsoft, hour)).toMatchObject({ verdict: "wait", again: NOW - 600_000 + HOUR_MS });
  const long = [stretch(mxTo(D, TARGET, { ttl: 86_400 }), NOW - DAY_MS, NOW - HOUR_MS), stretch(mxTo(D, microsoft), NOW - 600_000)];
  expect(judged([moved], microsoft, long)).toMatchObject({ verdict: "wait", again: NOW - 600_000 + DAY_MS });
});

it("moved back long enough ago: passes", () => {
  const past = [stretch(mxTo(D, TARGET), NOW - DAY_MS, NOW - 3 * HOUR_MS), stretch(mxTo(D, microsoft), NOW - 2 * HOUR_MS)];
  expect(judged([moved], microsoft, past)?.verdict).toBe("pass");
});

it("mail records that can't be read are unknown, never “gone”", () => {
  const known = knownFrom({}, { failed: { [`mx/${D}`]: no("unreachable", "ns1 does not answer.") } });
  const of = { settings: {}, profile: cloudflare, done: () => [moved] };
  expect(mailGone.judge(of, known, NOW)[0]).toMatchObject({ id: "mail-gone", verdict: "unknown" });
});
