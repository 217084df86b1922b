/** Rules of Exchange for mail flow rules, anti-spam and quarantine policies, as published: without any code of lib/model. */
import { type Obj, objects, type State } from "./state";

type Parameters = Readonly<Record<string, unknown>>;

export const RULE_DEFAULTS: Parameters = {
  State: "Enabled",
  Mode: "Enforce",
  Comments: null,
  HeaderContainsMessageHeader: null,
  HeaderContainsWords: [],
  SenderIpRanges: [],
  SetSCL: null,
  Quarantine: false,
  StopRuleProcessing: false,
  Priority: Number.MAX_SAFE_INTEGER,
};

const GLOBAL = "GlobalQuarantinePolicy";
const STAND_IN = "DefaultGlobalPolicy";
const BUILT_IN = ["AdminOnlyAccessPolicy", "DefaultFullAccessPolicy", "DefaultFullAccessWithNotificationPolicy"];
const TAGS = ["SpamQuarantineTag", "HighConfidenceSpamQuarantineTag", "PhishQuarantineTag", "HighConfidencePhishQuarantineTag"];

/** The notification settings are an object of the same cmdlets. */
export function kindOf(noun: string, p: Parameters, state: State): string {
  if (noun !== "QuarantinePolicy") return noun;
  const isGlobal = objects(state, GLOBAL).some((o) => o.Guid === p["Identity"] || o.Name === p["Identity"]);
  return p["QuarantinePolicyType"] === GLOBAL || isGlobal ? GLOBAL : noun;
}

/** What a parameter is kept as. */
export function keptOf(kind: string, p: Parameters): Parameters {
  const { QuarantinePolicyType: _, Enabled, ...rest } = p;
  if (kind === "TransportRule") return Enabled === undefined ? rest : { ...rest, State: Enabled === true ? "Enabled" : "Disabled" };
  return kind === GLOBAL ? rest : p;
}

const usersOf = (state: State, name: string): readonly Obj[] =>
  objects(state, "HostedContentFilterPolicy").filter((o) => TAGS.some((tag) => o[tag] === name));

function wrongQuarantine(state: State, kind: string, verb: string, p: Parameters, held: Obj | undefined): string | null {
  if (kind === GLOBAL) {
    if (verb === "Remove" || held?.Name === STAND_IN) return `The quarantine policy '${held?.Name}' can't be modified.`;
    const isThere = objects(state, GLOBAL).some((o) => o.Name !== STAND_IN);
    return verb === "New" && isThere ? "A global quarantine policy already exists." : null;
  }
  if (held && BUILT_IN.includes(held.Name)) return `The quarantine policy '${held.Name}' is built in.`;
  if (verb === "Remove" && held && usersOf(state, held.Name).length > 0) return `The quarantine policy '${held.Name}' is in use.`;
  const sum = Number(p["EndUserQuarantinePermissionsValue"] ?? 0);
  return (sum & 12) === 12 ? "PermissionToRelease and PermissionToRequestRelease can't be used together." : null;
}

function wrongTags(state: State, p: Parameters, held: Obj | undefined): string | null {
  if (["Standard", "Strict"].includes(String(held?.["RecommendedPolicyType"]))) return "A preset security policy can't be modified.";
  const lost = TAGS.find((tag) => p[tag] !== undefined && !objects(state, "QuarantinePolicy").some((o) => o.Name === p[tag]));
  return lost ? `The quarantine policy '${String(p[lost])}' doesn't exist.` : null;
}

function wrongRule(state: State, verb: string, p: Parameters): string | null {
  if ((p["HeaderContainsMessageHeader"] === undefined) !== (p["HeaderContainsWords"] === undefined))
    return "HeaderContainsMessageHeader and HeaderContainsWords must be used together.";
  const last = objects(state, "TransportRule").length - (verb === "New" ? 0 : 1);
  const place = p["Priority"];
  return typeof place === "number" && (place < 0 || place > last) ? `Priority must be a number from 0 to ${last}.` : null;
}

/** What Exchange would say against a call; null when it takes it. */
export function whyWrong(state: State, kind: string, verb: string, p: Parameters, held: Obj | undefined): string | null {
  if (kind === GLOBAL || kind === "QuarantinePolicy") return wrongQuarantine(state, kind, verb, p, held);
  if (kind === "HostedContentFilterPolicy") return wrongTags(state, p, held);
  return kind === "TransportRule" ? wrongRule(state, verb, p) : null;
}

/** Rules stand in one row without gaps, one that is put somewhere pushes the others down; the stand-in gives way to the first real settings. */
export function arranged(state: State, kind: string, guid: string, p: Parameters): State {
  if (kind === GLOBAL) {
    const all = objects(state, GLOBAL);
    return { ...state, [GLOBAL]: all.length > 1 ? all.filter((o) => o.Name !== STAND_IN) : all };
  }
  if (kind !== "TransportRule") return state;
  const place = typeof p["Priority"] === "number" ? p["Priority"] : null;
  const byPriority = objects(state, kind).toSorted((a, b) => Number(a["Priority"]) - Number(b["Priority"]));
  const written = byPriority.find((o) => o.Guid === guid);
  const others = byPriority.filter((o) => o !== written);
  const all = written && place !== null ? others.toSpliced(place, 0, written) : byPriority;
  return { ...state, [kind]: all.map((o, Priority) => ({ ...o, Priority })) };
}

const BITS: Readonly<Record<string, number>> = {
  PermissionToViewHeader: 128,
  PermissionToDownload: 64,
  PermissionToAllowSender: 32,
  PermissionToBlockSender: 16,
  PermissionToRequestRelease: 8,
  PermissionToRelease: 4,
  PermissionToPreview: 2,
  PermissionToDelete: 1,
};
const FREQUENCIES: Readonly<Record<string, string>> = { "04:00:00": "PT4H", "1.00:00:00": "P1D", "7.00:00:00": "P7D" };

const classesOf = (o: Obj, names: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(names).flatMap(([property, name]) => {
    const v = o[property];
    const isSet = v !== null && v !== undefined && v !== false && !(Array.isArray(v) && v.length === 0);
    return isSet ? [`Microsoft.Exchange.MessagingPolicies.Rules.Tasks.${name}`] : [];
  });

/** How these kinds read, which is not how they are written. */
export function shown(kind: string, o: Obj): Readonly<Record<string, unknown>> {
  if (kind === GLOBAL) {
    const said = String(o["EndUserSpamNotificationFrequency"]);
    return { EndUserSpamNotificationFrequency: FREQUENCIES[said] ?? said };
  }
  if (kind === "QuarantinePolicy") {
    const sum = Number(o["EndUserQuarantinePermissionsValue"]);
    const lines = Object.entries(BITS).map(([name, bit]) => `${name}: ${(sum & bit) === 0 ? "False" : "True"}`);
    return { EndUserQuarantinePermissions: `[${lines.join("\n")}]`, EndUserQuarantinePermissionsValue: undefined };
  }
  if (kind === "TransportConfig") return { JournalingReportNdrTo: o["JournalingReportNdrTo"] ?? "<>" };
  if (kind !== "TransportRule") return {};
  return {
    Conditions:
      o["Conditions"] ??
      classesOf(o, { HeaderContainsMessageHeader: "HeaderContainsPredicate", SenderIpRanges: "SenderIpRangesPredicate" }),
    Actions: classesOf(o, { SetSCL: "SetSclAction", Quarantine: "QuarantineAction" }),
  };
}
