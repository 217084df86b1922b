/** Which anti-spam policy is a recipient's, and what its quarantine tags allow. */
import type { ExchangeObject, ExchangeState, Tenant } from "../tenant";
import { listIn, lower } from "./connectors";
import { domainOf } from "./headers";
import type { Place, QuarantineType, Release } from "./message";

type Names = string[];

/** Kinds of condition are all asked (AND), the values of one kind are alternatives; no condition at all is everybody. */
function applies(rule: ExchangeObject, tenant: Tenant, names: Names): boolean {
  if (rule["State"] !== "Enabled") return false;
  const isMatch = (prefix: string) => {
    const asked = tests.filter(([property]) => listIn(rule, prefix + property).length > 0);
    return asked.map(([property, test]) => test(listIn(rule, prefix + property), tenant, names));
  };
  return isMatch("").every(Boolean) && !isMatch("ExceptIf").some(Boolean);
}

const tests: [string, (values: string[], tenant: Tenant, names: Names) => boolean][] = [
  ["SentTo", (values, _, names) => lower(values).some((value) => names.includes(value))],
  ["RecipientDomainIs", (values, _, names) => names.some((name) => lower(values).includes(domainOf(name)))],
  ["SentToMemberOf", (values, tenant, names) => groupsNamed(tenant, lower(values)).some((member) => names.includes(member))],
];

const groupsNamed = ({ groups }: Tenant, values: string[]) =>
  groups
    .filter((group) => values.includes(group.address.toLowerCase()) || values.includes(group.name.toLowerCase()))
    .flatMap((group) => lower(group.members));

const byPriority = (rules: ExchangeObject[] | undefined) =>
  [...(rules ?? [])].sort((a, b) => Number(a["Priority"]) - Number(b["Priority"]));

/** Strict preset, Standard preset, custom ones by priority, then Default. */
export function policyFor(state: ExchangeState, tenant: Tenant, names: Names): ExchangeObject | undefined {
  const policies = state["HostedContentFilterPolicy"] ?? [];
  const strictFirst = (rule: ExchangeObject) => (rule.Name.startsWith("Strict") ? 0 : 1);
  const presets = [...(state["EOPProtectionPolicyRule"] ?? [])].sort((a, b) => strictFirst(a) - strictFirst(b));
  const rule = [...presets, ...byPriority(state["HostedContentFilterRule"])].find((one) => applies(one, tenant, names));
  const named = policies.find((policy) => policy.Name === rule?.["HostedContentFilterPolicy"]);
  return named ?? policies.find((policy) => policy["IsDefault"] === true) ?? policies[0];
}

const release = 4;
const requestRelease = 8;

/** What a quarantine policy of that name means for one message. Nobody releases malware or high-confidence phish alone: asking is the most. */
export function held(state: ExchangeState, tag: string, type: QuarantineType, reason: string, to: string): Place {
  const policy = (state["QuarantinePolicy"] ?? []).find((one) => one.Name.toLowerCase() === tag.toLowerCase());
  const permissions = Number(policy?.["EndUserQuarantinePermissionsValue"] ?? 0);
  const isGrave = type === "Malware" || type === "HighConfPhish";
  const may: Release = permissions & release && !isGrave ? "user" : permissions & (release | requestRelease) ? "user-asks" : "admin";
  const notified = policy?.["ESNEnabled"] === true ? [to] : [];
  return { kind: "quarantine", by: "microsoft", type, policy: policy?.Name ?? tag, reason, release: may, notified };
}
