/** What the vendor says it has processed: a number that grows, and the messages that came as journal reports. */
import { z } from "zod";
import { noun } from "../noun";
import { list } from "../spelling";

const readOnly = { permission: "", place: "The vendor's dashboard", labels: {}, shownMs: 0, worksMs: 0 };
const count = z.preprocess((v) => v ?? 0, z.coerce.number());

export const processedNoun = noun({
  ...readOnly,
  title: "Messages processed",
  isRemembered: true,
  asked: { cloud: "cloudflare", question: "processed" },
  shape: z
    .object({
      domain: z.string().transform((name) => name.toLowerCase()),
      total: count,
      deliveryModes: list.transform((modes) => modes.map((mode) => mode.toUpperCase())),
    })
    .transform((row) => ({ Guid: row.domain, Name: row.domain, ...row })),
});

/** Asked of a Message-ID: that message. Asked of nothing: the newest ones of the last day, all dispositions. */
export const journaledNoun = noun({
  ...readOnly,
  title: "Journaled messages",
  asked: { cloud: "cloudflare", question: "journaled" },
  shape: z
    .object({
      id: z.string(),
      messageId: z.preprocess((v) => v ?? "", z.string()),
      /** JOURNAL, DIRECT, BCC, API, … */
      deliveryMode: z.preprocess((v) => v ?? "", z.string()).transform((mode) => mode.toUpperCase()),
      /** ms since 1970. */
      scannedAt: count,
      disposition: z.preprocess((v) => v ?? "NONE", z.string()),
    })
    .transform((row) => ({ Guid: row.id, Name: row.messageId, ...row })),
});
