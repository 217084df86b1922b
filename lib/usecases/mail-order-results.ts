/** What an answer, or the vendor's record, means for a message of an order: done for everybody, to be tried again, or failed. */
import { FOLDERS, type Folder } from "@/lib/model/destinations";
import type { ActionEntry } from "@/lib/model/found-message";
import type { ItemReason } from "@/lib/model/item-reasons";
import { type MailItem, type MailOrder, MOST_TRIES, type Outcome, RETRY_MS } from "@/lib/model/mail-order";
import { isWorthATry } from "@/lib/model/move-reasons";
import type { Settled } from "@/lib/store/mail-item-turns";

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whoever it worked for once is done with: a later try is about the others. */
export function merged(before: readonly Outcome[], now: readonly Outcome[]): readonly Outcome[] {
  const right = before.filter(({ success }) => success);
  const fresh = now.filter(({ recipient }) => !right.some((one) => same(one.recipient, recipient)));
  const silent = before.filter((one) => !one.success && !now.some(({ recipient }) => same(recipient, one.recipient)));
  return [...right, ...silent, ...fresh];
}

type Kind = Pick<MailOrder, "kind">;

/** A release is a delivery, and whoever has the message would get it twice: once somebody has it, it is not released again. */
function failedAs({ kind }: Kind, item: MailItem, outcomes: readonly Outcome[], at: number): Pick<Settled, "retryAt" | "reason"> {
  const failed = outcomes.filter(({ success }) => !success);
  const partly: ItemReason = "partly";
  if (kind === "release") return { retryAt: null, reason: failed.length < outcomes.length ? partly : null };
  const isAgain = item.tries < MOST_TRIES && failed.some(({ status }) => isWorthATry(status));
  return { retryAt: isAgain ? at + RETRY_MS : null, reason: null };
}

/** By what the vendor answered; of a message that it does not speak of nothing is known. */
export function byAnswer(order: Kind, item: MailItem, said: readonly Outcome[] | undefined, at: number): Settled | null {
  if (!said || said.length === 0) return null;
  const outcomes = merged(item.outcomes, said);
  const isDone = outcomes.every(({ success }) => success);
  const end = isDone ? { retryAt: null, reason: null } : failedAs(order, item, outcomes, at);
  return { claim: item, state: isDone ? "done" : "failed", outcomes, tries: item.tries, ...end };
}

/** The vendor was certainly not reached: it waits as before, and that was no try. */
export const asBefore = (item: MailItem): Settled => ({
  ...{ claim: item, state: "waiting", outcomes: item.outcomes, tries: item.tries - 1, retryAt: null, reason: null },
});

/** The record shows nothing of it: to be done, unless that has been so too often, or nobody wants it any more. */
export function unseen(item: MailItem, isWanted: boolean): Settled {
  const reason: ItemReason = isWanted ? "unanswered" : "off";
  const isEnd = !isWanted || item.tries >= MOST_TRIES;
  const state = !isWanted ? "left" : isEnd ? "failed" : "waiting";
  return { claim: item, state, outcomes: item.outcomes, tries: item.tries, retryAt: null, reason: isEnd ? reason : null };
}

/** What the record shows of a message that nobody wants moved any more: kept, and not asked for again. */
export const notAgain = (seen: Settled): Settled =>
  seen.state === "waiting" ? { ...seen, state: "left", reason: "off" satisfies ItemReason } : { ...seen, retryAt: null };

/** An entry so much older than our asking is of another order; the vendor's clock may be wrong by as much. */
const SKEW_MS = 3_600_000;
/** In the log's words, and older ones for the same. */
const OPERATIONS = { move: /^MOVE/, release: /RELEASE/ } as const;

/** The newest entry about each mailbox says where its copy is now: the log is oldest first, so that the order of times counts and not their values. */
function lastOf(log: readonly ActionEntry[], operation: RegExp, since: number): ReadonlyMap<string, ActionEntry> {
  const own = log.filter((entry) => operation.test(entry.operation) && (entry.at === null || entry.at >= since));
  return new Map(own.map((entry) => [entry.recipient.toLowerCase(), entry]));
}

/**
 * Moved on to another folder since, or before: that says nothing about ours. How the log spells folders is not on record: one that we do not
 * know may be ours, and what may be done is not done again.
 */
const isElsewhere = ({ success, folder }: ActionEntry, to: Folder | null): boolean =>
  success !== false && to !== null && !same(folder, to) && FOLDERS.some((one) => same(one, folder));

/** By the vendor's own log, after an answer was lost. Null: it shows nothing of ours. */
export function byRecord(order: Kind, item: MailItem, log: readonly ActionEntry[], at: number): Settled | null {
  const isRelease = order.kind === "release";
  const last = lastOf(log, isRelease ? OPERATIONS.release : OPERATIONS.move, (item.askedAt ?? 0) - SKEW_MS);
  const people = item.about.recipients.length > 0 ? item.about.recipients : [...last.values()].map(({ recipient }) => recipient);
  const outcomes = people.flatMap((recipient): readonly Outcome[] => {
    const entry = last.get(recipient.toLowerCase()) ?? last.get("");
    if (!entry || isElsewhere(entry, isRelease ? null : item.destination)) return [];
    return [{ recipient, success: entry.success !== false, status: entry.status }];
  });
  if (outcomes.length === 0) return null;
  const seen = merged(item.outcomes, outcomes);
  const isWhole = people.every((one) => seen.some(({ recipient }) => same(recipient, one)));
  // Seen for some only: it is asked for again as a whole, since the vendor knows no single mailbox. Of a release the others were not held back.
  if (!isWhole && !isRelease) return { ...unseen(item, true), outcomes: seen };
  return byAnswer(order, item, outcomes, at);
}
