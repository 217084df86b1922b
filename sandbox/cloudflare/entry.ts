/** What the vendor knows of one message since it looked at it, however the message came: by MX, as a journal report, or made up. */
import type { GeneratedMessage } from "../history/generated";
import type { JournalReport } from "../journal/state";
import { dispositionOf } from "../mail/disposition";
import { decoded, headerOf, headersOf } from "../mail/headers";
import type { Message } from "../mail/message";
import { hexId } from "./account";

export type Origin =
  /** One copy a recipient. */
  { kind: "mx"; copies: Message[] } | { kind: "journal"; report: JournalReport } | { kind: "made-up"; number: number; wasHeld: boolean };

export type Entry = {
  /** The investigate id. */
  id: string;
  postfix: string;
  at: number;
  mode: "DIRECT" | "JOURNAL";
  messageId: string;
  /** Envelope sender. */
  sender: string;
  from: string;
  fromName: string | null;
  recipients: string[];
  subject: string;
  /** Of the first look; see `verdictOf`. */
  disposition: string;
  helo: string | null;
  /** A domain that a link in it names. */
  linkDomain: string | null;
  attachment: string | null;
  origin: Origin;
  /** See `textOf`. */
  text?: string;
};

/** What a search for words looks through, lower case; put together for those who are searched, once. */
export function textOf(entry: Entry): string {
  if (entry.text !== undefined) return entry.text;
  const { from, fromName, sender, recipients, subject, messageId, attachment } = entry;
  entry.text = [from, fromName ?? "", sender, recipients.join(" "), subject, messageId, attachment ?? ""].join("\n").toLowerCase();
  return entry.text;
}

const seconds = (at: number) => new Date(at).toISOString().slice(0, 19);

/** `4Njp3P0STMz2c02Q-2024-01-05T10:00:00-12345678` is what one looks like. */
const named = (id: string, at: number) => {
  const postfix = hexId(id).slice(0, 12).toUpperCase();
  return { id: `${postfix}-${seconds(at)}-${hexId(id).slice(-8)}`, postfix };
};

/** The From header's display name. */
const nameIn = (from: string | undefined) => /^\s*"?([^"<]*?)"?\s*</.exec(decoded(from ?? ""))?.[1] || null;

/** Of what never changes of a message: reading its header costs more than everything else. */
const read = new WeakMap<Message, { disposition: string; fromName: string | null }>();

function readOnce(message: Message) {
  const known = read.get(message);
  if (known) return known;
  const found = { disposition: dispositionOf(message.raw), fromName: nameIn(headerOf(headersOf(message.raw), "From")) };
  read.set(message, found);
  return found;
}

/** The copies of one message by MX are one entry. */
export function byMx(first: Message, copies: Message[]): Entry {
  const { traceId, at, messageId, mailFrom, from, subject, fromIp } = first;
  return {
    ...named(`${traceId}/mx`, at),
    ...{ at, mode: "DIRECT", messageId, sender: mailFrom, from, recipients: copies.map(({ to }) => to), subject, ...readOnce(first) },
    ...{ helo: fromIp, linkDomain: null, attachment: null, origin: { kind: "mx", copies } },
  };
}

const reports = new WeakMap<JournalReport, Entry>();

/** Null for what was not scanned. */
export function byJournal(report: JournalReport): Entry | null {
  const { id, at, messageId, sender, recipients, subject, disposition } = report;
  if (disposition === null) return null;
  const known = reports.get(report);
  if (known) return known;
  const entry: Entry = {
    ...named(id, at),
    ...{ at, mode: "JOURNAL", messageId, sender, from: sender, fromName: null, recipients, subject, disposition },
    ...{ helo: null, linkDomain: null, attachment: null, origin: { kind: "journal", report } },
  };
  reports.set(report, entry);
  return entry;
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, "0");
/** Spreads numbers over ids; odd, so that no two meet. */
const spread = 0x9e3779b1;

/** Of a message as it was at first. The number stands in the id's last part, so that it is found without looking for it. */
export function madeUp(message: GeneratedMessage): Entry {
  const { number, at, mode, messageId, mailFrom, from, fromName, recipients, subject, disposition, fromIp, link, attachment, isHeld } =
    message;
  const postfix = `4${hex(Math.imul(number + 1, spread) >>> 0, 8)}${hex(number % 4096, 3)}`.toUpperCase();
  return {
    ...{ id: `${postfix}-${seconds(at)}-${hex(number, 8)}`, postfix, at, mode, messageId, sender: mailFrom, from, fromName },
    ...{ recipients, subject, disposition, helo: fromIp, attachment, origin: { kind: "made-up", number, wasHeld: isHeld } },
    linkDomain: link === null ? null : (/^https?:\/\/([^/]+)/.exec(link)?.[1] ?? null),
  };
}

export const numberIn = (id: string): number => Number.parseInt(id.slice(-8), 16);

type Place = Pick<Entry, "at" | "id">;
/** Of one moment by the id's last part, then by the whole: made-up mail of one moment then stands by its number. */
const placeOf = ({ id }: Place): string => `${id.slice(-8)} ${id}`;

export function newestFirst(one: Place, other: Place): number {
  if (one.at !== other.at) return other.at - one.at;
  const [a, b] = [placeOf(one), placeOf(other)];
  return a < b ? 1 : a > b ? -1 : 0;
}
