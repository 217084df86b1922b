/** Mail flow rules: an order of their own, a state instead of a switch, class names for conditions and actions on the wire. */
import type { ExchangeObject } from "../../tenant";
import type { Bound } from "../bind";
import { invalid } from "../failure";
import { type Kind, listOf } from "./kind";

const conditions: Record<string, string> = {
  HeaderContainsMessageHeader: "HeaderContainsPredicate",
  SenderIpRanges: "SenderIpRangesPredicate",
  FromScope: "FromScopePredicate",
  SentToScope: "SentToScopePredicate",
  SubjectContainsWords: "SubjectContainsPredicate",
};
const actions: Record<string, string> = {
  SetSCL: "SetSclAction",
  Quarantine: "QuarantineAction",
  DeleteMessage: "DeleteMessageAction",
  StopRuleProcessing: "StopRuleProcessingAction",
  PrependSubject: "PrependSubjectAction",
  RouteMessageOutboundConnector: "RouteMessageOutboundConnectorAction",
  RedirectMessageTo: "RedirectMessageAction",
};

const isSet = (value: unknown) => value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

function classes(object: ExchangeObject, names: Record<string, string>): string[] | null {
  const found = Object.entries(names).flatMap(([property, name]) =>
    isSet(object[property]) ? [`Microsoft.Exchange.MessagingPolicies.Rules.Tasks.${name}`] : [],
  );
  return found.length > 0 ? found : null;
}

/** Empty conditions read as null, not as an empty list. */
function emptyAsNull(object: ExchangeObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => Array.isArray(value) && value.length === 0)
      .map(([property]) => [property, null]),
  );
}

function arrange(objects: ExchangeObject[], changed: ExchangeObject | null, bound: Bound): void {
  const place = bound.get("Priority");
  objects.sort((a, b) => Number(a["Priority"]) - Number(b["Priority"]));
  if (changed && typeof place === "number") {
    objects.splice(objects.indexOf(changed), 1);
    objects.splice(place, 0, changed);
  }
  objects.forEach((rule, index) => {
    rule["Priority"] = index;
  });
}

export const transportRule: Kind = {
  defaults: {
    State: "Enabled",
    Mode: "Enforce",
    Priority: Number.MAX_SAFE_INTEGER,
    Comments: null,
    RuleErrorAction: "Ignore",
    SenderAddressLocation: "Header",
    FromScope: null,
    SentToScope: null,
    HeaderContainsMessageHeader: null,
    HeaderContainsWords: [],
    SenderIpRanges: [],
    SetSCL: null,
    Quarantine: false,
    DeleteMessage: false,
    StopRuleProcessing: false,
    PrependSubject: null,
    SetAuditSeverity: null,
    RouteMessageOutboundConnector: null,
    RedirectMessageTo: [],
    BlindCopyTo: [],
    CopyTo: [],
    AddToRecipients: [],
    ActivationDate: null,
    ExpiryDate: null,
    DlpPolicy: null,
  },
  kept: (parameter, value) => {
    if (parameter === "Enabled") return { State: value === true ? "Enabled" : "Disabled" };
    return parameter === "Priority" ? {} : undefined;
  },
  refuses: ({ state, bound, after, verb }) => {
    const rules = state["TransportRule"] ?? [];
    const place = bound.get("Priority");
    const last = verb === "New" ? rules.length : rules.length - 1;
    if (typeof place === "number" && (place < 0 || place > last)) return invalid(`Priority must be a number from 0 to ${last}.`);
    if (verb === "New" && rules.length >= 300) return invalid("The maximum number of transport rules (300) has been reached.");
    if (!after) return null;
    const pair = isSet(after["HeaderContainsMessageHeader"]) === listOf(after["HeaderContainsWords"]).length > 0;
    return pair ? null : invalid("HeaderContainsMessageHeader and HeaderContainsWords must be used together.");
  },
  arrange,
  wire: (object) => ({
    ...emptyAsNull(object),
    Conditions: classes(object, conditions),
    Exceptions: null,
    Actions: classes(object, actions),
    Description: "If the message: ...\r\nTake the following actions: ...\r\n",
    CreatedBy: "Cutover",
    LastModifiedBy: "Cutover",
    ManuallyModified: false,
  }),
};
