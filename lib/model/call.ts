/** The cmdlet call that makes a change: sent as JSON and printed as PowerShell from the same data, so that the two cannot differ. */
import { type Change, type Edit, isListEdit } from "./change";
import { factsOf } from "./nouns";
import type { List, Value } from "./props";

/** Edits a list in place; an empty side is left out when it is sent or printed. */
export type Delta = { readonly Add: List; readonly Remove: List };
export type Argument = Value | List | Delta;
export type Call = { readonly cmdlet: string; readonly parameters: Readonly<Record<string, Argument>> };

export const isDelta = (a: Argument): a is Delta => typeof a === "object" && a !== null && "Add" in a;

/** Enable-, Disable- and the like: a property that Set- cannot write has a cmdlet of its own. */
function verbCall(c: Change): Call | null {
  const { verbs = {}, isSingle = false } = factsOf(c.kind);
  if (c.do !== "set") return null;
  for (const [property, [whenTrue, whenFalse = ""]] of Object.entries(verbs)) {
    const e = c.edits[property];
    if (e && !isListEdit(e))
      return { cmdlet: e.to ? whenTrue : whenFalse, parameters: isSingle ? {} : { Identity: c.key, Confirm: false } };
  }
  return null;
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
  const verb = verbCall(c);
  if (verb) return verb;
  const { isSingle, isRemovedUnasked = false, cmdletNoun = c.kind, bornWith = {} } = factsOf(c.kind);
  const target = c.do === "new" ? { Name: c.name, ...bornWith } : isSingle ? {} : { Identity: c.key };
  if (c.do === "remove") return { cmdlet: `Remove-${cmdletNoun}`, parameters: isRemovedUnasked ? target : { ...target, Confirm: false } };
  const said = Object.entries(c.edits).filter(([, e]) => isSaid(c, e));
  return {
    cmdlet: `${c.do === "new" ? "New" : "Set"}-${cmdletNoun}`,
    parameters: { ...target, ...Object.fromEntries(said.map(([property, e]) => [property, argument(c, property, e)])) },
  };
}
