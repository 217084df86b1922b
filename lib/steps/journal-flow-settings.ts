/** What is known beside what is read: numbers that somebody typed from the dashboard, and the test message that was sent. */
import { z } from "zod";
import { plainAddress } from "@/lib/model/mail-address";
import { access } from "./access";
import { domainList } from "./domain-name";
import { DEFAULT_JOURNAL_REGIONS } from "./journal-regions-settings";
import { ticked } from "./ticked";

/** More typed numbers than anybody types. */
const MOST_COUNTS = 200;
/** Of one test: each is looked for at every look. */
const MOST_SENT = 4;
const WHOLE = "Enter the number as the dashboard shows it.";
const total = z.coerce.number(WHOLE).int(WHOLE).min(0, WHOLE).max(1e12, WHOLE);
const at = z.coerce.number().int().min(0).max(8.64e15);

/** A form sends them as a record, time -> number. */
const entries = (v: unknown): unknown =>
  typeof v === "object" && v !== null && !Array.isArray(v) ? Object.entries(v).map(([when, number]) => ({ at: when, total: number })) : v;

export const flowSettings = z.object({
  access,
  domains: domainList.default([]),
  regions: ticked.default([...DEFAULT_JOURNAL_REGIONS]),
  /** The tenant's journaling address, by region. */
  addresses: z.record(z.string(), z.string().max(320).transform(plainAddress)).default({}),
  counts: z
    .preprocess(entries, z.array(z.object({ at, total })).max(MOST_COUNTS, `Keep it under ${MOST_COUNTS} numbers.`))
    .transform((all) => all.toSorted((a, b) => a.at - b.at))
    .default([]),
  sent: z
    .object({ messageIds: ticked.refine((all) => all.length <= MOST_SENT, "These are no messages of ours."), at, to: z.string().max(320) })
    .nullable()
    .default(null),
});
export type FlowSettings = z.infer<typeof flowSettings>;

export const flowAtFirst: FlowSettings = {
  access: "consent",
  domains: [],
  regions: [...DEFAULT_JOURNAL_REGIONS],
  addresses: {},
  counts: [],
  sent: null,
};
