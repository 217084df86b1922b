/** Anti-spam inbound policy. Only Default is ours to change; custom and preset policies outrank it for the people they name. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { head, word } from "../spelling";

const action = z.preprocess((v) => v ?? "MoveToJmf", z.string());
/** Senders let through: text, or an object around it, by the version of the module. Only their number and spelling are shown. */
const entries = z.preprocess(
  (v) => (Array.isArray(v) ? v : v === null || v === undefined ? [] : [v]).map((e) => (typeof e === "string" ? e : JSON.stringify(e))),
  z.array(z.string()),
);
const tag = z.preprocess((v) => (v === "" ? null : (v ?? null)), z.string().nullable());

export const hostedContentFilterPolicyNoun = noun({
  title: "Anti-spam inbound policy",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-HostedContentFilterPolicy",
    parameters: {},
    select: [
      "Guid",
      "Name",
      "MarkAsSpamSpfRecordHardFail",
      "RecommendedPolicyType",
      "SpamAction",
      "HighConfidenceSpamAction",
      "PhishSpamAction",
      "HighConfidencePhishAction",
      "BulkSpamAction",
      "SpamQuarantineTag",
      "HighConfidenceSpamQuarantineTag",
      "PhishQuarantineTag",
      "HighConfidencePhishQuarantineTag",
      "QuarantineRetentionPeriod",
      "AllowedSenders",
      "AllowedSenderDomains",
    ],
  },
  permission: EXCHANGE,
  place: "Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Anti-spam > Anti-spam inbound policy (Default)",
  link: "https://security.microsoft.com/antispam",
  labels: {
    MarkAsSpamSpfRecordHardFail: "SPF record: hard fail",
    SpamAction: "Spam",
    HighConfidenceSpamAction: "High confidence spam",
    PhishSpamAction: "Phishing",
    HighConfidencePhishAction: "High confidence phishing",
    BulkSpamAction: "Bulk compliant level (BCL) met or exceeded",
    SpamQuarantineTag: "Spam: select quarantine policy",
    HighConfidenceSpamQuarantineTag: "High confidence spam: select quarantine policy",
    PhishQuarantineTag: "Phishing: select quarantine policy",
    HighConfidencePhishQuarantineTag: "High confidence phishing: select quarantine policy",
    QuarantineRetentionPeriod: "Retain spam in quarantine for this many days",
  },
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z.object({
    ...head,
    MarkAsSpamSpfRecordHardFail: word("Off", "On", "Test"),
    RecommendedPolicyType: z.preprocess((v) => v ?? "Custom", z.string()),
    SpamAction: action,
    HighConfidenceSpamAction: action,
    PhishSpamAction: action,
    HighConfidencePhishAction: z.preprocess((v) => v ?? "Quarantine", z.string()),
    BulkSpamAction: action,
    SpamQuarantineTag: tag,
    HighConfidenceSpamQuarantineTag: tag,
    PhishQuarantineTag: tag,
    HighConfidencePhishQuarantineTag: tag,
    QuarantineRetentionPeriod: z.preprocess((v) => v ?? 15, z.coerce.number()),
    AllowedSenders: entries,
    AllowedSenderDomains: entries,
  }),
});
