/** Random rows of what decides about a message: anti-spam and quarantine policies, mail flow rules with leftovers of older guides, and settings of the step. */
import fc from "fast-check";
import type { Profile } from "@/lib/profiles/profile";
import type { Obj } from "./state";

const ZEROS = "00000000-0000-0000-0000-000000000000";

type More = Readonly<Record<string, unknown>>;
const policy = (Guid: string, Name: string, more: More): Obj => ({
  MarkAsSpamSpfRecordHardFail: "Off",
  RecommendedPolicyType: "Custom",
  SpamAction: "MoveToJmf",
  HighConfidenceSpamAction: "MoveToJmf",
  PhishSpamAction: "Quarantine",
  HighConfidencePhishAction: "Quarantine",
  BulkSpamAction: "MoveToJmf",
  SpamQuarantineTag: "DefaultFullAccessPolicy",
  HighConfidenceSpamQuarantineTag: "DefaultFullAccessPolicy",
  PhishQuarantineTag: "DefaultFullAccessPolicy",
  HighConfidencePhishQuarantineTag: "AdminOnlyAccessPolicy",
  QuarantineRetentionPeriod: 15,
  AllowedSenders: [],
  AllowedSenderDomains: [],
  ...more,
  Guid,
  Name,
});

const onOrOff = fc.constantFrom("On", "Off");
const action = fc.constantFrom("MoveToJmf", "Quarantine");

export const contentPolicies: fc.Arbitrary<readonly Obj[]> = fc
  .record({
    first: onOrOff,
    second: onOrOff,
    spam: action,
    high: action,
    days: fc.constantFrom(15, 30, 7),
    allowed: fc.subarray(["friend@adatum.example"]),
  })
  .map(({ first, second, spam, high, days, allowed }) => [
    policy("spam", "Default", {
      MarkAsSpamSpfRecordHardFail: first,
      SpamAction: spam,
      HighConfidenceSpamAction: high,
      QuarantineRetentionPeriod: days,
      AllowedSenders: allowed,
    }),
    policy("sales", "Sales", { MarkAsSpamSpfRecordHardFail: second, HighConfidenceSpamAction: high }),
    policy("strict", "Strict Preset Security Policy1", {
      RecommendedPolicyType: "Strict",
      SpamAction: "Quarantine",
      HighConfidenceSpamAction: "Quarantine",
      HighConfidenceSpamQuarantineTag: "DefaultFullAccessWithNotificationPolicy",
    }),
  ]);

const quarantinePolicy = (Guid: string, Name: string, EndUserQuarantinePermissionsValue: number, ESNEnabled: boolean): Obj => ({
  Guid,
  Name,
  EndUserQuarantinePermissionsValue,
  ESNEnabled,
});

const BUILT_IN = [
  quarantinePolicy(ZEROS, "AdminOnlyAccessPolicy", 0, false),
  quarantinePolicy(ZEROS, "DefaultFullAccessPolicy", 39, false),
  quarantinePolicy(ZEROS, "DefaultFullAccessWithNotificationPolicy", 39, true),
];

export const quarantinePolicies: fc.Arbitrary<readonly Obj[]> = fc
  .subarray([
    quarantinePolicy("q1", "Does the same under another name", 11, true),
    quarantinePolicy("q2", "UserNotifyUserRelease", 23, false),
    quarantinePolicy("q3", "Of no use", 43, true),
  ])
  .map((some) => [...BUILT_IN, ...some]);

export const globalPolicies: fc.Arbitrary<readonly Obj[]> = fc.constantFrom(
  [{ Guid: ZEROS, Name: "DefaultGlobalPolicy", EndUserSpamNotificationFrequency: "04:00:00" }],
  [{ Guid: "g1", Name: "DefaultGlobalTag", EndUserSpamNotificationFrequency: "7.00:00:00" }],
);

const rule = (Guid: string, Name: string, more: More): Obj => ({
  State: "Enabled",
  Mode: "Enforce",
  Comments: null,
  HeaderContainsMessageHeader: null,
  HeaderContainsWords: [],
  SenderIpRanges: [],
  SetSCL: null,
  Quarantine: false,
  StopRuleProcessing: false,
  ...more,
  Guid,
  Name,
});

/** Two of others, two left from an older guide, one of somebody who made the vendor's rule narrower, one that is right already. */
export function flowRules({ egress: { value: egress }, dispositionHeader, useCases }: Profile): fc.Arbitrary<readonly Obj[]> {
  const header = dispositionHeader.value;
  const old = "X-Area1Security-Disposition";
  const [junk] = useCases.value["1"].rules;
  const usual = [
    rule("t1", "Bypass", { SetSCL: -1 }),
    rule("t2", "Disclaimer", { State: "Disabled" }),
    rule("t3", "Stop here", { StopRuleProcessing: true }),
    rule("t4", "Area 1 spam of 2022", {
      HeaderContainsMessageHeader: old,
      HeaderContainsWords: ["SPAM", "SPOOF"],
      SenderIpRanges: ["7.7.7.7"],
      SetSCL: 9,
    }),
    rule("t5", junk?.name ?? "", {
      HeaderContainsMessageHeader: header,
      HeaderContainsWords: ["BULK"],
      SenderIpRanges: [...egress],
      SetSCL: 5,
      State: "Disabled",
    }),
    rule("t6", "Right, but for one domain only", {
      HeaderContainsMessageHeader: header,
      HeaderContainsWords: ["BULK"],
      SenderIpRanges: [...egress],
      SetSCL: 5,
      Conditions: ["Microsoft.Exchange.MessagingPolicies.Rules.Tasks.RecipientDomainIsPredicate"],
    }),
    rule("t7", "Hosted, by hand", {
      HeaderContainsMessageHeader: header,
      HeaderContainsWords: ["MALICIOUS", "UCE"],
      SenderIpRanges: [...egress],
      Quarantine: true,
      Mode: "Audit",
    }),
  ];
  return fc
    .subarray(usual)
    .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }))
    .map((some) => some.map((o, Priority) => ({ ...o, Priority })));
}

const either = fc.constantFrom("yes", "no");
export const handlingSettings: fc.Arbitrary<unknown> = fc.record({
  useCase: fc.constantFrom("1", "2", "3", "4", "5"),
  plan: fc.constantFrom("Advantage", "Enterprise"),
  spoofClean: either,
  enhancedDetections: either,
  cadence: fc.constantFrom("keep", "4h", "1d", "7d"),
  retention: fc.constantFrom(15, 22, 30),
  moveRules: fc.subarray(["t3"]),
  entered: fc.subarray(["tag-MALICIOUS", "links-defang"]),
});
