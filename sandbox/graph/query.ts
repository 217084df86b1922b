/** OData query options over plain objects: filter, order, select, count and pages. What Graph would refuse, this refuses. */
import { type GraphError, graphErrors } from "./errors";

export type Item = Record<string, unknown>;

type Test = (item: Item) => boolean;

const clause = /^\s*(?:([\w/]+)\s+(eq|ne)\s+(.+?)|startswith\(\s*(\w+)\s*,\s*('(?:[^']|'')*')\s*\))\s*$/;

function literal(text: string): unknown {
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^[0-9a-f-]{36}$/i.test(text) ? text : undefined;
}

/** Strings compare without case, as directory properties do. */
const folded = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : (value ?? null));

function testOf(text: string, known: ReadonlySet<string>): Test | GraphError {
  const [, name, operator, raw = "", startName, start = ""] = clause.exec(text) ?? [];
  const property = name ?? startName ?? "";
  if (!property) return graphErrors.bad("Invalid filter clause", "BadRequest");
  if (!known.has(property)) return graphErrors.bad(`Invalid filter clause: Could not find a property named '${property}'.`, "BadRequest");
  const given = literal(startName ? start : raw);
  const wanted = folded(given);
  if (given === undefined) return graphErrors.bad("Invalid filter clause", "BadRequest");
  if (startName) return (item) => String(folded(item[property])).startsWith(String(wanted));
  return (item) => (folded(item[property]) === wanted) === (operator === "eq");
}

/** Cuts at a word outside quotes: `a eq 'x and y' and b eq 'z'`. */
function cut(text: string, word: string): string[] {
  const parts = text.split("'");
  const quoted = parts.map((part, at) => (at % 2 === 0 ? part.replaceAll(` ${word} `, "\u0000") : part));
  return quoted.join("'").split("\u0000");
}

export function filterOf(text: string, known: ReadonlySet<string>): Test | GraphError {
  const alternatives: Test[][] = [];
  for (const alternative of cut(text, "or")) {
    const tests: Test[] = [];
    for (const part of cut(alternative, "and")) {
      const test = testOf(part, known);
      if (typeof test !== "function") return test;
      tests.push(test);
    }
    alternatives.push(tests);
  }
  return (item) => alternatives.some((tests) => tests.every((test) => test(item)));
}

export function orderOf(text: string, known: ReadonlySet<string>): ((a: Item, b: Item) => number) | GraphError {
  const [name = "", direction = "asc"] = text.trim().split(/\s+/);
  if (!known.has(name) || !["asc", "desc"].includes(direction))
    return graphErrors.bad(`Could not find a property named '${name}'.`, "BadRequest");
  const sign = direction === "asc" ? 1 : -1;
  return (a, b) => sign * String(folded(a[name])).localeCompare(String(folded(b[name])));
}

/** The names in `$select`; unknown ones are an error, as in Graph. */
export function selectOf(text: string, known: ReadonlySet<string>, type: string): string[] | GraphError {
  const names = text.split(",").map((name) => name.trim());
  const stranger = names.find((name) => !known.has(name));
  if (stranger === undefined) return names;
  return graphErrors.bad(
    `Parsing OData Select and Expand failed: Could not find a property named '${stranger}' on type '${type}'.`,
    "BadRequest",
  );
}

export function pick(item: Item, names: string[]): Item {
  const shown = Object.keys(item).filter((name) => names.includes(name) || name === "@odata.type");
  return Object.fromEntries(shown.map((name) => [name, item[name]]));
}

export interface PageSize {
  usual: number;
  largest: number;
}
export const DIRECTORY_PAGE: PageSize = { usual: 100, largest: 999 };
export const MAIL_PAGE: PageSize = { usual: 10, largest: 1_000 };

export interface Page {
  items: Item[];
  /** Where the next one starts; null on the last. */
  next: string | null;
}

/** `$skiptoken` is ours to read back and nobody else's: clients follow `@odata.nextLink` as it is. */
export function pageOf(items: Item[], query: URLSearchParams, { usual, largest }: PageSize): Page | GraphError {
  const top = query.get("$top");
  const size = top === null ? usual : Number(top);
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    return graphErrors.bad(`Invalid page size specified: '${top}'. Must be between 1 and ${largest} inclusive.`);
  }
  const token = query.get("$skiptoken");
  const from =
    token === null ? Number(query.get("$skip") ?? 0) : Number(Buffer.from(token, "base64url").toString("utf8").replace("sandbox:", ""));
  if (!Number.isInteger(from) || from < 0) return graphErrors.bad("Skip token is not valid.", "Directory_ExpiredPageToken");
  const more = from + size < items.length;
  return { items: items.slice(from, from + size), next: more ? Buffer.from(`sandbox:${from + size}`).toString("base64url") : null };
}
