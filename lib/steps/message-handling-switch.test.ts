/** Message handling over time: leftovers of older guides, switching from one use case or product to another, and the place of rules. */
import { describe, expect, it } from "vitest";
import { type Change, isListEdit } from "@/lib/model/change";
import { fold } from "@/lib/model/mine";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";
import { messageHandling } from "./message-handling";
import { FIRST_SETTINGS } from "./message-handling-settings";
import { EGRESS, flowRule, policy, quarantinePolicy, tenant } from "./message-handling-testing";
import { judged } from "./testing";

const ADMIN = "UserNotifyAdminRelease";
const USER = "UserNotifyUserRelease";
const CLEAN = { spoofClean: "yes" };
const found = (settings: object, raw = tenant(), profile: Profile = cloudflare) =>
  judged(messageHandling, { ...FIRST_SETTINGS, ...settings }, raw, { profile });
const plain = (c: Change) =>
  Object.fromEntries(Object.entries(c.edits).map(([p, e]) => [p, isListEdit(e) ? (e.whole.length > 0 ? e.whole : e.add) : e.to]));
const of = (changes: readonly Change[], kind: Change["kind"]) => changes.filter((c) => c.kind === kind);

describe("leftovers of an older guide", () => {
  const old = flowRule("old", 3, {
    Name: "Area 1 spam and spoof",
    HeaderContainsMessageHeader: "X-Area1Security-Disposition",
    HeaderContainsWords: ["SPAM", "SPOOF"],
    SenderIpRanges: ["7.7.7.7", "104.30.32.0/19"],
    SetSCL: 9,
    State: "Disabled",
  });

  it("are put right in their place: header, word, missing addresses, and turned on; other people's addresses stay", () => {
    const changes = of(found({ ...CLEAN, useCase: "2" }, tenant({ flow: [old] })).changes, "TransportRule").filter((c) => c.key === "old");
    expect(changes).toMatchObject([
      {
        do: "set",
        edits: {
          HeaderContainsMessageHeader: { to: "X-CFEmailSecurity-Disposition" },
          HeaderContainsWords: { add: ["UCE"], remove: ["SPAM"] },
          SenderIpRanges: { add: EGRESS.filter((ip) => !ip.startsWith("104.30.")), remove: [] },
        },
      },
      { do: "set", edits: { Enabled: { to: true } } },
    ]);
    expect(changes[0]?.edits["Priority"]).toBeUndefined();
  });

  it("with a condition of their own are somebody's, and stay", () => {
    const narrower = { ...old, Conditions: ["Microsoft.Exchange.MessagingPolicies.Rules.Tasks.RecipientDomainIsPredicate"] };
    const changes = of(found({ ...CLEAN, useCase: "2" }, tenant({ flow: [narrower] })).changes, "TransportRule");
    expect(changes.map((c) => c.do)).toEqual(["new", "new"]);
  });

  it("undo brings back the old header, words and addresses", () => {
    const raw = tenant({ flow: [old] });
    const there = found({ ...CLEAN, useCase: "2" }, raw);
    const mine = fold(there.changes.filter((c) => c.key === "old").map((change) => ({ change })));
    const upgraded = {
      ...old,
      State: "Enabled",
      HeaderContainsMessageHeader: "X-CFEmailSecurity-Disposition",
      HeaderContainsWords: ["UCE", "SPOOF"],
      SenderIpRanges: ["7.7.7.7", "104.30.32.0/19", ...EGRESS.filter((ip) => !ip.startsWith("104.30."))],
    };
    const { changes } = judged(messageHandling, { ...FIRST_SETTINGS, useCase: "1" }, tenant({ flow: [upgraded] }), { mine });
    const back = of(changes, "TransportRule").filter((c) => c.key === "old");
    expect(back).toMatchObject([
      {
        edits: {
          HeaderContainsMessageHeader: { to: "X-Area1Security-Disposition" },
          HeaderContainsWords: { add: ["SPAM"], remove: ["UCE"] },
          SenderIpRanges: { whole: old.SenderIpRanges },
        },
      },
      { edits: { Enabled: { to: false } } },
    ]);
  });
});

