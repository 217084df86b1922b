/** Why a message of an order was left alone, or failed as a whole, in words. */

const REASONS = {
  before: "It was there already when auto-retract was turned on.",
  moved: "Somebody had moved it already, so it was left where it is.",
  released: "Somebody released it from the quarantine, so it stays where it was delivered.",
  ours: "Another order moves it already.",
  held: "It is held in the quarantine and was never delivered: there is nothing to move.",
  free: "It is not held in the quarantine: there is nothing to release.",
  off: "Auto-retract was turned off, or stopped, before its turn came.",
  table: "The table was changed before its turn came, and leaves it where it is.",
  cancelled: "The order was cancelled before its turn came.",
  partly: "Some have it now and some do not. It is not released again: those who have it would get it twice.",
  unanswered:
    "The vendor was asked again and again, and its record shows nothing of it. Try again later, or move it in the vendor’s dashboard.",
} as const;

export type ItemReason = keyof typeof REASONS;

const isReason = (text: string): text is ItemReason => Object.hasOwn(REASONS, text);
export const sayReason = (reason: string): string => (isReason(reason) ? REASONS[reason] : reason);

/** Trying these again would do harm. */
export const NEVER_AGAIN: readonly ItemReason[] = ["partly"];

/** What the vendor says of a release that failed tells nothing more than that. */
export const NOT_RELEASED = {
  say: "The vendor could not deliver it.",
  remedy: "Look at the message’s trace for why, and release it again when that is over.",
};
