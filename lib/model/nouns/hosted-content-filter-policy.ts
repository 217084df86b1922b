/** Anti-spam inbound policy. Only Default is ours to change; custom and preset policies outrank it for the people they name. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { head, word } from "../spelling";

export const hostedContentFilterPolicyNoun = noun({
  title: "Anti-spam inbound policy",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-HostedContentFilterPolicy",
    parameters: {},
    select: ["Guid", "Name", "MarkAsSpamSpfRecordHardFail", "RecommendedPolicyType"],
  },
  permission: EXCHANGE,
  place: "Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Anti-spam > Anti-spam inbound policy (Default)",
  link: "https://security.microsoft.com/antispam",
  labels: { MarkAsSpamSpfRecordHardFail: "SPF record: hard fail" },
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z.object({
    ...head,
    MarkAsSpamSpfRecordHardFail: word("Off", "On", "Test"),
    RecommendedPolicyType: z.preprocess((v) => v ?? "Custom", z.string()),
  }),
});
