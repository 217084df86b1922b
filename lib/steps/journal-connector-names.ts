/** What the journaling track makes for each region: the first of a kind has the vendor's own name, a second adds its region. Names are kept unique. */
import { type Mine, markOf } from "@/lib/model/mine";
import type { Kind, Row } from "@/lib/model/nouns";
import { propsOf } from "@/lib/model/props";
import { beforeUs, does, type Ensured, ensure, type Want, type Ways } from "@/lib/model/want";

/** "Deliver journal directly to Area 1", "Deliver journal directly to Area 1 (EU)" */
export const nameFor = (base: string, region: string, index: number): string => (index === 0 ? base : `${base} (${region.toUpperCase()})`);

/** The name itself, or with the number that it got because somebody else had it. */
export const isNamed = (name: string, wanted: string): boolean =>
  name === wanted || (name.startsWith(`${wanted} `) && /^\d+$/.test(name.slice(wanted.length + 1)));

/** A row as it was before us. */
export const rowBefore = <K extends Kind>(kind: K, row: Row<K>, mine: Mine): Row<K> => ({
  ...row,
  ...beforeUs(propsOf(row), markOf(mine, kind, row.Guid)),
});

type Named<K extends Kind> = Want<K> & { readonly Name: string };
type How<K extends Kind> = {
  readonly atBirth?: Want<K>;
  /** Whether an object of others, as it was before us, may be brought to do this. */
  readonly canServe: (before: Row<K>, want: Named<K>, index: number) => boolean;
  readonly isMeantFor: (before: Row<K>, want: Named<K>, index: number) => boolean;
};

/**
 * `ensure` for wants that differ by region. What we made serves the want that it is named for and no other: whoever adds a region ends with
 * the names that he would have had from the start. What others made, and what does one region's job, is not put right for another's.
 */
export function ensureEach<K extends Kind>(
  kind: K,
  rows: readonly Row<K>[],
  wants: readonly Named<K>[],
  mine: Mine,
  { atBirth, canServe, isMeantFor }: How<K>,
): readonly Ensured[] {
  const isMade = (row: Row<K>): boolean => markOf(mine, kind, row.Guid)?.made === true;
  const done: Ensured[] = [];
  for (const [i, want] of wants.entries()) {
    const isFree = (row: Row<K>) => !done.some(({ key }) => key === row.Guid);
    const isFit = (row: Row<K>): boolean => {
      if (isMade(row)) return isNamed(row.Name, want.Name);
      const before = rowBefore(kind, row, mine);
      return canServe(before, want, i) && (does(kind, before, want) || !wants.some((other) => does(kind, before, other)));
    };
    const ways: Ways<K> = {
      isFit: (row) => isFree(row) && isFit(row),
      isMeantFor: (row) => row.Name === want.Name || isMeantFor(row, want, i),
    };
    const own = rows.find((row) => isFree(row) && isMade(row) && isNamed(row.Name, want.Name));
    done.push(...ensure(kind, rows, [{ ...want, Name: own?.Name ?? want.Name }], mine, () => atBirth ?? {}, ways));
  }
  return done;
}

/** New objects first, so that reports never lack their way while another is changed. */
export const newFirst = (all: readonly Ensured[]): readonly Ensured[] => [
  ...all.filter((e) => e.key === ""),
  ...all.filter((e) => e.key !== ""),
];
