/** Which anti-spam policy decides for whom: Strict preset, Standard preset, custom ones by priority, and Default for whoever is left. */
import type { Row } from "@/lib/model/nouns";
import { listed } from "./spans";

export type PolicyRule = Row<"HostedContentFilterRule"> | Row<"EOPProtectionPolicyRule">;
export type Policy = Row<"HostedContentFilterPolicy">;
export type Policies = {
  readonly policies: readonly Policy[];
  readonly rules: readonly Row<"HostedContentFilterRule">[];
  readonly presets: readonly Row<"EOPProtectionPolicyRule">[];
};
/** People for whom one policy decides. `policy` is undefined where Microsoft names one that it does not show. */
export type Group = { readonly name: string; readonly people: string; readonly policy: Policy | undefined; readonly isDefault: boolean };

const isOn = (rule: PolicyRule): boolean => rule.State === "Enabled";

function named(users: readonly string[], groups: readonly string[], domains: readonly string[]): readonly string[] {
  return [
    ...(users.length > 0 ? [listed(users)] : []),
    ...(groups.length > 0 ? [`members of ${listed(groups)}`] : []),
    ...(domains.length > 0 ? [`everybody at ${listed(domains)}`] : []),
  ];
}

const exceptions = (rule: PolicyRule) => named(rule.ExceptIfSentTo, rule.ExceptIfSentToMemberOf, rule.ExceptIfRecipientDomainIs);
const conditions = (rule: PolicyRule) => named(rule.SentTo, rule.SentToMemberOf, rule.RecipientDomainIs);

/** Whom a rule is for, in words. Kinds of conditions must all hold. */
export function peopleOf(rule: PolicyRule): string {
  const all = conditions(rule);
  const who = all.length > 0 ? all.join("; only those who are also ") : "everybody";
  const but = exceptions(rule);
  return but.length > 0 ? `${who}, except ${but.join(" and ")}` : who;
}

export const policyOf = (rule: PolicyRule, policies: readonly Policy[]): Policy | undefined =>
  policies.find((p) => p.Name === (rule.HostedContentFilterPolicy || rule.Name));

/** Both presets have the priority 0. */
const presetRank = (rule: PolicyRule): number => (rule.Name.startsWith("Strict") ? 0 : 1);

/** The presets that are on, in the order in which they decide. */
export const presetsOn = ({ presets }: Policies) => presets.filter(isOn).toSorted((a, b) => presetRank(a) - presetRank(b));
/** The custom rules that are on, in the order in which they decide. */
export const rulesOn = ({ rules }: Policies) => rules.filter(isOn).toSorted((a, b) => a.Priority - b.Priority);

const isForEverybody = (rule: PolicyRule): boolean => conditions(rule).length + exceptions(rule).length === 0;

/** Groups of people, the first policy that applies to somebody decides; nobody is left after a rule for everybody. */
export function groupsOf(all: Policies): readonly Group[] {
  const rules = [...presetsOn(all), ...rulesOn(all)];
  const last = rules.findIndex(isForEverybody);
  const deciding = last < 0 ? rules : rules.slice(0, last + 1);
  const groups = deciding.map((rule) => ({
    name: rule.Name,
    people: peopleOf(rule),
    policy: policyOf(rule, all.policies),
    isDefault: false,
  }));
  if (last >= 0) return groups;
  const standing = all.policies.find((p) => p.Name === "Default");
  return [...groups, { name: "Default", people: groups.length > 0 ? "everybody else" : "everybody", policy: standing, isDefault: true }];
}
