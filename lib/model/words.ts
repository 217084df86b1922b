/** Settings in words: the portal's own labels, and values as a person reads them. */
import { factsOf, type Kind } from "./nouns";
import type { Value } from "./props";

const NOT_SET = "not set";

export const labelOf = (kind: Kind, property: string): string => factsOf(kind).labels[property] ?? property;

/** Switches are on or off, other facts are so or not. */
export function inWords(kind: Kind, property: string, value: Value): string {
  if (value === null || value === "") return NOT_SET;
  if (typeof value !== "boolean") return String(value);
  const [yes, no] = factsOf(kind).toggles?.includes(property) ? ["On", "Off"] : ["Yes", "No"];
  return value ? yes : no;
}
