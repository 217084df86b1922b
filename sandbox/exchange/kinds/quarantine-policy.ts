/** Quarantine policies: permissions are bits that read back as text, built-ins stay, one in use cannot go, one global one. */
import type { ExchangeObject, ExchangeState } from "../../tenant";
import { type Failure, invalid } from "../failure";
import type { Kind, Proposed } from "./kind";

const bits: [number, string][] = [
  [128, "PermissionToViewHeader"],
  [64, "PermissionToDownload"],
  [32, "PermissionToAllowSender"],
  [16, "PermissionToBlockSender"],
  [8, "PermissionToRequestRelease"],
  [4, "PermissionToRelease"],
  [2, "PermissionToPreview"],
  [1, "PermissionToDelete"],
];

const builtInQuarantinePolicies = ["AdminOnlyAccessPolicy", "DefaultFullAccessPolicy", "DefaultFullAccessWithNotificationPolicy"];
const untouchedGlobalPolicy = "DefaultGlobalPolicy";

const frequencies: Record<string, string> = { "04:00:00": "PT4H", "1.00:00:00": "P1D", "7.00:00:00": "P7D" };

const permissionsText = (value: number) => `[${bits.map(([bit, name]) => `${name}: ${value & bit ? "True" : "False"}`).join("\n")}]`;

function userOf(state: ExchangeState, policy: ExchangeObject): ExchangeObject | undefined {
  const uses = (filter: ExchangeObject) =>
    Object.entries(filter).some(([property, value]) => property.endsWith("QuarantineTag") && value === policy.Name);
  return (state["HostedContentFilterPolicy"] ?? []).find(uses);
}

function refuses({ state, before, after, verb }: Proposed): Failure | null {
  if (before && builtInQuarantinePolicies.includes(before.Name))
    return invalid(`The quarantine policy '${before.Name}' is built in and can't be modified.`);
  if (before?.Name === untouchedGlobalPolicy)
    return invalid(`The quarantine policy '${before.Name}' can't be modified. Create the global policy first.`);
  if (verb === "Remove" && before) {
    const user = userOf(state, before);
    return user ? invalid(`The quarantine policy '${before.Name}' can't be removed because it's used by the policy '${user.Name}'.`) : null;
  }
  const permissions = Number(after?.["EndUserQuarantinePermissionsValue"] ?? 0);
  if (permissions & 8 && permissions & 4) return invalid("PermissionToRelease and PermissionToRequestRelease can't be used together.");
  const second =
    verb === "New" &&
    isGlobal(after) &&
    (state["QuarantinePolicy"] ?? []).some((policy) => isGlobal(policy) && policy.Name !== untouchedGlobalPolicy);
  return second ? invalid("A global quarantine policy already exists.") : null;
}

const isGlobal = (policy: ExchangeObject | null) => policy?.["QuarantinePolicyType"] === "GlobalQuarantinePolicy";

export const quarantinePolicy: Kind = {
  defaults: {
    ESNEnabled: false,
    EndUserQuarantinePermissionsValue: 0,
    IncludeMessagesFromBlockedSenderAddress: false,
    QuarantinePolicyType: "QuarantinePolicy",
    QuarantineRetentionDays: 30,
    EndUserSpamNotificationFrequency: "04:00:00",
    EndUserSpamNotificationCustomFromAddress: "",
    OrganizationBrandingEnabled: false,
    MultiLanguageSenderName: [],
    MultiLanguageSetting: [],
    MultiLanguageCustomDisclaimer: [],
    EsnCustomSubject: [],
  },
  refuses,
  shows: (object, bound) =>
    bound.has("Identity") || object["QuarantinePolicyType"] === (bound.get("QuarantinePolicyType") ?? "QuarantinePolicy"),
  // The untouched global policy stands for "never customised": it gives way to the first real one.
  arrange: (objects) => {
    const real = objects.some((policy) => isGlobal(policy) && policy.Name !== untouchedGlobalPolicy);
    const stub = objects.findIndex((policy) => policy.Name === untouchedGlobalPolicy);
    if (real && stub >= 0) objects.splice(stub, 1);
  },
  wire: (object) => ({
    EndUserQuarantinePermissionsValue: undefined,
    EndUserQuarantinePermissions: permissionsText(Number(object["EndUserQuarantinePermissionsValue"] ?? 0)),
    EndUserSpamNotificationFrequency: frequencies[String(object["EndUserSpamNotificationFrequency"])] ?? "PT4H",
  }),
};
