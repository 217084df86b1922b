/** Which messages of a list are chosen: one, several, a stretch, all that are loaded, or all that the search finds. */
import { MOST_AT_ONCE } from "@/lib/model/mail-search";

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** All that the search finds, also those that are not loaded. More than can be acted on at once are refused, not cut off. */
  readonly isAll: boolean;
  /** Where a stretch begins. */
  readonly anchor: number;
};

export const NOTHING: Selection = { ids: new Set(), isAll: false, anchor: 0 };

type Rows = readonly { readonly id: string }[];

/** No more than can be acted on: those chosen first stay. */
function bounded(ids: Iterable<string>): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const id of ids) {
    if (kept.size >= MOST_AT_ONCE) break;
    kept.add(id);
  }
  return kept;
}

export function toggled({ ids }: Selection, rows: Rows, at: number): Selection {
  const id = rows[at]?.id;
  if (id === undefined) return { ids, isAll: false, anchor: at };
  const rest = [...ids].filter((one) => one !== id);
  return { ids: bounded(rest.length < ids.size ? rest : [...ids, id]), isAll: false, anchor: at };
}

/** Besides what is chosen, everything between where the stretch began and `to`. */
export function stretched({ ids, anchor }: Selection, rows: Rows, to: number): Selection {
  const [first, last] = [Math.min(anchor, to), Math.max(anchor, to)];
  return { ids: bounded([...ids, ...rows.slice(first, last + 1).map(({ id }) => id)]), isAll: false, anchor };
}

export const allLoaded = (rows: Rows): Selection => ({ ids: bounded(rows.map(({ id }) => id)), isAll: false, anchor: 0 });

export const allFound = (rows: Rows): Selection => ({ ...allLoaded(rows), isAll: true });

export const isChosen = ({ ids, isAll }: Selection, id: string): boolean => isAll || ids.has(id);

/** "3 messages"; `isWhole`: everything the search finds is loaded. */
export function countWords({ ids, isAll }: Selection, isWhole: boolean): string {
  if (isAll && !isWhole) return "All messages of this search";
  return ids.size === 1 ? "1 message" : `${ids.size.toLocaleString("en-GB")} messages`;
}
