/** What lies between what is there and (what was there before us + what we want now): the edits of one object. */
import { type Change, type Edit, gone, isListEdit } from "./change";
import type { Mark } from "./mine";
import { factsOf, type Kind } from "./nouns";
import { isList, isSame, isSetting, type List, type Props, type Value, without } from "./props";

/** A list of which only some entries are our business. */
export type Some = { readonly including: List; readonly covers?: (held: string, wanted: string) => boolean };
export type Wanted = Readonly<Record<string, Value | List | Some | undefined>>;
export type Hands = Change["hands"];

const isSome = (want: Wanted[string]): want is Some => typeof want === "object" && want !== null && "including" in want;

/** The list without what we added, with what we took out. */
function theirs(now: List, ours: Mark["lists"][string] | undefined): List {
  if (!ours) return now;
  return [...without(now, ours.added), ...without(ours.removed, now)];
}

const uncovered = (before: List, { including, covers }: Some): List =>
  covers ? including.filter((entry) => !before.some((held) => covers(held, entry))) : without(including, before);

function listEdit(now: List, want: Wanted[string], ours: Mark["lists"][string] | undefined): Edit | null {
  const before = theirs(now, ours);
  const then = isSome(want) ? [...before, ...uncovered(before, want)] : isList(want) ? want : before;
  const [add, remove] = [without(then, now), without(now, then)];
  return add.length + remove.length > 0 ? { add, remove, whole: then } : null;
}

/** Nothing wanted: back to what was there, if the value is still as we put it; else it is somebody else's by now. */
function valueEdit(held: Value, want: Value | undefined, ours: Mark["values"][string] | undefined): Edit | null {
  const then = want !== undefined ? want : ours && isSame(held, ours.ours) ? ours.was : held;
  return isSame(held, then) ? null : { from: held, to: then };
}

function editOf(held: Props[string] | undefined, want: Wanted[string], mark: Mark | undefined, property: string): Edit | null {
  const list = mark?.lists[property];
  if (isList(held) || isList(want) || isSome(want) || list) return listEdit(isList(held) ? held : [], want, list);
  return valueEdit(held ?? null, want, mark?.values[property]);
}

function removal(kind: Kind, now: Props, hands: Hands): Change {
  const { shownOnly = [] } = factsOf(kind);
  const edits = Object.fromEntries(Object.entries(now).flatMap(([p, v]) => (isSetting(p) && !shownOnly.includes(p) ? [[p, gone(v)]] : [])));
  return { do: "remove", kind, key: String(now["Guid"] ?? ""), name: String(now["Name"] ?? ""), hands, edits };
}

/** What stays as it is, but is sent along because the service takes neither without the other. */
function unchanged(held: Props[string] | undefined): Edit {
  return isList(held) ? { add: [], remove: [], whole: held } : { from: held ?? null, to: held ?? null };
}

function withPartners(kind: Kind, now: Props, edits: readonly (readonly [string, Edit])[]): readonly (readonly [string, Edit])[] {
  const { together = [] } = factsOf(kind);
  const isEdited = (property: string) => edits.some(([p]) => p === property);
  const left = together.flat().filter((p) => !isEdited(p) && together.some((pair) => pair.includes(p) && pair.some(isEdited)));
  return [...edits, ...left.map((p) => [p, unchanged(now[p])] as const)];
}

const isSameSet = (a: List, b: List): boolean => a.length === b.length && new Set([...a, ...b]).size === new Set(a).size;

/** A list of entries that we made as a whole, and that nobody else touched since. */
function isAsWeLeftIt(kind: Kind, now: Props, mark: Mark | undefined): boolean {
  const { entries } = factsOf(kind);
  const held = entries ? now[entries.property] : undefined;
  return entries === undefined || (mark?.made === true && isList(held) && isSameSet(held, mark.lists[entries.property]?.added ?? []));
}

/** What was made by us is taken away, but for a list whose entries somebody else has changed: it is theirs as well by now. */
function removalOf(kind: Kind, now: Props, mark: Mark | undefined, hands: Hands): readonly Change[] {
  return mark === undefined || isAsWeLeftIt(kind, now, mark) ? [removal(kind, now, hands)] : [];
}

/** The edits of one object, property by property. */
export function editsBetween(now: Props | null, then: Wanted, mark?: Mark): readonly (readonly [string, Edit])[] {
  const properties = new Set(
    [...Object.keys(then), ...Object.keys(mark?.values ?? {}), ...Object.keys(mark?.lists ?? {})].filter(isSetting),
  );
  return [...properties].flatMap((p): [string, Edit][] => {
    const e = editOf(now?.[p], then[p], mark, p);
    return e ? [[p, e]] : [];
  });
}

type Edits = readonly (readonly [string, Edit])[];

/** One call for a list that is ours, as we left it; else one for each entry, so that others' entries stay whatever happens meanwhile. */
function entryEdits(kind: Kind, now: Props, [property, e]: Edits[number], mark: Mark | undefined): readonly Edits[] {
  if (!isListEdit(e)) return [[[property, e]]];
  const most = factsOf(kind).entries?.most ?? 0;
  if (isAsWeLeftIt(kind, now, mark) && e.whole.length <= most) return [[[property, e]]];
  return [
    ...e.add.map((entry): Edits => [[property, { add: [entry], remove: [], whole: [] }]]),
    ...e.remove.map((entry): Edits => [[property, { add: [], remove: [entry], whole: [] }]]),
  ];
}

/** The calls that these edits take: what is written together, each act of its own, and the entries of a list. */
function calls(kind: Kind, now: Props, edits: Edits, mark: Mark | undefined): readonly Edits[] {
  const { verbs = {}, entries } = factsOf(kind);
  const isEntries = ([p]: Edits[number]) => p === entries?.property;
  const written = withPartners(
    kind,
    now,
    edits.filter((e) => !(e[0] in verbs) && !isEntries(e)),
  );
  return [
    written,
    ...edits.filter(([p]) => p in verbs).map((e) => [e]),
    ...edits.filter(isEntries).flatMap((e) => entryEdits(kind, now, e, mark)),
  ].filter((part) => part.length > 0);
}

/** A new object takes no more entries than one call may have: the next look adds the rest. */
function atBirth(kind: Kind, [property, e]: Edits[number]): Edits[number] {
  const { entries } = factsOf(kind);
  if (property !== entries?.property || !isListEdit(e) || e.add.length <= entries.most) return [property, e];
  const some = e.add.slice(0, entries.most);
  return [property, { add: some, remove: [], whole: some }];
}

/** Nothing to something is new, something to nothing is remove, else one set; and a change of its own for what Set- cannot write. */
export function between(kind: Kind, now: Props | null, then: Wanted | null, mark?: Mark, hands: Hands = "us"): readonly Change[] {
  if (!then) return now ? removalOf(kind, now, mark, hands) : [];
  const edits = editsBetween(now, then, mark);
  const name = String(now?.["Name"] ?? then["Name"] ?? "");
  if (!now) return [{ do: "new", kind, key: "", name, hands, edits: Object.fromEntries(edits.map((e) => atBirth(kind, e))) }];
  return calls(kind, now, edits, mark).map(
    (part): Change => ({ do: "set", kind, key: String(now["Guid"] ?? ""), name, hands, edits: Object.fromEntries(part) }),
  );
}