describe("switching from one use case to another", () => {
  const made = (guid: string, c: Change): { row: object; receipt: { change: Change; made: string } } => ({
    row: { ...flowRule(guid, 0), ...plain(c), State: "Enabled", Guid: guid, Name: c.name },
    receipt: { change: c, made: guid },
  });

  it("is one plan that removes what the old one made and nothing else, in the fewest writes, also among 250 rules", () => {
    const others = Array.from({ length: 250 }, (_, i) => flowRule(`o${i}`, i));
    const first = found({ useCase: "2" }).changes;
    const rules = of(first, "TransportRule").map((c, i) => made(`r${i}`, c));
    const policies = of(first, "QuarantinePolicy").map((c) => ({ change: c, made: c.name }));
    const standing = of(first, "HostedContentFilterPolicy");
    const raw = tenant({
      flow: [...others, ...rules.map(({ row }, i) => ({ ...row, Priority: 250 + i }))],
      quarantine: [quarantinePolicy(ADMIN, 11, true), quarantinePolicy(USER, 7, true)],
      policies: standing.map((c) => ({ ...policy("Default"), ...plain(c) })),
    });
    const mine = fold([...policies, ...standing.map((change) => ({ change })), ...rules.map((r) => r.receipt)]);
    const { changes } = judged(messageHandling, { ...FIRST_SETTINGS, useCase: "5" }, raw, { mine });
    const said = changes.map((c) => `${c.do} ${c.kind} ${c.name}`);
    expect(said).toEqual([
      "set HostedContentFilterPolicy Default",
      "new TransportRule Email Security Admin Managed Host Quarantine",
      "remove TransportRule Email Security User Quarantine Message",
      "remove QuarantinePolicy UserNotifyUserRelease",
      "remove QuarantinePolicy UserNotifyAdminRelease",
    ]);
    expect(Object.keys(messageHandling.queries(FIRST_SETTINGS, cloudflare))).toHaveLength(6); // all asked in one wave
  });

  it("from one product to the other: the new rules are made first, then those of the old one go", () => {
    const rules = of(found({ useCase: "2" }, tenant(), area1).changes, "TransportRule").map((c, i) => made(`r${i}`, c));
    const raw = tenant({ flow: rules.map(({ row }, Priority) => ({ ...row, Priority })) });
    const { changes } = judged(messageHandling, { ...FIRST_SETTINGS, useCase: "2" }, raw, { mine: fold(rules.map((r) => r.receipt)) });
    expect(of(changes, "TransportRule").map((c) => `${c.do} ${c.name}`)).toEqual([
      "new Email Security Deliver to Junk Email folder",
      "new Email Security User Quarantine Message",
      "remove Area 1 User Quarantine Message",
      "remove Area 1 Deliver to Junk Email folder",
    ]);
  });

  it("a quarantine policy that another anti-spam policy names by now is kept", () => {
    const [change] = of(found({}).changes, "QuarantinePolicy");
    const mine = fold(change ? [{ change, made: ADMIN }] : []);
    const raw = tenant({
      quarantine: [quarantinePolicy(ADMIN, 11, true)],
      policies: [policy("Default"), policy("Sales", { PhishQuarantineTag: ADMIN })],
    });
    const { changes } = judged(messageHandling, { ...FIRST_SETTINGS, useCase: "5" }, raw, { mine });
    expect(of(changes, "QuarantinePolicy")).toEqual([]);
  });
});

describe("the form", () => {
  it("says for each use case what it would do here, and how 3 and 5 differ", () => {
    const field = found({}).fields.find((f) => f.name === "useCase");
    const hints = field?.type === "choice" ? field.options.map((o) => o.hint ?? "") : [];
    expect(hints[0]).toContain("MALICIOUS: Held at Cloudflare");
    expect(hints[2]).toContain("may ask for its release");
    expect(hints[4]).toContain("Nobody is told");
  });

  it("offers to go before a rule only where one stands in the way", () => {
    const has = (flow: object[]) => found({}, tenant({ flow })).fields.some((f) => f.name === "moveRules");
    expect(has([flowRule("1", 0, { StopRuleProcessing: true })])).toBe(true);
    expect(has([flowRule("1", 0, { SetSCL: -1 })])).toBe(false);
  });
});

it("ticked, the rules of this step go before the one that ends processing, and nothing else moves", () => {
  const flow = [flowRule("a", 0), flowRule("stop", 1, { StopRuleProcessing: true }), flowRule("z", 2)];
  const { changes } = found({ useCase: "3", moveRules: ["stop"] }, tenant({ flow }));
  expect(of(changes, "TransportRule").map((c) => [c.do, plain(c)["Priority"]])).toEqual([
    ["new", 1],
    ["new", 2],
  ]);
});
