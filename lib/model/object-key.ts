/** The key of the object that a change is about: what is new has none yet, unless it is known by a name that we give it. */
import { type Change, isListEdit } from "./change";
import { factsOf } from "./nouns";

export function objectKey(c: Change): string {
  const { keyedBy } = factsOf(c.kind);
  const e = c.do === "new" && keyedBy !== undefined ? c.edits[keyedBy] : undefined;
  return e && !isListEdit(e) && typeof e.to === "string" ? e.to : c.key;
}
