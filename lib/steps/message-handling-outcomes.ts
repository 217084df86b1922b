/** Where a message of each disposition lands with the chosen settings, computed from the tenant's real policies. */
import { coversIp } from "@/lib/model/addresses";
import { nothingIsMine } from "@/lib/model/mine";
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS, type Disposition, HEADER_WORDS, QUARANTINE_POLICIES } from "@/lib/profiles/use-cases";
import { type Group, groupsOf, type Policy } from "./anti-spam-people";
import { type FlowRule, isFit, isHeaderOf, isWorking, OUR_COMMENT, wordsOf } from "./message-handling-rules";
import type { HandlingSettings } from "./message-handling-settings";
import { ADMIN_ONLY, type Handling, type HandlingReading, handlingOf } from "./message-handling-wants";

/** NONE: clean mail. HPHISH: clean to the vendor, high-confidence phishing to Microsoft. */
export type Mail = Disposition | "NONE" | "HPHISH";
export const MAILS: readonly Mail[] = [...DISPOSITIONS, "NONE", "HPHISH"];

export type Place =
  | { readonly at: "vendor" | "hosted" | "junk" | "inbox" | "unknown" }
  | { readonly at: "quarantine"; readonly policy: string }
  /** Deleted, redirected, marked: what the policy says in Microsoft's word. */
  | { readonly at: "other"; readonly action: string };
/** Who may let a held message go; null when nothing is held. */
export type Release = "user" | "user-asks" | "admin" | null;
export type Outcome = {
  readonly mail: Mail;
  readonly group: Group;
  readonly place: Place;
  /** Whether Microsoft tells the recipient. */
  readonly isTold: boolean;
  readonly release: Release;
};

type Verdict = "spam" | "high-spam" | "high-phish" | null;
type Ruled = { readonly isHosted: boolean; readonly scl: number | null };
type Acting = Pick<FlowRule, "SetSCL" | "Quarantine" | "StopRuleProcessing"> & {
  readonly words: readonly string[];
  readonly priority: number;
};

const actingOf = (rule: FlowRule): Acting => ({
  ...rule,
  words: rule.HeaderContainsWords.map((w) => w.toUpperCase()),
  priority: rule.Priority,
});

/** A rule that knows only some of the addresses works for some messages and not for others: it is named elsewhere, and counts for none. */
const isForAll = ({ SenderIpRanges: ranges }: FlowRule, { egress }: Profile): boolean =>
  ranges.length === 0 || egress.value.every((ours) => ranges.some((held) => coversIp(held, ours)));

/** Rules of others that test the same header and stay as they are. What we made for another choice goes. */
const othersActing = ({ flow }: HandlingReading, { rules }: Handling, profile: Profile): readonly Acting[] =>
  flow
    .filter((r) => isHeaderOf(r, profile) && isWorking(r) && isFit(r) && r.Comments !== OUR_COMMENT)
    .filter((r) => isForAll(r, profile) && !rules.some((ours) => ours.key === r.Guid))
    .map(actingOf);

function oursActing({ flow }: HandlingReading, { useCase, rules }: Handling, { moveRules }: HandlingSettings): readonly Acting[] {
  const before = Math.min(...flow.filter((r) => moveRules.includes(r.Guid)).map((r) => r.Priority));
  return useCase.rules.map(({ dispositions, act }, i) => {
    const there = flow.find((r) => r.Guid === rules[i]?.key);
    const place = there?.Priority ?? flow.length + i;
    return {
      SetSCL: act === "hosted" ? null : act,
      Quarantine: act === "hosted",
      StopRuleProcessing: there?.StopRuleProcessing ?? false,
      words: wordsOf(dispositions),
      priority: Math.min(place, before - 0.5),
    };
  });
}

function ruledOf(mail: Mail, acting: readonly Acting[]): Ruled {
  const word = mail === "NONE" || mail === "HPHISH" ? null : HEADER_WORDS[mail];
  let scl: number | null = null;
  for (const rule of acting.filter((r) => word !== null && r.words.includes(word))) {
    if (rule.Quarantine) return { isHosted: true, scl };
    scl = rule.SetSCL ?? scl; // the last rule has the last word
    if (rule.StopRuleProcessing) break;
  }
  return { isHosted: false, scl };
}

function verdictOf(mail: Mail, { scl }: Ruled): Verdict {
  if (mail === "HPHISH") return "high-phish";
  if (scl === null || scl < 5) return null;
  return scl < 7 ? "spam" : "high-spam";
}

