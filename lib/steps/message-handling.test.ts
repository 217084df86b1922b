/** Message handling: each use case's objects as published, in either profile; SPOOF's branches; switching; leftovers put right in place. */
import { describe, expect, it } from "vitest";
import { type Change, isListEdit } from "@/lib/model/change";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import { messageHandling } from "./message-handling";
import { FIRST_SETTINGS, handlingSettings, vendorQuarantine } from "./message-handling-settings";
import { BOTH, EGRESS, policy, quarantinePolicy, tenant } from "./message-handling-testing";
import { judged, refusals } from "./testing";

const CLEAN = { spoofClean: "yes" };
const found = (settings: object, raw = tenant(), profile: Profile = cloudflare) =>
  judged(messageHandling, { ...FIRST_SETTINGS, ...settings }, raw, { profile });

const plain = (c: Change) =>
  Object.fromEntries(Object.entries(c.edits).map(([p, e]) => [p, isListEdit(e) ? (e.whole.length > 0 ? e.whole : e.add) : e.to]));
const wordsIn = (c: Change): readonly string[] => {
  const e = c.edits["HeaderContainsWords"];
  return e && isListEdit(e) ? [...e.add].sort() : [];
};
const of = (changes: readonly Change[], kind: Change["kind"]) => changes.filter((c) => c.kind === kind);
const rulesOf = (changes: readonly Change[]) =>
  of(changes, "TransportRule").map((c) => [c.name, wordsIn(c), plain(c)["SetSCL"] ?? "none", plain(c)["Quarantine"]]);

const ADMIN = "UserNotifyAdminRelease";
const USER = "UserNotifyUserRelease";
const ONLY = "AdminOnlyAccessPolicy";

/** facts/cloudflare-product.md section 6, row by row; the prefix and the words of the Junk rule differ by profile. */
const published = (prefix: string, junk: readonly string[]) =>
  [
    [
      "1",
      ["MALICIOUS", "SPAM", "SPOOF"],
      [ADMIN],
      ["MoveToJmf", ADMIN, ADMIN, ADMIN],
      [["Deliver to Junk Email folder", ["BULK", "SUSPICIOUS"], 5, false]],
    ],
    [
      "2",
      ["MALICIOUS"],
      [ADMIN, USER],
      ["MoveToJmf", USER, ADMIN, ADMIN],
      [
        ["Deliver to Junk Email folder", junk, 5, false],
        ["User Quarantine Message", ["SPOOF", "UCE"], 9, false],
      ],
    ],
    [
      "3",
      [],
      [ADMIN],
      ["MoveToJmf", ADMIN, ADMIN, ADMIN],
      [
        ["Deliver to Junk Email folder", junk, 5, false],
        ["User Quarantine Message", ["MALICIOUS", "SPOOF", "UCE"], 9, false],
      ],
    ],
    [
      "4",
      [],
      [ADMIN, USER],
      [USER, ADMIN, ADMIN, ADMIN],
      [
        ["User Quarantine Message", ["SPOOF", "UCE"], 5, false],
        ["User Quarantine Message Admin Release", ["MALICIOUS"], 9, false],
      ],
    ],
    [
      "5",
      [],
      [],
      ["MoveToJmf", ONLY, ONLY, ONLY],
      [
        ["Deliver to Junk Email folder", junk, 5, false],
        ["Admin Managed Host Quarantine", ["MALICIOUS", "SPOOF", "UCE"], "none", true],
      ],
    ],
  ].map(([id, vendor, policies, held, rules]) => ({
    id,
    vendor,
    policies,
    held,
    rules: Array.isArray(rules) ? rules.map((r) => [`${prefix} ${String(r[0])}`, ...r.slice(1)]) : [],
  }));

const heldBy = (c: Change | undefined) => {
  const after = c ? { ...policy("Default"), ...plain(c) } : policy("Default");
  const kinds = [
    [after.SpamAction, after.SpamQuarantineTag],
    [after.HighConfidenceSpamAction, after.HighConfidenceSpamQuarantineTag],
    [after.PhishSpamAction, after.PhishQuarantineTag],
    [after.HighConfidencePhishAction, after.HighConfidencePhishQuarantineTag],
  ];
  return kinds.map(([action, tag]) => (action === "Quarantine" ? tag : action));
};

describe.each([
  { profile: area1, cases: published("Area 1", ["BULK", "SUSPICIOUS"]) },
  { profile: cloudflare, cases: published("Email Security", ["BULK"]) },
])("the published use cases of $profile.id", ({ profile, cases }) => {
  it.each(cases)("$id", ({ id, vendor, policies, held, rules }) => {
    const { changes } = found({ ...CLEAN, useCase: id }, tenant(), profile);
    expect(of(changes, "QuarantinePolicy").map((c) => c.name)).toEqual(policies);
    expect(heldBy(of(changes, "HostedContentFilterPolicy")[0])).toEqual(held);
    expect(rulesOf(changes)).toEqual(rules);
    const chosen = handlingSettings.parse({ ...FIRST_SETTINGS, ...CLEAN, useCase: id });
    expect([...vendorQuarantine(chosen, profile)].sort()).toEqual(vendor);
  });

  it("every rule names the header, all addresses, and is made turned on and enforced", () => {
    const rules = of(found({ ...CLEAN, useCase: "3" }, tenant(), profile).changes, "TransportRule").map(plain);
    for (const rule of rules)
      expect(rule).toMatchObject({
        HeaderContainsMessageHeader: profile.dispositionHeader.value,
        SenderIpRanges: EGRESS,
        Enabled: true,
        Mode: "Enforce",
      });
    expect(rules.every((rule) => rule["Priority"] === undefined)).toBe(true); // so Exchange puts it last
  });
});

