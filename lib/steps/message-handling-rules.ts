/** The vendor's mail flow rules among the tenant's own: how they are recognised, what each does, and what an old one gets wrong. */
import { coversIp } from "@/lib/model/addresses";
import type { Row } from "@/lib/model/nouns";
import { isList } from "@/lib/model/props";
import type { Want } from "@/lib/model/want";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import { type Disposition, HEADER_WORDS } from "@/lib/profiles/use-cases";

export type FlowRule = Row<"TransportRule">;

/** Written on every rule that Cutover makes, so that a person sees whose it is. */
export const OUR_COMMENT = "Made by Cutover: what happens to each kind of mail.";

export const wordsOf = (dispositions: readonly Disposition[]): readonly string[] => dispositions.map((d) => HEADER_WORDS[d]);

/** Guides of 2022 wrote SPAM. No message ever carries that word. */
const FORMER_WORD = "SPAM";
const asWritten = (word: string): string => (word.toUpperCase() === FORMER_WORD ? HEADER_WORDS.SPAM : word.toUpperCase());

const HEADERS = Object.values(profiles).map((p) => p.dispositionHeader.value.toLowerCase());
export const isVendors = ({ HeaderContainsMessageHeader: header }: FlowRule): boolean =>
  header !== null && HEADERS.includes(header.toLowerCase());
export const isHeaderOf = ({ HeaderContainsMessageHeader: header }: FlowRule, { dispositionHeader }: Profile): boolean =>
  header?.toLowerCase() === dispositionHeader.value.toLowerCase();

const CONDITIONS = ["headercontains", "senderipranges"];
const ACTIONS = ["setscl", "quarantine", "stopruleprocessing"];

const NAMES = new Set(Object.values(profiles).flatMap((p) => Object.values(p.useCases.value).flatMap((c) => c.rules.map((r) => r.name))));

/** Known by its header or its name: among hundreds of a tenant's own rules, only these are looked at closely. */
const isKnown = (rule: FlowRule): boolean => isVendors(rule) || NAMES.has(rule.Name);

/** A rule with a condition, an exception or an action of its own, or an end in time, does something else than the vendor's guide asks. */
export const isFit = (rule: FlowRule): boolean =>
  isKnown(rule) &&
  rule.Conditions.every((c) => CONDITIONS.includes(c.toLowerCase())) &&
  rule.Actions.every((a) => ACTIONS.includes(a.toLowerCase())) &&
  rule.Exceptions.length === 0 &&
  rule.ActivationDate === null &&
  rule.ExpiryDate === null;

/** Made by hand or by an older guide for the same: it tests either of the vendor's headers for one of these words, and does the same with it. */
export function isMeantFor(rule: FlowRule, want: Want<"TransportRule">): boolean {
  const wanted = isList(want.HeaderContainsWords) ? want.HeaderContainsWords : [];
  const doesTheSame = rule.SetSCL === (want.SetSCL ?? null) && rule.Quarantine === (want.Quarantine ?? false);
  return isVendors(rule) && doesTheSame && rule.HeaderContainsWords.some((word) => wanted.includes(asWritten(word)));
}

export const isWorking = (rule: FlowRule): boolean => rule.Enabled && rule.Mode === "Enforce";
/** Later rules do not see its mail. */
export const endsProcessing = (rule: FlowRule): boolean => rule.StopRuleProcessing || rule.Quarantine;

/** Why a rule for the vendor's header never fires, or fires too often; [] when it is right. */
export function faultsOf(rule: FlowRule, profile: Profile): readonly string[] {
  const missing = profile.egress.value.filter((ours) => !rule.SenderIpRanges.some((held) => coversIp(held, ours))).length;
  const header = profile.dispositionHeader.value;
  return [
    ...(isHeaderOf(rule, profile)
      ? []
      : [`it looks at the header ${rule.HeaderContainsMessageHeader ?? ""}, which ${profile.vendor} does not write: that is ${header}`]),
    ...(rule.HeaderContainsWords.some((w) => w.toUpperCase() === FORMER_WORD)
      ? [`it looks for the word ${FORMER_WORD}, which no message carries: spam is marked ${HEADER_WORDS.SPAM}`]
      : []),
    ...(rule.SenderIpRanges.length === 0
      ? ["it names no addresses, so that anybody who writes the header can use it"]
      : missing > 0
        ? [`${missing} of ${profile.vendor}'s ${profile.egress.value.length} address ranges are missing`]
        : []),
  ];
}

/** "Sets SCL 5", "Hosted quarantine, no further rules". */
export function actsOf(rule: Pick<FlowRule, "SetSCL" | "Quarantine" | "StopRuleProcessing">): string {
  const acts = [
    ...(rule.SetSCL === null ? [] : [`Sets SCL ${rule.SetSCL}`]),
    ...(rule.Quarantine ? ["Hosted quarantine"] : []),
    ...(rule.StopRuleProcessing || rule.Quarantine ? ["no further rules"] : []),
  ];
  return acts.length > 0 ? acts.join(", ") : "Something else";
}
