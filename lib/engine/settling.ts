/** Our own writes that a read does not show yet: waited for, never made again, and never taken for somebody else's doing. */
import { type Change, type Edit, isListEdit } from "@/lib/model/change";
import { factsOf, type Kind } from "@/lib/model/nouns";
import { objectKey } from "@/lib/model/object-key";
import type { Entry } from "@/lib/model/plan";
import { isList, isSame, type List, type Props, propsOf } from "@/lib/model/props";
import { type Ask, answer, ask, type Known } from "@/lib/model/query";

/** An object that was written and still reads as it was before. */
export type Hidden = { readonly kind: Kind; readonly key: string; readonly name: string; readonly until: number };

const isOfOne = (kind: Kind): boolean => {
  const { asked } = factsOf(kind);
  return asked.cloud === "dns" || (asked.cloud === "exchange" && asked.isOfOne === true);
};

/** DNS is asked for one name at a time, and so are a few kinds of Exchange; everything else for all objects of a kind. */
export const questionOf = (kind: Kind, key: string): Ask => ask(kind, isOfOne(kind) ? key : "");

type Found = { readonly isKnown: boolean; readonly row: Props | null };

function rowOf(known: Known, kind: Kind, key: string, name: string): Found {
  const rows = answer(questionOf(kind, key), known);
  if (!rows.ok) return { isKnown: false, row: null };
  const row = rows.value.find((r) => (key === "" ? r.Name === name : r.Guid === key));
  return { isKnown: true, row: row ? propsOf(row) : null };
}

const listOf = (row: Props, property: string): List => {
  const held = row[property];
  return isList(held) ? held : [];
};

function isBefore(row: Props, property: string, e: Edit): boolean {
  if (!isListEdit(e)) return !isSame(e.from, e.to) && isSame(row[property], e.from);
  const held = listOf(row, property);
  return e.add.every((entry) => !held.includes(entry)) && e.remove.every((entry) => held.includes(entry));
}

function isAfter(row: Props, property: string, e: Edit): boolean {
  if (!isListEdit(e)) return isSame(row[property], e.to);
  const held = listOf(row, property);
  return e.add.every((entry) => held.includes(entry)) && e.remove.every((entry) => !held.includes(entry));
}

/** Sent along only because its partner was edited: it says nothing about whether the write is shown. */
const isIdle = (e: Edit): boolean => (isListEdit(e) ? e.add.length + e.remove.length === 0 : isSame(e.from, e.to));

/** Whether the object reads as this change would leave it. */
export function isShown(c: Change, known: Known): boolean {
  const { isKnown, row } = rowOf(known, c.kind, objectKey(c), c.name);
  if (!isKnown) return false;
  if (c.do === "remove") return row === null;
  return row !== null && Object.entries(c.edits).every(([property, e]) => isAfter(row, property, e));
}

/** Whether the object reads as if this write had not been made; `covered` properties were written again since. */
function isHidden({ change: c, made }: Entry, { isKnown, row }: Found, covered: ReadonlySet<string>): boolean {
  const key = made ?? c.key;
  if (!isKnown) return false;
  if (c.do === "new") return row === null;
  if (c.do === "remove") return row !== null;
  const open = Object.entries(c.edits).filter(([property, e]) => !isIdle(e) && !covered.has(`${c.kind}/${key}/${property}`));
  return row !== null && open.length > 0 && open.every(([property, e]) => isBefore(row, property, e));
}

/**
 * Newest first, because only the last write of a property says how it should read; what was removed need not show how it was made.
 * @param step whose writes; null for those of all steps.
 */
export function hiddenOf(entries: readonly Entry[], step: string | null, known: Known, now: number): readonly Hidden[] {
  const covered = new Set<string>();
  const removed = new Set<string>();
  /** Read once: thousands of entries may have gone into one list. */
  const rows = new Map<string, Found>();
  const seen = ({ change: { kind, key, name }, made = key }: Entry): Found => {
    const object = JSON.stringify([kind, made, name]);
    const found = rows.get(object) ?? rowOf(known, kind, made, name);
    rows.set(object, found);
    return found;
  };
  return entries.toReversed().flatMap((e) => {
    const until = e.at + factsOf(e.change.kind).shownMs;
    if ((step !== null && e.step !== step) || e.what !== "done" || until <= now) return [];
    const { kind, key, name, edits } = e.change;
    const object = `${kind}/${e.made ?? key}`;
    const isHeld = !removed.has(object) && isHidden(e, seen(e), covered);
    if (e.change.do === "remove") removed.add(object);
    for (const property of Object.keys(edits)) covered.add(`${object}/${property}`);
    return isHeld ? [{ kind, key: e.made ?? key, name, until }] : [];
  });
}

export const isAbout = (hidden: readonly Hidden[], c: Change): boolean =>
  hidden.some((h) => h.kind === c.kind && (h.key === c.key || h.name === c.name));
