/** What should be there: `edit` this object so, `ensure` objects that do these jobs, `leave` what is ours and no longer wanted. */

import { type Change, isListEdit } from "./change";
import { between, editsBetween, type Hands, type Some, type Wanted } from "./edits";
import { type Mark, type Mine, markOf, nothingIsMine } from "./mine";
import type { Kind, Row } from "./nouns";
import { type List, type Props, propsOf, type Value } from "./props";

/** Only settings can be wanted: lists of objects are evidence. */
type WantOf<R> = { readonly [P in keyof R as R[P] extends Value | List ? P : never]?: R[P] extends List ? List | Some : R[P] };
type AllWants = { readonly [K in Kind]: WantOf<Row<K>> };
interface Wants extends AllWants {}
/** Properties of a kind as they should be; what is not named is left alone. */
export type Want<K extends Kind> = Wants[K];

/** This object so. A list given as `including` keeps everybody else's entries. */
export const edit = <K extends Kind>(kind: K, row: Row<K>, want: Want<K>, mine: Mine, hands: Hands = "us"): readonly Change[] =>
  between(kind, propsOf(row), want, markOf(mine, kind, row.Guid), hands);

/** Whoever made it, whatever it is called: an object does the job when editing it would change nothing but its name. */
export const does = <K extends Kind>(kind: K, row: Row<K>, want: Want<K>): boolean => edit(kind, row, want, nothingIsMine).length === 0;

/** The object with our marks taken off: what was there before we came. */
export function beforeUs(row: Props, mark: Mark | undefined): Props {
  if (!mark || mark.made) return row;
  const back = editsBetween(row, {}, mark);
  return { ...row, ...Object.fromEntries(back.map(([p, e]) => [p, isListEdit(e) ? e.whole : e.to])) };
}

type Named<K extends Kind> = Want<K> & { readonly Name: string };
export type Ensured = { readonly name: string; readonly key: string; readonly changes: readonly Change[] };

/** What else is known of a kind's objects, for `ensure`. */
export type Ways<K extends Kind> = {
  /** Objects that can be brought to do a job. The others keep their names and are left alone. */
  readonly isFit?: (row: Row<K>) => boolean;
  /** An object of others that was meant for the job, as it was before us: put right in place, under its own name. */
  readonly isMeantFor?: (row: Row<K>, want: Want<K>) => boolean;
  /** Said of an object that is there and that we made: such as that it keeps its place, wherever it was put first. */
  readonly whenOurs?: (row: Row<K>) => Want<K>;
};

/** Which row serves which want: the job done before we came, else done now, else the one of that name, else one meant for it. No object serves two wants. */
function match<K extends Kind>(
  kind: K,
  rows: readonly Row<K>[],
  wants: readonly Named<K>[],
  mine: Mine,
  isMeantFor: NonNullable<Ways<K>["isMeantFor"]>,
): ReadonlyMap<number, Row<K>> {
  const taken = new Map<number, Row<K>>();
  const take = (fits: (row: Row<K>, want: Named<K>) => boolean) => {
    wants.forEach((want, i) => {
      if (taken.has(i)) return;
      const free = rows.filter((row) => ![...taken.values()].includes(row));
      const byName = [...free].sort((a, b) => Number(b.Name === want.Name) - Number(a.Name === want.Name) || (a.Guid < b.Guid ? -1 : 1));
      const row = byName.find((r) => fits(r, want));
      if (row) taken.set(i, row);
    });
  };
  take((row, want) => between(kind, beforeUs(propsOf(row), markOf(mine, kind, row.Guid)), want).length === 0);
  take((row, want) => does(kind, row, want));
  const isMade = (row: Row<K>) => markOf(mine, kind, row.Guid)?.made === true;
  take((row, want) => row.Name === want.Name && !isMade(row));
  take((row, want) => !isMade(row) && isMeantFor({ ...row, ...beforeUs(propsOf(row), markOf(mine, kind, row.Guid)) }, want));
  take((row, want) => row.Name === want.Name); // ours last: what we made for another choice decides nothing about this one
  return taken;
}

/** Names are unique in a tenant: a second of a kind gets a number. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const numbered = (n: number): string => (taken.has(`${name} ${n}`) ? numbered(n + 1) : `${name} ${n}`);
  return taken.has(name) ? numbered(2) : name;
}

/**
 * For each want the object that does the job, else the one of that name put right, else a new one.
 * `atBirth` is said of new objects only, such as a place among others: what is there is never moved.
 */
export function ensure<K extends Kind>(
  kind: K,
  rows: readonly Row<K>[],
  wants: readonly Named<K>[],
  mine: Mine,
  atBirth: (index: number) => Want<K> = () => ({}),
  { isFit = () => true, isMeantFor = () => false, whenOurs = () => ({}) }: Ways<K> = {},
): readonly Ensured[] {
  const taken = match(kind, rows.filter(isFit), wants, mine, isMeantFor);
  const names = new Set(rows.map((r) => r.Name));
  return wants.map((want, i) => {
    const row = taken.get(i);
    if (row) {
      const ours = markOf(mine, kind, row.Guid)?.made === true ? whenOurs(row) : {};
      return { name: row.Name, key: row.Guid, changes: edit(kind, row, { ...want, ...ours }, mine) };
    }
    const Name = freeName(want.Name, names);
    const wanted: Wanted = want;
    const place: Wanted = atBirth(i);
    return { name: Name, key: "", changes: between(kind, null, { ...wanted, ...place, Name }) };
  });
}

/** Takes back what is ours of a kind, but for what is still in use: last touched first. What we did not make we never remove. */
export const leave = <K extends Kind>(kind: K, rows: readonly Row<K>[], mine: Mine, used: readonly string[] = []): readonly Change[] =>
  mine
    .filter((m) => m.kind === kind && !used.includes(m.key))
    .toReversed()
    .flatMap((m) => {
      const row = rows.find((r) => r.Guid === m.key);
      return row ? between(kind, propsOf(row), m.made ? null : {}, m, m.hands) : [];
    });
