/** `$search` of directory objects: quoted `"property:text"` clauses joined by AND and OR (AND binds closer). */
import { type GraphError, graphErrors } from "./errors";
import type { Item } from "./query";

type Test = (item: Item) => boolean;

/** Names are searched word by word, other properties from their beginning ("Use the $search query parameter", directory objects). */
const wordwise = ["displayName", "description"];
const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const begins = (property: string, text: string): Test =>
  wordwise.includes(property)
    ? (item) => words(text).every((word) => words(String(item[property] ?? "")).some((one) => one.startsWith(word)))
    : (item) =>
        String(item[property] ?? "")
          .toLowerCase()
          .startsWith(text.toLowerCase());

const clause = /^"(\w+):((?:[^"\\]|\\.)+)"$/;

function testOf(text: string, known: ReadonlySet<string>): Test | null {
  const [, property = "", wanted = ""] = clause.exec(text.trim()) ?? [];
  return known.has(property) ? begins(property, wanted.replace(/\\(.)/g, "$1")) : null;
}

/** Cuts at a word between clauses, not inside one. */
const cut = (text: string, word: string) => text.split(new RegExp(`(?<=")\\s+${word}\\s+(?=")`));

export function searchOf(text: string, known: ReadonlySet<string>): Test | GraphError {
  const alternatives = cut(text, "OR").map((one) => cut(one, "AND").map((part) => testOf(part, known)));
  if (alternatives.flat().includes(null)) return graphErrors.bad("Syntax error: invalid $search clause.", "BadRequest");
  return (item) => alternatives.some((tests) => tests.every((test) => test?.(item) ?? false));
}
