/** For the tests of message handling: a tenant's policies and rules as Exchange answers with them. */
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile } from "@/lib/profiles/profile";

export const EGRESS = cloudflare.egress.value;
export const BOTH: readonly Profile[] = [area1, cloudflare];

type More = Readonly<Record<string, unknown>>;

export const policy = (Name: string, more: More = {}) => ({
  Guid: Name,
  Name,
  MarkAsSpamSpfRecordHardFail: "Off",
  RecommendedPolicyType: "Custom",
  SpamAction: "MoveToJmf",
  HighConfidenceSpamAction: "MoveToJmf",
  PhishSpamAction: "MoveToJmf",
  HighConfidencePhishAction: "Quarantine",
  BulkSpamAction: "MoveToJmf",
  SpamQuarantineTag: "DefaultFullAccessPolicy",
  HighConfidenceSpamQuarantineTag: "DefaultFullAccessPolicy",
  PhishQuarantineTag: "DefaultFullAccessPolicy",
  HighConfidencePhishQuarantineTag: "AdminOnlyAccessPolicy",
  QuarantineRetentionPeriod: 15,
  ...more,
});

/** As Microsoft's recommended settings for the Strict preset have it. */
export const strict = policy("Strict Preset Security Policy1", {
  RecommendedPolicyType: "Strict",
  SpamAction: "Quarantine",
  HighConfidenceSpamAction: "Quarantine",
  SpamQuarantineTag: "DefaultFullAccessWithNotificationPolicy",
  HighConfidenceSpamQuarantineTag: "DefaultFullAccessWithNotificationPolicy",
});

export const policyRule = (Name: string, more: More = {}) => ({
  Guid: Name,
  Name,
  State: "Enabled",
  Priority: 0,
  HostedContentFilterPolicy: Name,
  SentTo: null,
  SentToMemberOf: null,
  RecipientDomainIs: null,
  ...more,
});

const BITS = { ViewHeader: 128, Download: 64, AllowSender: 32, BlockSender: 16, RequestRelease: 8, Release: 4, Preview: 2, Delete: 1 };
export const quarantinePolicy = (Name: string, sum: number, ESNEnabled: boolean, Guid = Name) => ({
  Guid,
  Name,
  EndUserQuarantinePermissions: `[${Object.entries(BITS)
    .map(([name, bit]) => `PermissionTo${name}: ${(sum & bit) === 0 ? "False" : "True"}`)
    .join("\n")}]`,
  ESNEnabled,
});

const ZEROS = "00000000-0000-0000-0000-000000000000";
const BUILT_IN = [
  quarantinePolicy("AdminOnlyAccessPolicy", 0, false, ZEROS),
  quarantinePolicy("DefaultFullAccessPolicy", 39, false, ZEROS),
  quarantinePolicy("DefaultFullAccessWithNotificationPolicy", 39, true, ZEROS),
];

export const flowRule = (Guid: string, Priority: number, more: More = {}) => ({
  Guid,
  Name: `Rule ${Guid}`,
  State: "Enabled",
  Mode: "Enforce",
  Priority,
  Comments: null,
  HeaderContainsMessageHeader: null,
  HeaderContainsWords: null,
  SenderIpRanges: null,
  SetSCL: null,
  Quarantine: false,
  StopRuleProcessing: false,
  Conditions: null,
  Exceptions: null,
  Actions: null,
  ...more,
});

type Tenant = {
  readonly policies?: readonly object[];
  readonly rules?: readonly object[];
  readonly presets?: readonly object[];
  readonly quarantine?: readonly object[];
  readonly notifications?: readonly object[];
  readonly flow?: readonly object[];
};

/** Raw answers of a tenant; without anything said, a new one. */
export const tenant = ({
  policies = [policy("Default")],
  rules = [],
  presets = [],
  quarantine = [],
  notifications,
  flow = [],
}: Tenant = {}) => ({
  HostedContentFilterPolicy: policies,
  HostedContentFilterRule: rules,
  EOPProtectionPolicyRule: presets,
  QuarantinePolicy: [...BUILT_IN, ...quarantine],
  GlobalQuarantinePolicy: notifications ?? [{ Guid: ZEROS, Name: "DefaultGlobalPolicy", EndUserSpamNotificationFrequency: "PT4H" }],
  TransportRule: flow,
});
