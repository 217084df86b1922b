/** What cannot be taken back. */
import type { Change } from "./change";
import { factsOf } from "./nouns";

/** There is no way back to how it was: what such a change did is not ours to undo. */
export function isForGood(c: Change): boolean {
  const { forGood = [], isBornForGood = false } = factsOf(c.kind);
  return (c.do === "new" && isBornForGood) || Object.keys(c.edits).some((property) => forGood.includes(property));
}

/** For good, or a removal after which the object has to be made anew. */
export function isFinal(c: Change): boolean {
  const { finality, forGood, isBornForGood } = factsOf(c.kind);
  return isForGood(c) || (c.do === "remove" && finality !== undefined && forGood === undefined && isBornForGood === undefined);
}

/** What cannot be taken back of these changes, in sentences, each said once. */
export const finalitiesOf = (changes: readonly Change[]): readonly string[] => [
  ...new Set(changes.filter(isFinal).flatMap((c) => factsOf(c.kind).finality ?? [])),
];
