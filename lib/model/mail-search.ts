/** A search of mail as data: what a form sends, what an address (URL) holds, and what the vendor is asked. */
import { z } from "zod";
import { DELIVERY_STATUSES, DISPOSITIONS } from "./found-message";

const DAY_MS = 86_400_000;
/** The vendor's own default; it keeps 12 months for enterprises and 3 for others. */
export const USUAL_DAYS = 30;
/** As the vendor's search counts: one page of an answer may have so many messages, and a bulk action takes no more. */
export const MOST_AT_ONCE = 1_000;

export type MailSearch = {
  readonly query: string;
  /** An address or a domain. */
  readonly sender: string;
  readonly recipient: string;
  /** Words of the subject in any order. */
  readonly subject: string;
  readonly domain: string;
  readonly messageId: string;
  readonly alertId: string;
  /** ms since 1970. `until` is fixed when the search is made: mail that comes later does not move what is shown. */
  readonly from: number;
  readonly until: number;
  readonly disposition: string;
  readonly deliveryStatus: string;
  readonly detectionsOnly: boolean;
};

const text = z
  .string()
  .trim()
  .max(1_000, "Shorten this to 1,000 characters.")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  .transform((v) => v.replace(/[\u0000-\u001f\u007f]/g, " "))
  .catch("");
const day = z
  .string()
  .trim()
  .regex(/^(\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?)?$/)
  .catch("");

const shape = z.object({
  q: text.default(""),
  sender: text.default(""),
  recipient: text.default(""),
  subject: text.default(""),
  domain: text.default(""),
  message: text.default(""),
  alert: text.default(""),
  from: day.default(""),
  until: day.default(""),
  disposition: z
    .enum([...DISPOSITIONS, "NONE", ""])
    .catch("")
    .default(""),
  status: z
    .enum([...DELIVERY_STATUSES, ""])
    .catch("")
    .default(""),
  all: z.enum(["yes", ""]).catch("").default(""),
});
/** The names in the address, short enough to read. */
export type SearchParams = z.infer<typeof shape>;

type Raw = Readonly<Record<string, string | readonly string[] | undefined>>;
const single = (raw: Raw) => Object.fromEntries(Object.entries(raw).map(([name, v]) => [name, Array.isArray(v) ? v[0] : v]));

/** Whatever an address holds becomes a search: what it does not understand counts as not asked. */
export const paramsOf = (raw: Raw): SearchParams => shape.parse(single(raw));

const momentOf = (written: string): number | null => {
  const at = Date.parse(written);
  return Number.isNaN(at) ? null : at;
};

/** A day is meant whole: until its last moment. Neither end lies in the future, which the vendor would refuse. */
export function searchOf(params: SearchParams, now: number): MailSearch {
  const isDay = params.until.length === "2026-01-01".length;
  const typed = momentOf(params.until);
  const until = Math.min(now, typed === null ? now : typed + (isDay ? DAY_MS - 1 : 0));
  const from = Math.min(momentOf(params.from) ?? until - USUAL_DAYS * DAY_MS, until);
  return {
    query: params.q,
    sender: params.sender,
    recipient: params.recipient,
    subject: params.subject,
    domain: params.domain,
    messageId: params.message,
    alertId: params.alert,
    from,
    until,
    disposition: params.disposition,
    deliveryStatus: params.status,
    // Who asks for clean mail by its disposition means it.
    detectionsOnly: params.all !== "yes" && params.disposition !== "NONE",
  };
}

/** Back into an address; what was not asked is left out. */
export function addressOf(params: SearchParams): string {
  const entries = Object.entries(params).filter(([, value]) => value !== "");
  return new URLSearchParams(entries).toString();
}
