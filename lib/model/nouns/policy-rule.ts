/** Who an anti-spam policy is for: rules of custom policies, and of the Standard and Strict presets. Read only, to say who outranks Default. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, type Facts, noun } from "../noun";
import { list, word } from "../spelling";

const select = [
  "Guid",
  "Name",
  "State",
  "Priority",
  "HostedContentFilterPolicy",
  "SentTo",
  "SentToMemberOf",
  "RecipientDomainIs",
  "ExceptIfSentTo",
  "ExceptIfSentToMemberOf",
  "ExceptIfRecipientDomainIs",
];

const shape = z.object({
  Guid: z.preprocess((v) => v ?? "", z.string()),
  Name: z.string(),
  State: word("Enabled", "Disabled"),
  Priority: z.coerce.number(),
  HostedContentFilterPolicy: z.preprocess((v) => v ?? "", z.string()),
  SentTo: list,
  SentToMemberOf: list,
  RecipientDomainIs: list,
  ExceptIfSentTo: list,
  ExceptIfSentToMemberOf: list,
  ExceptIfRecipientDomainIs: list,
});

const facts = {
  permission: EXCHANGE,
  place: "Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Anti-spam",
  link: "https://security.microsoft.com/antispam",
  labels: {},
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
} satisfies Partial<Facts>;

export const hostedContentFilterRuleNoun = noun({
  ...facts,
  title: "Anti-spam policy's rule",
  asked: { cloud: "exchange", cmdlet: "Get-HostedContentFilterRule", parameters: {}, select },
  shape,
});

export const eopProtectionPolicyRuleNoun = noun({
  ...facts,
  title: "Preset security policy's rule",
  asked: { cloud: "exchange", cmdlet: "Get-EOPProtectionPolicyRule", parameters: {}, select },
  shape,
});
