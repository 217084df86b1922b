/** Journal rule: a copy of mail, as a report, to an address outside. Source: facts of New-/Set-JournalRule. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { flag, head, textOrNull, word } from "../spelling";

const address = textOrNull.transform((text) => text?.toLowerCase() ?? null);

export const journalRuleNoun = noun({
  title: "Journal rule",
  isRemembered: true,
  asked: {
    cloud: "exchange",
    cmdlet: "Get-JournalRule",
    parameters: {},
    select: ["Guid", "Name", "JournalEmailAddress", "Recipient", "Scope", "Enabled"],
  },
  permission: EXCHANGE,
  place: "Microsoft Purview > Data lifecycle management > Exchange (legacy) > Journal rules",
  link: "https://purview.microsoft.com/datalifecyclemanagement/exchange",
  labels: {
    JournalEmailAddress: "Send journal reports to",
    Recipient: "Journal messages sent or received from",
    Scope: "Type of message to journal",
    Enabled: "Turned on",
  },
  toggles: ["Enabled"],
  verbs: { Enabled: ["Enable-JournalRule", "Disable-JournalRule"] },
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z.object({
    ...head,
    JournalEmailAddress: z.string().transform((text) => text.toLowerCase()),
    /** Null: everyone. */
    Recipient: address,
    Scope: word("Global", "Internal", "External"),
    Enabled: flag,
  }),
});
