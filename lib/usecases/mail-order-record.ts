/** After a cut: messages that the vendor was asked about without an answer on record. Its own record is read before anything is asked again. */
import { ok, type Problem, type Result } from "@/lib/base/result";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { ActionEntry } from "@/lib/model/found-message";
import type { MailItem, MailOrder } from "@/lib/model/mail-order";
import { MOST_AT_ONCE, paramsOf, searchOf } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import type { Settled } from "@/lib/store/mail-item-turns";
import type { Deps } from "./deps";
import { byRecord, notAgain, unseen } from "./mail-order-results";
import { keepResults } from "./mail-order-settle";

/** An order at work. */
export type Work = {
  readonly deps: Deps;
  readonly mail: MailScope;
  readonly order: Pick<MailOrder, "id" | "kind" | "agreedAt">;
  readonly access: CloudflareAccess;
};
/**
 * From the asking on. A move may take the vendor three minutes (MANY_MOVES in clouds/cloudflare/messages.ts), also when we were cut off or gave
 * up; what was done shows in the search only after a while (two more; guessed: the vendor publishes no time).
 */
export const INDEX_MS = 5 * 60_000;
/** Settled as often, so that a limit of the vendor's does not undo what was read. */
const AT_ONCE = 50;
/** Around the times of the messages, by the vendor's stamps. */
const MARGIN_MS = 60_000;
const MOST_PAGES = 50;

/** Of these, the ones that the vendor shows as moved; all of them where it does not say when it saw them. */
async function shown({ deps, access, order }: Work, items: readonly MailItem[]): Promise<Result<ReadonlySet<string>>> {
  const all = new Set(items.map(({ message }) => message));
  const times = items.map(({ at }) => at);
  const now = deps.clock.now();
  // A search of moves shows no releases, and none reaches beyond our now, which the vendor's clock may be ahead of.
  if (order.kind === "release" || times.some((at) => at <= 0 || at > now)) return ok(all);
  const until = Math.min(now, Math.max(...times) + MARGIN_MS);
  const search = { ...searchOf(paramsOf({ all: "yes" }), now), from: Math.min(...times) - MARGIN_MS, until };
  const found = new Set<string>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await deps.messages.search(access, search, { cursor, most: MOST_AT_ONCE, isMoved: true });
    if (!answer.ok) return answer;
    for (const { id } of answer.value.rows) if (all.has(id)) found.add(id);
    cursor = answer.value.next;
    if (cursor === null || found.size === all.size) return ok(found);
  }
  return ok(all); // too many to tell this way: each is asked about
}

async function logOf({ deps, access }: Work, { message }: MailItem): Promise<Result<readonly ActionEntry[]>> {
  const log = await deps.messages.actions(access, message);
  // A message that is not there any more was not moved either.
  return log.ok || log.problem.code !== "gone" ? log : ok([]);
}

/** @returns why it could not be read; null when none of them is left, or none has waited long enough. */
export async function settleByRecord(work: Work): Promise<Problem | null> {
  const { deps, mail, order } = work;
  const now = deps.clock.now();
  const items = await deps.store.mailItems.asked(mail.tenant, order, { most: MOST_AT_ONCE, before: now - INDEX_MS });
  if (items.length === 0) return null;
  const moved = await shown(work, items);
  if (!moved.ok) return moved.problem;
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const results: Settled[] = [];
    let problem: Problem | null = null;
    for (const item of items.slice(from, from + AT_ONCE)) {
      const log: Result<readonly ActionEntry[]> = moved.value.has(item.message) ? await logOf(work, item) : ok([]);
      if (!log.ok) problem = log.problem;
      if (!log.ok) break;
      // Of a stretch before the standing order was turned off, nobody wants what was not done.
      const isWanted = order.kind !== "auto" || (item.askedAt ?? 0) >= (order.agreedAt ?? 0);
      const seen = byRecord(order, item, log.value, now) ?? unseen(item, isWanted);
      results.push(isWanted ? seen : notAgain(seen));
    }
    await keepResults(work, items, results);
    if (problem) return problem;
  }
  return null;
}
