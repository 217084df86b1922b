/** How far back the standing order looks: half an hour each minute, and a day each hour, so that nothing is missed that the vendor shows late. */
import type { Reached } from "@/lib/model/mail-order";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const LOOK_EVERY_MS = MINUTE_MS;
/** Looks overlap: pages come late or twice, and the vendor's clock may be wrong by as much. */
export const BACK_MS = 30 * MINUTE_MS;
const DEEP_EVERY_MS = HOUR_MS;
/** The vendor changes verdicts up to a day after delivery (its documentation, post-delivery detection). */
const VERDICT_MS = 24 * HOUR_MS;

export type Look = NonNullable<Reached["open"]>;

/** From where a verdict may still be new to us. */
export const deepFrom = ({ since, until, deepAt }: Pick<Reached, "since" | "until" | "deepAt">): number =>
  Math.max(since, Math.min(until - BACK_MS, deepAt - VERDICT_MS));

/** Two machines of ours differ by less. */
const APART_MS = MINUTE_MS;
const isAhead = (at: number, now: number): boolean => at > now + APART_MS;

/** The look that is under way, or the next one: from where the last of its kind ended, however long ago that was. */
export function lookAt(reached: Reached, now: number): Look {
  const { since, until, deepAt, open } = reached;
  if (open && !isAhead(open.until, now)) return open;
  // A clock that was set back: what it reached while it was wrong is looked at again, as far back as any look goes.
  const isDeep = now - deepAt >= DEEP_EVERY_MS || isAhead(Math.max(until, deepAt), now);
  const from = isDeep ? deepFrom({ since, until: Math.min(until, now), deepAt: Math.min(deepAt, now) }) : Math.max(since, until - BACK_MS);
  return { from: Math.min(from, now), until: now, cursor: null, isDeep };
}

/** @param next where the page after this one begins; null: it was the last. */
export function reachedBy(reached: Reached, look: Look, next: string | null): Reached {
  if (next !== null) return { ...reached, open: { ...look, cursor: next } };
  return { ...reached, until: look.until, deepAt: look.isDeep ? look.until : reached.deepAt, open: null };
}

/** Beyond what any look goes back to, with the longest outage that is made up for. */
export const FORGET_MS = 60 * 24 * HOUR_MS;
