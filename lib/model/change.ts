/** One atomic edit of one outside object, as data: sent, drawn, printed, kept as a receipt and folded into what is ours. */
import { createHash } from "node:crypto";
import type { Kind } from "./nouns";
import { isList, type List, type Value, without } from "./props";

/** `whole` is the list as it should be afterwards, for services that only take whole lists. */
export type Edit = { readonly from: Value; readonly to: Value } | { readonly add: List; readonly remove: List; readonly whole: List };
/** A new object is an edit from nothing, a removed one an edit to nothing. `hands` says who can make it: us, or only a person. */
export type Change = {
  readonly do: "new" | "set" | "remove";
  readonly kind: Kind;
  /** The service's id of the object; "" while it has none. */
  readonly key: string;
  readonly name: string;
  readonly edits: Readonly<Record<string, Edit>>;
  readonly hands: "us" | "person";
};

type ListEdit = Extract<Edit, { readonly add: List }>;
export const isListEdit = (e: Edit): e is ListEdit => "add" in e;
/** The list as it was. */
export const listBefore = ({ whole, add, remove }: ListEdit): List => [...without(whole, add), ...remove];

const canonical = ([property, e]: readonly [string, Edit]) =>
  isListEdit(e) ? [property, [...e.add].sort(), [...e.remove].sort()] : [property, e.from, e.to];

/** A change never changes, and is asked for its key again and again. */
const keys = new WeakMap<Change, string>();

/** What makes two changes the same change. `from` is part of it; the order of lists and the rest of a list are not. */
export function keyOf(c: Change): string {
  const held = keys.get(c);
  if (held !== undefined) return held;
  const key = JSON.stringify([
    c.do,
    c.kind,
    c.key,
    c.name,
    Object.entries(c.edits)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(canonical),
  ]);
  keys.set(c, key);
  return key;
}

/** A change's key made short: for forms and pages, where the list of a change may have ten thousand entries. */
export const idOf = (c: Change): string => createHash("sha256").update(keyOf(c)).digest("hex").slice(0, 16);

/** A short name of a plan's changes: what does not bear on the plan does not move it. */
export const digest = (changes: readonly Change[]): string =>
  createHash("sha256").update(changes.map(keyOf).join("\n")).digest("hex").slice(0, 32);

/** An edit of this value to nothing. */
export const gone = (value: Value | List): Edit => (isList(value) ? { add: [], remove: value, whole: [] } : { from: value, to: null });
