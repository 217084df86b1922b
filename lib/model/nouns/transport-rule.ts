/** Transport rule ("mail flow rule"): read here for rules that switch filtering off (SCL -1). */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { head, list, word } from "../spelling";

export const transportRuleNoun = noun({
  title: "Mail flow rule",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-TransportRule",
    parameters: { ResultSize: "Unlimited" },
    select: ["Guid", "Name", "State", "Priority", "SetSCL", "SenderIpRanges"],
  },
  permission: EXCHANGE,
  place: "Exchange admin center > Mail flow > Rules",
  link: "https://admin.exchange.microsoft.com/#/transportrules",
  labels: { Enabled: "Turned on", SetSCL: "Set the spam confidence level (SCL)" },
  verbs: { Enabled: ["Enable-TransportRule", "Disable-TransportRule"] },
  whole: ["SenderIpRanges"],
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z
    .object({
      ...head,
      State: word("Enabled", "Disabled"),
      Priority: z.coerce.number(),
      SetSCL: z.preprocess((v) => v ?? null, z.coerce.number().nullable()),
      SenderIpRanges: list,
    })
    .transform(({ State, ...row }) => ({ ...row, Enabled: State === "Enabled" })),
});