function actionOf(policy: Policy, verdict: Exclude<Verdict, null>): { readonly action: string; readonly tag: string | null } {
  switch (verdict) {
    case "spam":
      return { action: policy.SpamAction, tag: policy.SpamQuarantineTag };
    case "high-spam":
      return { action: policy.HighConfidenceSpamAction, tag: policy.HighConfidenceSpamQuarantineTag };
    case "high-phish":
      // It goes to no Junk folder, whatever the policy says.
      return {
        action: policy.HighConfidencePhishAction === "Redirect" ? "Redirect" : "Quarantine",
        tag: policy.HighConfidencePhishQuarantineTag,
      };
  }
}

type Permission = { readonly sum: number; readonly isTold: boolean };
type Permissions = ReadonlyMap<string, Permission>;

/** Quarantine policies as they will be: those there, and ours put right or made. */
function permissionsOf({ quarantine }: HandlingReading, { policies }: Handling): Permissions {
  const there = quarantine.map((q) => [q.Name.toLowerCase(), { sum: q.EndUserQuarantinePermissionsValue, isTold: q.ESNEnabled }] as const);
  const wanted = Object.values(QUARANTINE_POLICIES);
  const ours = policies.flatMap(({ name }) => {
    const want = wanted.find((w) => w.Name === name);
    return want ? [[name.toLowerCase(), { sum: want.EndUserQuarantinePermissionsValue, isTold: want.ESNEnabled }] as const] : [];
  });
  return new Map<string, Permission>([...there, ...ours]);
}

const RELEASE = 4;
const REQUEST = 8;

/** Nobody releases high-confidence phishing alone: asking is the most, whatever the policy allows. */
function releaseBy(sum: number, verdict: Verdict): Release {
  if ((sum & RELEASE) !== 0 && verdict !== "high-phish") return "user";
  return (sum & (RELEASE | REQUEST)) !== 0 ? "user-asks" : "admin";
}

type Where = Pick<Outcome, "place" | "isTold" | "release">;
const at = (place: Place["at"] & ("vendor" | "hosted" | "junk" | "inbox" | "unknown"), release: Release = null): Where => ({
  place: { at: place },
  isTold: false,
  release,
});

function byPolicy(policy: Policy | undefined, verdict: Verdict, permissions: Permissions): Where {
  if (verdict === null) return at("inbox");
  if (!policy) return at("unknown");
  const { action, tag } = actionOf(policy, verdict);
  if (action === "MoveToJmf") return at("junk");
  if (action === "NoAction") return at("inbox");
  if (action !== "Quarantine") return { place: { at: "other", action }, isTold: false, release: null };
  const name = tag ?? ADMIN_ONLY;
  const { sum, isTold } = permissions.get(name.toLowerCase()) ?? { sum: 0, isTold: false };
  return { place: { at: "quarantine", policy: name }, isTold, release: releaseBy(sum, verdict) };
}

/** Quarantine tags and actions of Default as they will be; all other policies as they are. */
const asPlanned = ({ policy, isDefault }: Group, { defaultWant }: Handling): Policy | undefined =>
  policy && isDefault ? { ...policy, ...defaultWant } : policy;

/**
 * One outcome for each kind of mail and each group of people, in that order, as it will be once the plan is carried out.
 * What the vendor's own quarantine keeps is taken as the use case asks for it.
 */
export function outcomes(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Outcome[] {
  const handling = handlingOf(reading, settings, profile, nothingIsMine);
  const acting = [...othersActing(reading, handling, profile), ...oursActing(reading, handling, settings)];
  const inOrder = acting.toSorted((a, b) => a.priority - b.priority);
  const permissions = permissionsOf(reading, handling);
  const groups = groupsOf(reading);
  return MAILS.flatMap((mail) => {
    const ruled = ruledOf(mail, inOrder);
    const isAtVendor = handling.useCase.atVendor.some((d) => d === mail);
    return groups.map((group): Outcome => {
      if (isAtVendor) return { mail, group, ...at("vendor", "admin") };
      if (ruled.isHosted) return { mail, group, ...at("hosted", "admin") };
      return { mail, group, ...byPolicy(asPlanned(group, handling), verdictOf(mail, ruled), permissions) };
    });
  });
}

/** What the rules would do with a message that the vendor's quarantine lets go, or already did before it got there. */
export function heldTwice(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Disposition[] {
  const handling = handlingOf(reading, settings, profile, nothingIsMine);
  const acting = othersActing(reading, handling, profile);
  return handling.useCase.atVendor.filter((d) => {
    const { isHosted, scl } = ruledOf(d, acting);
    return isHosted || (scl !== null && scl >= 5);
  });
}

export const isHeld = ({ place }: Outcome): boolean => place.at === "vendor" || place.at === "hosted" || place.at === "quarantine";
