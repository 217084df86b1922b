/** What is ours, folded forward over one step's receipts: objects we made, values we put, entries we added or took out. Undo receipts fold like any other. */
import { type Change, type Edit, isListEdit } from "./change";
import { isForGood } from "./final";
import { factsOf, type Kind } from "./nouns";
import { type List, type Value, without } from "./props";

export type Receipt = { readonly change: Change; readonly made?: string };
type Values = Readonly<Record<string, { readonly was: Value; readonly ours: Value }>>;
type Lists = Readonly<Record<string, { readonly added: List; readonly removed: List }>>;
export type Mark = {
  readonly kind: Kind;
  readonly key: string;
  readonly name: string;
  readonly hands: Change["hands"];
  /** We made the whole object. */
  readonly made: boolean;
  readonly values: Values;
  readonly lists: Lists;
};
/** Last touched last. */
export type Mine = readonly Mark[];
export const nothingIsMine: Mine = [];

function foldList(held: Lists[string] | undefined, e: Extract<Edit, { readonly add: List }>): Lists[string] {
  const { added, removed } = held ?? { added: [], removed: [] };
  return {
    added: [...without(added, e.remove), ...without(e.add, removed)],
    removed: [...without(removed, e.add), ...without(e.remove, added)],
  };
}

function touched(held: Mark, c: Change): Pick<Mark, "values" | "lists"> {
  const values: Record<string, Values[string]> = { ...held.values };
  const lists: Record<string, Lists[string]> = { ...held.lists };
  for (const [property, e] of Object.entries(c.edits)) {
    if (isListEdit(e)) {
      lists[property] = foldList(lists[property], e);
      continue;
    }
    const mark = values[property];
    const was = mark && mark.ours === e.from ? mark.was : e.from; // somebody else's value in between is what to go back to
    if (was === e.to) delete values[property];
    else values[property] = { was, ours: e.to };
  }
  return { values, lists };
}

const isSomething = ({ made, values, lists }: Mark): boolean =>
  made || Object.keys(values).length > 0 || Object.values(lists).some(({ added, removed }) => added.length + removed.length > 0);

/** Read by itself and written into another object, which takes it along when it goes: that a connector was tried. */
export const isPartOf = ({ kind, name }: Pick<Mark, "kind" | "name">, gone: Change): boolean =>
  kind !== gone.kind && factsOf(kind).cmdletNoun === gone.kind && name === gone.name;

export function fold(receipts: readonly Receipt[]): Mine {
  const marks = new Map<string, Mark>();
  for (const { change: c, made } of receipts) {
    const key = c.do === "new" ? (made ?? "") : c.key;
    const name = `${c.kind}/${key}`;
    const held = marks.get(name) ?? { kind: c.kind, key, name: c.name, hands: c.hands, made: c.do === "new", values: {}, lists: {} };
    marks.delete(name); // so that the order is that of the last touch
    if (c.do === "remove") for (const [other, mark] of marks) if (isPartOf(mark, c)) marks.delete(other);
    if (c.do === "remove" || isForGood(c)) continue;
    const { values, lists } = touched(held, c);
    const mark = { ...held, lists, values: c.do === "new" ? {} : values }; // the first values of an object we made have no "before"
    if (isSomething(mark)) marks.set(name, mark); // what was put back is no longer ours
  }
  return [...marks.values()];
}

export const markOf = (mine: Mine, kind: Kind, key: string): Mark | undefined => mine.find((m) => m.kind === kind && m.key === key);
