/** From when nobody remembers the old mail records any more: the earliest safe switch. */
import type { Moment } from "@/lib/model/query";

const DAY_SECONDS = 86_400;

export type Safe = {
  /** ms since 1970; 0 when there is nothing to wait for. */
  readonly at: number;
  /** What the time rests on. */
  readonly because: "seen" | "word" | "resolver" | "unknown";
  /** The old TTL in seconds that was reckoned with. */
  readonly oldTtl: number;
};

export type History = {
  /** What the authoritative servers had configured, oldest first. */
  readonly configured: readonly Moment<"mx">[];
  /** What public resolvers had left. */
  readonly remembered: readonly Moment<"resolvers">[];
  /** The old TTL by the admin's word, in seconds. */
  readonly word: number | undefined;
};

const ttlOf = (m: Moment<"mx">): number => Math.max(0, ...m.rows.map((row) => row.ttl));
const longestLeft = (m: Moment<"resolvers">): number => Math.max(0, ...m.rows.flatMap((row) => row.seen.map((s) => s.ttl ?? 0)));

/** Seen high before: a copy taken at the last moment of a stretch lives for that stretch's TTL after the next one began. */
function fromSeen(configured: readonly Moment<"mx">[], low: number): Safe | null {
  const lastHigh = configured.findLastIndex((m) => ttlOf(m) > low);
  if (lastHigh < 0) return null;
  const ends = configured.slice(0, lastHigh + 1).flatMap((m, i) => {
    const next = configured[i + 1];
    return next && ttlOf(m) > low ? [{ at: next.first + ttlOf(m) * 1000, oldTtl: ttlOf(m) }] : [];
  });
  const latest = ends.reduce((a, b) => (b.at > a.at ? b : a), { at: 0, oldTtl: 0 });
  return { ...latest, because: "seen" };
}

/** Already low at the first look: a resolver with more left than we find configured proves the old TTL to have been at least that. */
export function safeSwitch({ configured, remembered, word }: History, low: number): Safe {
  const seen = fromSeen(configured, low);
  if (seen) return seen;
  const firstLow = configured[0]?.first ?? 0;
  const proven = Math.max(0, ...remembered.filter((m) => longestLeft(m) > low).map((m) => m.last + longestLeft(m) * 1000));
  const byWord = word === undefined ? 0 : firstLow + word * 1000;
  if (proven > byWord) return { at: proven, because: "resolver", oldTtl: Math.ceil((proven - firstLow) / 1000) };
  if (word !== undefined) return { at: byWord, because: "word", oldTtl: word };
  return { at: firstLow + DAY_SECONDS * 1000, because: "unknown", oldTtl: DAY_SECONDS };
}
