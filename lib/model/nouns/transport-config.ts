/** The organisation's mail settings: where journal reports go that cannot be delivered. Source: facts of Set-TransportConfig. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { textOrNull } from "../spelling";

export const transportConfigNoun = noun({
  title: "Undeliverable journal reports",
  asked: { cloud: "exchange", cmdlet: "Get-TransportConfig", parameters: {}, select: ["JournalingReportNdrTo"] },
  permission: EXCHANGE,
  place: "Microsoft Purview > Data lifecycle management > Exchange (legacy) > Settings",
  link: "https://purview.microsoft.com/datalifecyclemanagement/exchange",
  labels: { JournalingReportNdrTo: "Send undeliverable journal reports to" },
  isSingle: true,
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z.object({ JournalingReportNdrTo: textOrNull }).transform(({ JournalingReportNdrTo: said }) => ({
    Guid: "TransportConfig",
    Name: "TransportConfig",
    /** The service writes <> for nothing. */
    JournalingReportNdrTo: said === "<>" ? null : said,
  })),
});
