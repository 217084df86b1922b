/** Which detections of a page the standing order takes up: none twice, none that somebody has moved or released, and none together with the vendor. */
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import { type FoundMessage, isByVendor, rowOfVerdict, showsMove } from "@/lib/model/found-message";
import type { ItemReason } from "@/lib/model/item-reasons";
import type { MailOrder, Table } from "@/lib/model/mail-order";
import type { NewItem } from "@/lib/store/mail-item-rows";
import { isAway, itemOf } from "./mail-order-item";
import type { Work } from "./mail-order-record";

const BOTH: Problem = {
  code: "moved",
  say: "Both would move: the vendor’s own auto-retract has moved a message, so Cutover stopped moving.",
  fix: "Turn one of the two off: the vendor’s in its dashboard, or choose the vendor in the step. Then turn this on again, if Cutover is to move.",
  step: "auto-retract",
};
/** Logs read a page; who moved the others is not asked. */
const MOST_LOGS = 20;

export const folderFor = (table: Table, { disposition }: Pick<FoundMessage, "disposition">) => {
  const row = rowOfVerdict(disposition);
  return row === null ? null : table[row];
};

const wasReleased = ({ operations }: FoundMessage): boolean => operations.some((one) => one.includes("RELEASE"));

/** Why it is not for this order to touch; null: it is. */
export function leftFor(row: FoundMessage, ours: ReadonlySet<string>): ItemReason | null {
  if (ours.has(row.id)) return "ours";
  if (showsMove(row)) return "moved";
  return wasReleased(row) ? "released" : null;
}

/** Two pages may show one message; the newer of two says what it is now. */
const single = (rows: readonly FoundMessage[]): readonly FoundMessage[] => [...new Map(rows.map((row) => [row.id, row])).values()];

/** @returns why the order must stop, or pause; null when nothing shows that the vendor moves as well. */
async function movedByVendor({ deps, access }: Work, moved: readonly FoundMessage[]): Promise<Problem | null> {
  for (const { id } of moved.slice(0, MOST_LOGS)) {
    const log = await deps.messages.actions(access, id);
    if (!log.ok && log.problem.code !== "gone") return log.problem;
    if (log.ok && log.value.some(isByVendor)) return BOTH;
  }
  return null;
}

export async function judged(
  work: Work,
  order: Pick<MailOrder, "id" | "table" | "reached">,
  rows: readonly FoundMessage[],
): Promise<Result<readonly NewItem[]>> {
  const { deps, mail } = work;
  const { table, reached } = order;
  if (!table || !reached) return no("gone", "Auto-retract has no table.", { fix: "Turn it on again." });
  const since = (row: FoundMessage) => row.at <= 0 || row.at >= reached.since;
  const meant = single(rows).filter((row) => folderFor(table, row) !== null && since(row) && !isAway(row));
  const ids = meant.map(({ id }) => id);
  const held = await deps.store.mailItems.held(mail.tenant, order, ids);
  const fresh = meant.filter(({ id }) => !held.has(id));
  const ours = await deps.store.mailItems.known(
    mail.tenant,
    fresh.map(({ id }) => id),
  );
  const problem = await movedByVendor(
    work,
    fresh.filter((row) => leftFor(row, ours) === "moved"),
  );
  if (problem) return { ok: false, problem };
  return ok(fresh.map((row) => itemOf(row, folderFor(table, row), leftFor(row, ours))));
}
