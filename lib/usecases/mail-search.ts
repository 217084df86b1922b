/** A search of mail, page by page as the browser asks for it; written down once an hour for each person and search. */
import { createHash } from "node:crypto";
import { ok, type Result } from "@/lib/base/result";
import type { FoundMessage } from "@/lib/model/found-message";
import { addressOf, type MailSearch, type SearchParams, searchOf } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import { clipped, escaped, MOST_SHOWN } from "@/lib/model/strange-text";
import type { Deps } from "./deps";
import { mailAccess } from "./mail-opening";
import type { MailPlace, MailRow, MailRows } from "./views/mail";

/** `at`: when the search was first made; null: now. `cursor` null: the first page. */
export type MailAsk = {
  readonly place: MailPlace;
  readonly params: SearchParams;
  readonly at: number | null;
  readonly cursor: string | null;
};

/** As many rows as fill a few screens; the vendor gives up to 1,000, which takes it longer than somebody likes to wait for the first. */
export const MAIL_PAGE = 200;
const MOST_TO = 3;
const HOUR_MS = 3_600_000;
/** So far back is looked for the same search; whoever makes more in an hour is written down more often, which does no harm. */
const MOST_LOOKED = 100;

/** The quarantine is what the vendor holds back, detection or not. */
export const placed = (place: MailPlace, params: SearchParams): SearchParams =>
  place === "quarantine" ? { ...params, status: "quarantined", all: "yes" } : params;

/** @returns the search and the moment that it is fixed at. */
export function fixed({ place, params, at }: Omit<MailAsk, "cursor">, now: number): { readonly search: MailSearch; readonly at: number } {
  const made = at === null ? now : Math.min(at, now);
  return { search: searchOf(placed(place, params), made), at: made };
}

const short = (text: string) => clipped(text, MOST_SHOWN);

export function rowOf(message: FoundMessage): MailRow {
  const all = message.recipients.length > 0 ? message.recipients : message.to;
  const { id, at, disposition, deliveryMode, deliveryStatus, isQuarantined } = message;
  return {
    ...{ id, at, disposition, deliveryMode, deliveryStatus, isQuarantined },
    from: short(message.from),
    fromName: short(message.fromName),
    envelopeFrom: short(message.envelopeFrom),
    to: all.slice(0, MOST_TO).map(short),
    moreTo: Math.max(0, all.length - MOST_TO),
    subject: short(message.subject),
    messageId: short(message.messageId),
    alertId: short(message.alertId),
  };
}

const VALUES: readonly (readonly [keyof SearchParams, string])[] = [
  ["sender", "sender"],
  ["recipient", "recipient"],
  ["domain", "domain"],
  ["message", "Message-ID"],
  ["alert", "alert"],
  ["disposition", "disposition"],
  ["status", "delivery status"],
  ["from", "from"],
  ["until", "until"],
];

/** Another moment finds other mail, so it is part of the search; the moment at which somebody began to scroll is not. */
const asOf = (at: number | null, now: number): string => (at !== null && now - at > HOUR_MS ? new Date(at).toISOString().slice(0, 10) : "");

/** Whose mail was looked for is said to everybody who may open the setup; words of a subject may be the mail itself, and are not. */
export function wordsOfSearch({ params, at }: Pick<MailAsk, "params" | "at">, now: number): string {
  const values = VALUES.flatMap(([name, title]) => (params[name] === "" ? [] : `${title} ${escaped(params[name], 100)}`));
  const words = [...(params.q === "" ? [] : ["words"]), ...(params.subject === "" ? [] : ["words of the subject"])];
  const day = asOf(at, now);
  return [...values, ...words, ...(day === "" ? [] : [`as of ${day}`])].join(", ");
}

const markOf = ({ place, params, at }: MailAsk, now: number): string =>
  createHash("sha256")
    .update(`${place} ${addressOf(params)} ${asOf(at, now)}`)
    .digest("hex")
    .slice(0, 16);

const isMarked = (detail: unknown, mark: string): boolean =>
  typeof detail === "object" && detail !== null && "mark" in detail && detail.mark === mark;

type Look = { readonly mark: string; readonly place: MailPlace | "preview"; readonly say: string };

/** Once an hour for each person and look. */
export async function noteLook(deps: Deps, { tenant }: MailScope, look: Look): Promise<void> {
  const now = deps.clock.now();
  const last = await deps.store.events.list(tenant, { kinds: ["mail-searched"], limit: MOST_LOOKED });
  const isNoted = last.some((e) => e.actor.id === tenant.actor.id && Math.abs(now - e.at) < HOUR_MS && isMarked(e.detail, look.mark));
  if (isNoted) return;
  await deps.store.events.add(tenant, { kind: "mail-searched", at: now, detail: look });
}

const lookOf = (asked: MailAsk, now: number): Look => ({ mark: markOf(asked, now), place: asked.place, say: wordsOfSearch(asked, now) });

export const searchMail =
  (deps: Deps) =>
  async (mail: MailScope, asked: MailAsk): Promise<Result<MailRows>> => {
    const access = await mailAccess(deps, mail);
    if (!access.ok) return access;
    const { search, at } = fixed(asked, deps.clock.now());
    // Written down whatever the vendor answers, and not waited for before it is asked.
    const [found] = await Promise.all([
      deps.messages.search(access.value, search, { cursor: asked.cursor, most: MAIL_PAGE }),
      noteLook(deps, mail, lookOf(asked, deps.clock.now())),
    ]);
    return found.ok ? ok({ rows: found.value.rows.map(rowOf), next: found.value.next, at }) : found;
  };
