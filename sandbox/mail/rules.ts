/** Mail flow rules as they work on one message: in order, those that are on and enforced, until one stops the rest. */
import type { ExchangeObject } from "../tenant";
import { covers } from "./addresses";
import { listIn, lower } from "./connectors";
import { domainOf, type Header, valuesOf } from "./headers";

export type RuleMail = {
  headers: Header[];
  /** SenderIpRanges looks at the server that connected, whatever enhanced filtering sees behind it. */
  clientIp: string;
  from: string;
  to: string;
  subject: string;
  isInternal: boolean;
};

export type Ruled = {
  /** Names of the rules that did something. */
  hits: string[];
  scl: number | null;
  prefix: string;
  added: Header[];
  redirect: string[];
  end: { kind: "quarantine" | "delete" | "reject" | "route"; rule: string; text: string } | null;
};

type Test = (rule: ExchangeObject, mail: RuleMail) => boolean;

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whole words, without regard to case. */
const hasWord = (text: string, words: string[]) =>
  words.some((word) => new RegExp(`(^|[^\\p{L}\\p{N}_])${escaped(word)}($|[^\\p{L}\\p{N}_])`, "iu").test(text));

const conditions: Record<string, Test> = {
  HeaderContainsMessageHeader: (rule, { headers }) =>
    valuesOf(headers, String(rule["HeaderContainsMessageHeader"])).some((value) => hasWord(value, listIn(rule, "HeaderContainsWords"))),
  SenderIpRanges: (rule, { clientIp }) => covers(listIn(rule, "SenderIpRanges"), clientIp),
  FromScope: (rule, { isInternal }) => (rule["FromScope"] === "InOrganization") === isInternal,
  // Everything that comes in at the front door is for somebody inside.
  SentToScope: (rule) => rule["SentToScope"] === "InOrganization",
  SubjectContainsWords: (rule, { subject }) => hasWord(subject, listIn(rule, "SubjectContainsWords")),
  SenderDomainIs: (rule, { from }) => isUnder(domainOf(from), listIn(rule, "SenderDomainIs")),
  RecipientDomainIs: (rule, { to }) => isUnder(domainOf(to), listIn(rule, "RecipientDomainIs")),
  From: (rule, { from }) => lower(listIn(rule, "From")).includes(from.toLowerCase()),
  SentTo: (rule, { to }) => lower(listIn(rule, "SentTo")).includes(to.toLowerCase()),
};

const isUnder = (domain: string, names: string[]) => lower(names).some((name) => domain === name || domain.endsWith(`.${name}`));

/** Belongs to another condition, to an action, or says nothing about which mail is meant. */
const noCondition = new Set(
  `Guid Name State Mode Priority Comments RuleErrorAction SenderAddressLocation HeaderContainsWords WhenCreatedUTC WhenChangedUTC
  SetSCL Quarantine DeleteMessage StopRuleProcessing PrependSubject SetAuditSeverity RouteMessageOutboundConnector RedirectMessageTo
  SetHeaderName SetHeaderValue RejectMessageReasonText RejectMessageEnhancedStatusCode BlindCopyTo CopyTo AddToRecipients
  ApplyHtmlDisclaimerText ApplyHtmlDisclaimerLocation ApplyHtmlDisclaimerFallbackAction ActivationDate ExpiryDate DlpPolicy RuleSubType UseLegacyRegex`.split(
    /\s+/,
  ),
);

const isSet = (value: unknown) => value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** Conditions all hold, no exception does. One that the sandbox cannot judge is taken as not met: it never does more than was asked. */
function fits(rule: ExchangeObject, mail: RuleMail): boolean {
  return Object.entries(rule).every(([property, value]) => {
    if (noCondition.has(property) || !isSet(value)) return true;
    if (property.startsWith("ExceptIf")) return !(conditions[property.slice(8)]?.(withoutExcept(rule), mail) ?? false);
    return conditions[property]?.(rule, mail) ?? false;
  });
}

const withoutExcept = (rule: ExchangeObject): ExchangeObject => ({
  ...rule,
  ...Object.fromEntries(Object.entries(rule).flatMap(([name, value]) => (name.startsWith("ExceptIf") ? [[name.slice(8), value]] : []))),
});

function isOn(rule: ExchangeObject, now: number): boolean {
  const from = Date.parse(String(rule["ActivationDate"] ?? ""));
  const until = Date.parse(String(rule["ExpiryDate"] ?? ""));
  return rule["State"] === "Enabled" && rule["Mode"] === "Enforce" && !(from > now) && !(until <= now);
}

export function applyRules(rules: ExchangeObject[], mail: RuleMail, now: number): Ruled {
  const ruled: Ruled = { hits: [], scl: null, prefix: "", added: [], redirect: [], end: null };
  const inOrder = [...rules].sort((a, b) => Number(a["Priority"]) - Number(b["Priority"]));
  for (const rule of inOrder.filter((one) => isOn(one, now))) {
    if (!fits(rule, { ...mail, headers: [...ruled.added, ...mail.headers] })) continue;
    ruled.hits.push(rule.Name);
    act(rule, ruled);
    if (ruled.end || rule["StopRuleProcessing"] === true) break;
  }
  return ruled;
}

function act(rule: ExchangeObject, ruled: Ruled): void {
  if (typeof rule["SetSCL"] === "number") ruled.scl = rule["SetSCL"];
  if (typeof rule["PrependSubject"] === "string") ruled.prefix = rule["PrependSubject"] + ruled.prefix;
  if (typeof rule["SetHeaderName"] === "string")
    ruled.added.push({ name: rule["SetHeaderName"], value: String(rule["SetHeaderValue"] ?? "") });
  ruled.redirect.push(...listIn(rule, "RedirectMessageTo"));
  const end = (kind: "quarantine" | "delete" | "reject" | "route", text = "") => {
    ruled.end = { kind, rule: rule.Name, text };
  };
  if (typeof rule["RejectMessageReasonText"] === "string")
    end("reject", `${rule["RejectMessageEnhancedStatusCode"] ?? "5.7.1"} ${rule["RejectMessageReasonText"]}`);
  else if (rule["DeleteMessage"] === true) end("delete");
  else if (rule["Quarantine"] === true) end("quarantine");
  else if (typeof rule["RouteMessageOutboundConnector"] === "string") end("route", rule["RouteMessageOutboundConnector"]);
}
