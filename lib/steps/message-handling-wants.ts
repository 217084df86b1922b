/** The use case as objects of Microsoft 365: quarantine policies, the policy Default, mail flow rules, and in which order they are changed. */
import { coversIp } from "@/lib/model/addresses";
import type { Change } from "@/lib/model/change";
import { type Mine, markOf } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";
import { UNTOUCHED_GLOBAL_POLICY } from "@/lib/model/nouns/quarantine-policy";
import { type Ensured, edit, ensure, leave, type Want } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { type Held, QUARANTINE_POLICIES, type UseCase } from "@/lib/profiles/use-cases";
import type { Policies } from "./anti-spam-people";
import { type FlowRule, isFit, isMeantFor, OUR_COMMENT, wordsOf } from "./message-handling-rules";
import { chosenCase, FREQUENCIES, type HandlingSettings } from "./message-handling-settings";

export type HandlingReading = Policies & {
  readonly quarantine: readonly Row<"QuarantinePolicy">[];
  readonly notifications: readonly Row<"GlobalQuarantinePolicy">[];
  readonly flow: readonly FlowRule[];
};

/** Built in; it cannot be changed. */
export const ADMIN_ONLY = "AdminOnlyAccessPolicy";
const MADE = ["asks", "releases"] as const;
type Made = (typeof MADE)[number];

const neededBy = ({ held }: UseCase): readonly Made[] => MADE.filter((one) => held.includes(one));

const ensuredPolicies = (useCase: UseCase, { quarantine }: HandlingReading, mine: Mine): readonly Ensured[] =>
  ensure(
    "QuarantinePolicy",
    quarantine,
    neededBy(useCase).map((one) => QUARANTINE_POLICIES[one]),
    mine,
  );

function tagOf(held: Held, useCase: UseCase, policies: readonly Ensured[]): string | null {
  if (held === "junk") return null;
  if (held === "admin-only") return ADMIN_ONLY;
  return policies[neededBy(useCase).indexOf(held)]?.name ?? QUARANTINE_POLICIES[held].Name;
}

/** What goes to Junk keeps the quarantine policy that it has: nobody looks at it. */
function defaultWant(useCase: UseCase, policies: readonly Ensured[], { retention }: HandlingSettings) {
  const actions = useCase.held.map((held) => (held === "junk" ? "MoveToJmf" : "Quarantine"));
  const [spam = "", highSpam = "", phish = "", highPhish = ""] = actions;
  const [spamTag, highSpamTag, phishTag, highPhishTag] = useCase.held.map((held) => tagOf(held, useCase, policies));
  return {
    SpamAction: spam,
    HighConfidenceSpamAction: highSpam,
    PhishSpamAction: phish,
    HighConfidencePhishAction: highPhish,
    ...(spamTag ? { SpamQuarantineTag: spamTag } : {}),
    ...(highSpamTag ? { HighConfidenceSpamQuarantineTag: highSpamTag } : {}),
    ...(phishTag ? { PhishQuarantineTag: phishTag } : {}),
    ...(highPhishTag ? { HighConfidencePhishQuarantineTag: highPhishTag } : {}),
    QuarantineRetentionPeriod: retention,
  } satisfies Want<"HostedContentFilterPolicy">;
}

const ruleWants = (settings: HandlingSettings, profile: Profile) =>
  chosenCase(settings, profile).rules.map(
    ({ name, dispositions, act }) =>
      ({
        Name: name,
        Enabled: true,
        Mode: "Enforce",
        HeaderContainsMessageHeader: profile.dispositionHeader.value,
        HeaderContainsWords: wordsOf(dispositions),
        SenderIpRanges: { including: profile.egress.value, covers: coversIp },
        SetSCL: act === "hosted" ? null : act,
        Quarantine: act === "hosted",
      }) satisfies Want<"TransportRule">,
  );

/** Places before the first ticked rule: for ours that stand after it, then for new ones. Each that goes there pushes the ticked rule down. */
function placesBefore({ flow }: HandlingReading, { moveRules }: HandlingSettings, serving: readonly Ensured[], mine: Mine) {
  const first = Math.min(...flow.filter((r) => moveRules.includes(r.Guid)).map((r) => r.Priority));
  if (!Number.isFinite(first)) return null;
  const isMade = (key: string) => markOf(mine, "TransportRule", key)?.made === true;
  const moved = serving.map((s) => s.key).filter((key) => isMade(key) && flow.some((r) => r.Guid === key && r.Priority > first));
  const fresh = serving.flatMap((s, i) => (s.key === "" ? [i] : []));
  return {
    ofMoved: (key: string): number | null => (moved.includes(key) ? first + moved.indexOf(key) : null),
    ofNew: (index: number): number => first + moved.length + fresh.indexOf(index),
  };
}

