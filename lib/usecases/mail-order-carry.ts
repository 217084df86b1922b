/** The messages of an order, carried out: each claimed and committed before the vendor is asked, and settled by its answer or, where that was lost, by its record. */
import type { Problem } from "@/lib/base/result";
import type { Folder } from "@/lib/model/destinations";
import type { MailItem } from "@/lib/model/mail-order";
import { isNotDone } from "./mail-order-halt";
import { settleByRecord, type Work } from "./mail-order-record";
import { asBefore, byAnswer } from "./mail-order-results";
import { keepResults } from "./mail-order-settle";

/** `isMore`: something still waits. `problem`: why the vendor could not be asked, or did not answer. */
export type Carried = { readonly isMore: boolean; readonly problem: Problem | null };

/** A worker that stood still for so long after its claim is taken for dead by others: it asks for nothing any more. */
const STALE_MS = 30_000;

async function askFor({ deps, order, access }: Work, items: readonly MailItem[], destination: Folder | null) {
  const ids = items.map(({ message }) => message);
  if (order.kind === "release") return deps.messages.release(access, ids);
  if (destination === null) throw new Error("A message without a destination is not moved.");
  return deps.messages.move(access, ids, destination);
}

/** @returns null when nothing waits. */
async function once(work: Work, most: number): Promise<Carried | null> {
  const { deps, mail, order } = work;
  const began = performance.now();
  const items = await deps.store.mailItems.claim(mail.tenant, order, { most, at: deps.clock.now() });
  const [first] = items;
  if (!first) return null;
  if (performance.now() - began > STALE_MS) return { isMore: false, problem: null };
  const answer = await askFor(work, items, first.destination);
  const at = deps.clock.now();
  if (answer.ok) {
    const results = items.flatMap((item) => byAnswer(order, item, answer.value.get(item.message), at) ?? []);
    await keepResults(work, items, results);
    return { isMore: true, problem: null };
  }
  if (isNotDone(answer.problem)) await keepResults(work, items, items.map(asBefore));
  return { isMore: true, problem: answer.problem };
}

/** Until nothing waits, or so many were asked for that others should have their turn. */
export async function carry(work: Work, { most, times }: { readonly most: number; readonly times: number }): Promise<Carried> {
  const { deps, mail, order } = work;
  const recorded = await settleByRecord(work);
  if (recorded) return { isMore: true, problem: recorded };
  await deps.store.mailItems.again(mail.tenant, order, { at: deps.clock.now(), all: false, never: [] });
  for (let time = 0; time < times; time++) {
    const done = await once(work, most);
    if (done === null) return { isMore: false, problem: null };
    if (done.problem || !done.isMore) return done;
  }
  return { isMore: true, problem: null };
}
