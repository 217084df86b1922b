/** One change as a line of a script that looks before it writes. */
import { callOf } from "../call";
import { type Change, digest, type Edit, isListEdit } from "../change";
import { factsOf } from "../nouns";
import { literal, printed, quoted, quotedList } from "./literal";
import { readsOf } from "./questions";

/** The name of a change in a script and in its file: a change's own key is long, and PowerShell's tables know no upper and lower case. */
export const scriptKeyOf = (c: Change): string => digest([c]);

/** What a script can make: DNS records are changed at their host. */
export const isScripted = (c: Change): boolean => c.hands === "us" && factsOf(c.kind).asked.cloud === "exchange";

const readName = (c: Change, property: string): string => factsOf(c.kind).readAs?.[property] ?? property;
/** Whether the noun reads what shows this setting. */
export function isRead(c: Change, property: string): boolean {
  const { asked } = factsOf(c.kind);
  return asked.cloud === "exchange" && asked.select.includes(readName(c, property));
}

/** @param count how many entries a list must have to be as wanted, where no others may be among them. */
export function editEntry(c: Change, property: string, e: Edit, count?: number): string {
  const name = `name = ${quoted(readName(c, property))}`;
  if (!isListEdit(e)) return `@{ ${name}; was = ${literal(e.from)}; want = ${literal(e.to)} }`;
  if (count !== undefined) return `@{ ${name}; plus = ${quotedList(e.add)}; minus = ${quotedList(e.remove)}; exact = ${count} }`;
  const exact = c.do === "remove" ? `; exact = ${e.remove.length}` : "";
  // A list that is replaced as a whole must still be the one that the plan was made from.
  const size = factsOf(c.kind).whole?.includes(property) ? `; size = ${e.whole.length - e.add.length + e.remove.length}` : "";
  return `@{ ${name}; plus = ${quotedList(e.add)}; minus = ${quotedList(e.remove)}${exact}${size} }`;
}

function editEntries(c: Change): readonly string[] {
  const readable = Object.entries(c.edits).filter(([property]) => isRead(c, property));
  if (c.do === "set" && readable.length === 0)
    throw new Error(`${c.kind}: a script cannot look at ${Object.keys(c.edits).join(", ")}, because the noun does not read it`);
  return readable.map(([property, e]) => `      ${editEntry(c, property, e)}`);
}

/** All are read and the right one picked: a failed read stops the script, and is never taken for "not there". */
export function findBlock(c: Change): string {
  const { asked, isSingle = false } = factsOf(c.kind);
  // Some kinds show no Guid of their own (zeros): then the name is the key.
  const [property, text] = c.do === "new" || c.key === c.name ? ["Name", c.name] : ["Guid", c.key];
  const pick = isSingle ? "" : ` | Where-Object { "$($_.${property})" -eq ${quoted(text)} }`;
  return readsOf(asked)
    .map((call) => `${printed(call)} -ErrorAction Stop${pick}`)
    .join("; ");
}

const VERBS = { new: "Add", set: "Change", remove: "Remove" } as const;

export function changeLine(c: Change): string {
  const title = `${VERBS[c.do]} ${factsOf(c.kind).title} "${c.name}"`;
  return [
    "  Change @{",
    `    id = ${quoted(scriptKeyOf(c))}`,
    `    act = ${quoted(c.do)}`,
    `    title = ${quoted(title)}`,
    `    find = { ${findBlock(c)} }`,
    "    edits = @(",
    ...editEntries(c),
    "    )",
    `    make = { ${printed(callOf(c))} -ErrorAction Stop }`,
    "  }",
  ].join("\n");
}