/** Rules go last, and stay where they are, unless a box is ticked. A rule that others made is never moved. */
function ensuredRules(settings: HandlingSettings, reading: HandlingReading, profile: Profile, mine: Mine): readonly Ensured[] {
  const wants = ruleWants(settings, profile);
  const serving = ensure("TransportRule", reading.flow, wants, mine, undefined, { isFit, isMeantFor });
  const places = placesBefore(reading, settings, serving, mine);
  const atBirth = (i: number) => ({ Comments: OUR_COMMENT, ...(places && { Priority: places.ofNew(i) }) });
  const whenOurs = (row: FlowRule) => ({ Priority: places?.ofMoved(row.Guid) ?? row.Priority });
  return ensure("TransportRule", reading.flow, wants, mine, atBirth, { isFit, isMeantFor, whenOurs });
}

export type Handling = {
  readonly policies: readonly Ensured[];
  readonly useCase: UseCase;
  readonly defaultWant: ReturnType<typeof defaultWant>;
  readonly rules: readonly Ensured[];
};

export function handlingOf(reading: HandlingReading, settings: HandlingSettings, profile: Profile, mine: Mine): Handling {
  const useCase = chosenCase(settings, profile);
  const policies = ensuredPolicies(useCase, reading, mine);
  return {
    useCase,
    policies,
    defaultWant: defaultWant(useCase, policies, settings),
    rules: ensuredRules(settings, reading, profile, mine),
  };
}

/** Whether anybody is notified from Microsoft's quarantine at all. */
export const notifies = (useCase: UseCase): boolean => neededBy(useCase).length > 0;

function cadenceChanges(
  { notifications }: HandlingReading,
  { cadence }: HandlingSettings,
  useCase: UseCase,
  mine: Mine,
): readonly Change[] {
  if (cadence === "keep" || !notifies(useCase)) return leave("GlobalQuarantinePolicy", notifications, mine);
  const want = { EndUserSpamNotificationFrequency: FREQUENCIES[cadence] };
  const real = notifications.find((p) => p.Name !== UNTOUCHED_GLOBAL_POLICY);
  if (real) return edit("GlobalQuarantinePolicy", real, want, mine);
  if (notifications.some((p) => p.EndUserSpamNotificationFrequency === want.EndUserSpamNotificationFrequency)) return [];
  return ensure("GlobalQuarantinePolicy", [], [{ Name: "DefaultGlobalTag", ...want }], mine).flatMap((e) => e.changes);
}

/** Ours first in their new place, then what is new, then what changes: no moment in which a message falls between two rules. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const moves = changes.flatMap((c) => {
    const { Priority } = c.do === "set" ? c.edits : {};
    return Priority ? [{ ...c, edits: { Priority } }] : [];
  });
  const rest = changes.flatMap((c) => {
    if (c.do === "new") return [];
    const { Priority: _, ...edits } = c.edits;
    return Object.keys(edits).length > 0 ? [{ ...c, edits }] : [];
  });
  return [...moves, ...changes.filter((c) => c.do === "new"), ...rest];
}

/** A quarantine policy that another anti-spam policy uses by now cannot go. */
const inUse = ({ policies, quarantine }: HandlingReading): readonly string[] => {
  const tags = policies
    .filter((p) => p.Name !== "Default")
    .flatMap((p) => [p.SpamQuarantineTag, p.HighConfidenceSpamQuarantineTag, p.PhishQuarantineTag, p.HighConfidencePhishQuarantineTag]);
  return quarantine.filter((q) => tags.includes(q.Name)).map((q) => q.Guid);
};

export function handlingChanges(reading: HandlingReading, settings: HandlingSettings, profile: Profile, mine: Mine): readonly Change[] {
  const { policies, useCase, defaultWant: want, rules } = handlingOf(reading, settings, profile, mine);
  const standing = reading.policies.filter((p) => p.Name === "Default");
  const keep = [...policies.map((p) => p.key), ...inUse(reading)];
  return [
    ...policies.flatMap((p) => p.changes), // before the policy that names them
    ...cadenceChanges(reading, settings, useCase, mine),
    ...standing.flatMap((p) => edit("HostedContentFilterPolicy", p, want, mine)),
    ...inOrder(rules.flatMap((r) => r.changes)),
    ...leave(
      "TransportRule",
      reading.flow,
      mine,
      rules.map((r) => r.key),
    ),
    ...leave("QuarantinePolicy", reading.quarantine, mine, keep), // after the policy that named them
  ];
}
