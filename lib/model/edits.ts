/** What lies between what is there and (what was there before us + what we want now): the edits of one object. */
import { type Change, type Edit, gone } from "./change";
import type { Mark } from "./mine";
import { factsOf, type Kind } from "./nouns";
import { isList, isSame, isSetting, type List, type Props, type Value } from "./props";

/** A list of which only some entries are our business. */
export type Some = { readonly including: List; readonly covers?: (held: string, wanted: string) => boolean };
export type Wanted = Readonly<Record<string, Value | List | Some | undefined>>;
export type Hands = Change["hands"];

const isSome = (want: Wanted[string]): want is Some => typeof want === "object" && want !== null && "including" in want;

/** The list without what we added, with what we took out. */
function theirs(now: List, ours: Mark["lists"][string] | undefined): List {
  if (!ours) return now;
  return [...now.filter((v) => !ours.added.includes(v)), ...ours.removed.filter((v) => !now.includes(v))];
}

function listEdit(now: List, want: Wanted[string], ours: Mark["lists"][string] | undefined): Edit | null {
  const before = theirs(now, ours);
  const isCovered = (entry: string, some: Some) => before.some((held) => (some.covers ? some.covers(held, entry) : held === entry));
  const then = isSome(want) ? [...before, ...want.including.filter((entry) => !isCovered(entry, want))] : isList(want) ? want : before;
  const add = then.filter((v) => !now.includes(v));
  const remove = now.filter((v) => !then.includes(v));
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

/** Nothing to something is new, something to nothing is remove, else one set; and a toggle of its own, where Set- cannot enable. */
export function between(kind: Kind, now: Props | null, then: Wanted | null, mark?: Mark, hands: Hands = "us"): readonly Change[] {
  if (!then) return now ? [removal(kind, now, hands)] : [];
  const properties = new Set(
    [...Object.keys(then), ...Object.keys(mark?.values ?? {}), ...Object.keys(mark?.lists ?? {})].filter(isSetting),
  );
  const edits = [...properties].flatMap((p): [string, Edit][] => {
    const e = editOf(now?.[p], then[p], mark, p);
    return e ? [[p, e]] : [];
  });
  const name = String(now?.["Name"] ?? then["Name"] ?? "");
  if (!now) return [{ do: "new", kind, key: "", name, hands, edits: Object.fromEntries(edits) }];
  const verbs = factsOf(kind).verbs ?? {};
  const written = withPartners(
    kind,
    now,
    edits.filter(([p]) => !(p in verbs)),
  );
  const parts = [written, ...edits.filter(([p]) => p in verbs).map((e) => [e])];
  return parts
    .filter((part) => part.length > 0)
    .map((part): Change => ({ do: "set", kind, key: String(now["Guid"] ?? ""), name, hands, edits: Object.fromEntries(part) }));
}