it("quarantine policies have the published permissions and tell the recipient", () => {
  const made = of(found({ useCase: "2" }).changes, "QuarantinePolicy").map((c) => [c.name, plain(c)]);
  expect(made).toEqual([
    [ADMIN, { EndUserQuarantinePermissionsValue: 11, ESNEnabled: true }],
    [USER, { EndUserQuarantinePermissionsValue: 7, ESNEnabled: true }],
  ]);
});

it("a quarantine policy with the same effect serves, whatever it is called", () => {
  const { changes } = found({}, tenant({ quarantine: [quarantinePolicy("Ours for years", 11, true)] }));
  expect(of(changes, "QuarantinePolicy")).toEqual([]);
  expect(plain(of(changes, "HostedContentFilterPolicy")[0] ?? expect.fail("no edit of Default"))).toMatchObject({
    PhishQuarantineTag: "Ours for years",
  });
});

it("quarantine policies are made before the policy that names them, and rules after both", () => {
  const kinds = found({ useCase: "4" }).changes.map((c) => c.kind);
  expect(kinds).toEqual(["QuarantinePolicy", "QuarantinePolicy", "HostedContentFilterPolicy", "TransportRule", "TransportRule"]);
});

describe("SPOOF by the three questions", () => {
  const BULK = { spoofClean: "no", enhancedDetections: "no" };
  it.each([
    ["clean: quarantined", { spoofClean: "yes", enhancedDetections: "no" }, true],
    ["not clean, with Enhanced Detections: as SPAM", { spoofClean: "no", enhancedDetections: "yes" }, true],
    ["not clean, without: as BULK", BULK, false],
  ])("%s", (_, answers, isQuarantined) => {
    const parsed = (useCase: string) => handlingSettings.parse({ ...FIRST_SETTINGS, ...answers, useCase });
    for (const profile of BOTH) {
      expect(vendorQuarantine(parsed("1"), profile).includes("SPOOF")).toBe(isQuarantined);
      const [junk, quarantine] = of(found({ ...answers, useCase: "3" }, tenant(), profile).changes, "TransportRule").map(wordsIn);
      expect(junk?.includes("SPOOF")).toBe(!isQuarantined);
      expect(quarantine?.includes("SPOOF")).toBe(isQuarantined);
    }
  });

  it("as BULK where BULK has no rule, it has none either", () => {
    expect(rulesOf(found({ ...BULK, useCase: "4" }).changes).map((r) => r[1])).toEqual([["UCE"], ["MALICIOUS"]]);
  });
});

describe("how often people are told", () => {
  const real = [{ Guid: "g", Name: "DefaultGlobalTag", EndUserSpamNotificationFrequency: "P7D" }];
  it("is left alone unless chosen", () => {
    expect(of(found({}).changes, "GlobalQuarantinePolicy")).toEqual([]);
  });

  it("is made where only the stand-in is there, and changed where there is a real one", () => {
    expect(of(found({ cadence: "1d" }).changes, "GlobalQuarantinePolicy")).toMatchObject([{ do: "new", name: "DefaultGlobalTag" }]);
    expect(of(found({ cadence: "1d" }, tenant({ notifications: real })).changes, "GlobalQuarantinePolicy")).toMatchObject([
      { do: "set", key: "g", edits: { EndUserSpamNotificationFrequency: { from: "7.00:00:00", to: "1.00:00:00" } } },
    ]);
  });

  it("is nothing to change where it is so already, or where nobody is told", () => {
    expect(of(found({ cadence: "4h" }).changes, "GlobalQuarantinePolicy")).toEqual([]);
    expect(of(found({ cadence: "7d" }, tenant({ notifications: real })).changes, "GlobalQuarantinePolicy")).toEqual([]);
    expect(of(found({ cadence: "1d", useCase: "5" }).changes, "GlobalQuarantinePolicy")).toEqual([]);
  });
});

it.each([
  ["14", "at least 15"],
  ["31", "at most 30"],
  ["20.5", "whole days"],
  ["two weeks", "15 to 30"],
])("%s days in quarantine are refused in a clear sentence", (retention, words) => {
  expect(refusals(messageHandling, { ...FIRST_SETTINGS, retention })[0]).toContain(words);
});

it("both profiles have distinct names for the rules of a use case, of at most 64 characters", () => {
  for (const profile of BOTH)
    for (const { rules } of Object.values(profile.useCases.value)) {
      const names = rules.map((r) => r.name);
      expect(new Set(names).size).toBe(names.length);
      expect(Math.max(...names.map((n) => n.length))).toBeLessThanOrEqual(64);
    }
});
