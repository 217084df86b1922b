/** Transport rule ("mail flow rule"): what happens to mail with a word in a header that comes from given addresses. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { flag, head, list, textOrNull, word } from "../spelling";

/** `Microsoft.Exchange.MessagingPolicies.Rules.Tasks.HeaderContainsPredicate` -> `HeaderContains` */
const classes = list.transform((all) => all.map((name) => (name.split(".").at(-1) ?? name).replace(/(Predicate|Action)$/, "")));

export const transportRuleNoun = noun({
  title: "Mail flow rule",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-TransportRule",
    parameters: { ResultSize: "Unlimited" },
    select: [
      "Guid",
      "Name",
      "State",
      "Mode",
      "Priority",
      "Comments",
      "HeaderContainsMessageHeader",
      "HeaderContainsWords",
      "SenderIpRanges",
      "SetSCL",
      "Quarantine",
      "StopRuleProcessing",
      "ActivationDate",
      "ExpiryDate",
      "Conditions",
      "Exceptions",
      "Actions",
    ],
  },
  permission: EXCHANGE,
  place: "Exchange admin center > Mail flow > Rules",
  link: "https://admin.exchange.microsoft.com/#/transportrules",
  labels: {
    Enabled: "Turned on",
    Mode: "Rule mode",
    Priority: "Priority",
    Comments: "Comments",
    HeaderContainsMessageHeader: "The message headers include any of these words: header",
    HeaderContainsWords: "The message headers include any of these words: words",
    SenderIpRanges: "The sender's IP address is in any of these ranges",
    SetSCL: "Set the spam confidence level (SCL)",
    Quarantine: "Redirect the message to hosted quarantine",
    StopRuleProcessing: "Stop processing more rules",
  },
  verbs: { Enabled: ["Enable-TransportRule", "Disable-TransportRule"] },
  readAs: { Enabled: "State" },
  shownOnly: ["Priority", "Conditions", "Exceptions", "Actions"],
  together: [["HeaderContainsMessageHeader", "HeaderContainsWords"]],
  whole: ["SenderIpRanges", "HeaderContainsWords"],
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z
    .object({
      ...head,
      State: word("Enabled", "Disabled"),
      Mode: z.preprocess((v) => v ?? "Enforce", z.string()),
      Priority: z.coerce.number(),
      Comments: textOrNull,
      HeaderContainsMessageHeader: textOrNull,
      HeaderContainsWords: list,
      SenderIpRanges: list,
      SetSCL: z.preprocess((v) => v ?? null, z.coerce.number().nullable()),
      Quarantine: flag,
      StopRuleProcessing: flag,
      ActivationDate: textOrNull,
      ExpiryDate: textOrNull,
      Conditions: classes,
      Exceptions: classes,
      Actions: classes,
    })
    .transform(({ State, ...row }) => ({ ...row, Enabled: State === "Enabled" })),
});
