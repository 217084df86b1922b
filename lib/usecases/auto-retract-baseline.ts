/**
 * What is there already when auto-retract is turned on, and is none of its business: kept as left alone. Told by the vendor's record itself and not
 * by time, so that a vendor's clock that is behind takes up nothing old, and one that is wrong misses nothing new.
 */
import { no, ok, type Result } from "@/lib/base/result";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import { type FoundMessage, rowOfVerdict } from "@/lib/model/found-message";
import type { MailOrder, Reached, Table } from "@/lib/model/mail-order";
import { MOST_AT_ONCE, paramsOf, searchOf } from "@/lib/model/mail-search";
import type { NewItem } from "@/lib/store/mail-item-rows";
import { BACK_MS, deepFrom } from "./auto-retract-window";
import type { Deps } from "./deps";
import { itemOf } from "./mail-order-item";

const MOST_PAGES = 20;
const TOO_MANY = no(
  "not-ready",
  "There were too many detections in the last day to let another table take over while auto-retract is on.",
  {
    fix: "Turn it off, then on again: then it begins with what is detected from that moment on.",
  },
);

/** `before`: the standing order where it is on already, with another table. */
type Asked = { readonly before: MailOrder | null; readonly table: Table; readonly at: number };
type Baseline = { readonly items: readonly NewItem[]; readonly reached: Reached | null };

export async function baselineOf(deps: Deps, access: CloudflareAccess, { before, table, at }: Asked): Promise<Result<Baseline>> {
  const from = before?.reached ? deepFrom(before.reached) : at - BACK_MS;
  /** By the table before it would not have been moved, and by this one it would. */
  const isNew = ({ disposition }: FoundMessage): boolean => {
    const row = rowOfVerdict(disposition);
    return row !== null && table[row] !== null && !before?.table?.[row];
  };
  const search = { ...searchOf(paramsOf({}), at), from, until: at };
  const rows: FoundMessage[] = [];
  let cursor: string | null = null;
  let floor = from;
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = await deps.messages.search(access, search, { cursor, most: MOST_AT_ONCE });
    if (!found.ok) return found;
    rows.push(...found.value.rows);
    cursor = found.value.next;
    // More than anybody has in half an hour: newest first, so what is older than the last one is left out by its time.
    floor = cursor === null ? from : (found.value.rows.at(-1)?.at ?? floor);
    if (cursor === null) break;
  }
  // What was not looked at would be taken up by the new table, though it was there before.
  if (before?.reached && cursor !== null) return TOO_MANY;
  const items = rows.filter(isNew).map((row) => itemOf(row, null, "before"));
  return ok({ items, reached: before?.reached ? null : { since: floor, until: at, deepAt: at, account: access.accountId, open: null } });
}
