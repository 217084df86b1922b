/** The cmdlet call that makes a change: sent as JSON and printed as PowerShell from the same data, so that the two cannot differ. */
import { type Change, type Edit, isListEdit } from "./change";
import { factsOf } from "./nouns";
import type { List, Value } from "./props";

/** Edits a list in place; an empty side is left out when it is sent or printed. */
export type Delta = { readonly Add: List; readonly Remove: List };
export type Argument = Value | List | Delta;
export type Call = { readonly cmdlet: string; readonly parameters: Readonly<Record<string, Argument>> };

export const isDelta = (a: Argument): a is Delta => typeof a === "object" && a !== null && "Add" in a;

/** What an act is told besides the object, such as whom to send a test message to. */
const told = (c: Change): Readonly<Record<string, List>> =>
  Object.fromEntries(
    Object.entries(factsOf(c.kind).verbTakes ?? {}).flatMap(([parameter, property]) => {
      const e = c.edits[property];
      return e && isListEdit(e) ? [[parameter, e.whole]] : [];
    }),
  );

/** Enable-, Disable- and the like: a property that Set- cannot write has a cmdlet of its own. */
function verbCall(c: Change): Call | null {
  const { verbs = {}, isSingle = false } = factsOf(c.kind);
  if (c.do !== "set") return null;
  for (const [property, [whenTrue, whenFalse]] of Object.entries(verbs)) {
    const e = c.edits[property];
    const cmdlet = e && !isListEdit(e) ? (e.to ? whenTrue : whenFalse) : undefined;
    if (cmdlet) return { cmdlet, parameters: isSingle ? {} : { Identity: c.key, ...told(c), Confirm: false } };
  }
  return null;
}

/** An application manages no list, and would be refused without. */
const AS_MANAGER = { BypassSecurityGroupManagerCheck: true };
const UNASKED = { ...AS_MANAGER, Confirm: false };

/** Whether a list of entries is put in place of what is there by then: more than one goes in or out. */
export function isPutInPlace(c: Change): boolean {
  const { entries } = factsOf(c.kind);
  const e = entries && c.do === "set" ? c.edits[entries.property] : undefined;
  return e !== undefined && isListEdit(e) && e.add.length + e.remove.length !== 1;
}

/** Entries that have cmdlets of their own: one more, one less, or all in place of what was there. */
function entryCall(c: Change): Call | null {
  const { entries } = factsOf(c.kind);
  const e = entries && c.do === "set" ? c.edits[entries.property] : undefined;
  if (!entries || !e || !isListEdit(e)) return null;
  const [one] = [...e.add, ...e.remove];
  if (one === undefined || isPutInPlace(c))
    return { cmdlet: entries.replace, parameters: { Identity: c.key, [entries.property]: e.whole, ...UNASKED } };
  return {
    cmdlet: e.add.length > 0 ? entries.add : entries.remove,
    parameters: { Identity: c.key, [entries.parameter]: one, ...UNASKED },
  };
}

function argument(c: Change, property: string, e: Edit): Argument {
  if (!isListEdit(e)) return e.to;
  if (c.do === "new") return e.add;
  return factsOf(c.kind).whole?.includes(property) ? e.whole : { Add: e.add, Remove: e.remove };
}

/** Nothing is said at birth about what is empty anyway. */
const isSaid = (c: Change, e: Edit) => c.do === "set" || (isListEdit(e) ? e.add.length > 0 : e.to !== null);

/** The one call of a change of an Exchange object. */
export function callOf(c: Change): Call {
  const own = verbCall(c) ?? entryCall(c);
  if (own) return own;
  const { isSingle, isRemovedUnasked = false, cmdletNoun = c.kind, bornWith = {}, entries } = factsOf(c.kind);
  const object = isSingle ? {} : { Identity: c.key, ...(entries ? AS_MANAGER : {}) };
  const target = c.do === "new" ? { Name: c.name, ...bornWith } : object;
  if (c.do === "remove") return { cmdlet: `Remove-${cmdletNoun}`, parameters: isRemovedUnasked ? target : { ...target, Confirm: false } };
  const said = Object.entries(c.edits).filter(([, e]) => isSaid(c, e));
  return {
    cmdlet: `${c.do === "new" ? "New" : "Set"}-${cmdletNoun}`,
    parameters: { ...target, ...Object.fromEntries(said.map(([property, e]) => [property, argument(c, property, e)])) },
  };
}

/**
 * What is written after an act that came out well, because the act itself does not: that the connector was validated, and how.
 * It is a note and no more: whether it stays is the service's business.
 */
export function noteAfter(c: Change): Call | null {
  const { verbTakes, verbs = {}, cmdletNoun = c.kind } = factsOf(c.kind);
  if (!verbTakes || verbCall(c)?.cmdlet !== Object.values(verbs)[0]?.[0]) return null;
  const said = Object.entries(c.edits).map(([property, e]) => [property, isListEdit(e) ? e.whole : e.to]);
  return { cmdlet: `Set-${cmdletNoun}`, parameters: { Identity: c.key, ...Object.fromEntries(said) } };
}
