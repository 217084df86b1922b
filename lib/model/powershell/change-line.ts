/** One change as a line of a script that looks before it writes. */
import { callOf, noteAfter } from "../call";
import { type Change, digest, type Edit, isListEdit, listBefore } from "../change";
import { factsOf } from "../nouns";
import { literal, printed, quoted, quotedList } from "./literal";
import { oneOf, propertiesOf, readsOf } from "./questions";

/** The name of a change in a script and in its file: a change's own key is long, and PowerShell's tables know no upper and lower case. */
export const scriptKeyOf = (c: Change): string => digest([c]);

/** What a script can make: DNS records are changed at their host. */
export const isScripted = (c: Change): boolean => c.hands === "us" && factsOf(c.kind).asked.cloud === "exchange";

const readName = (c: Change, property: string): string => factsOf(c.kind).readAs?.[property] ?? property;
/** Whether the noun reads what shows this setting. */
export function isRead(c: Change, property: string): boolean {
  const { asked } = factsOf(c.kind);
  return asked.cloud === "exchange" && propertiesOf(asked).includes(readName(c, property));
}

/** Whether the list goes there as a whole, by a setting or by a cmdlet that puts all entries in place of what was there. */
function isReplaced(c: Change, property: string): boolean {
  const { whole, entries } = factsOf(c.kind);
  return whole?.includes(property) === true || (entries?.property === property && callOf(c).cmdlet === entries.replace);
}

/** @param count how many entries a list must have to be as wanted, where no others may be among them. */
export function editEntry(c: Change, property: string, e: Edit, count?: number): string {
  const name = `name = ${quoted(readName(c, property))}`;
  if (!isListEdit(e)) return `@{ ${name}; was = ${literal(e.from)}; want = ${literal(e.to)} }`;
  if (count !== undefined) return `@{ ${name}; plus = ${quotedList(e.add)}; minus = ${quotedList(e.remove)}; exact = ${count} }`;
  const exact = c.do === "remove" ? `; exact = ${e.remove.length}` : "";
  // Entry by entry as the plan was made from: what somebody put in since would be lost with a list that goes, or that another is put in place of.
  const before = `; before = ${quotedList(listBefore(e))}`;
  if (c.do === "remove" && factsOf(c.kind).entries?.property === property)
    return `@{ ${name}; plus = ${quotedList(e.remove)}; minus = @()${exact}${before} }`;
  return `@{ ${name}; plus = ${quotedList(e.add)}; minus = ${quotedList(e.remove)}${exact}${isReplaced(c, property) ? before : ""} }`;
}

function editEntries(c: Change): readonly string[] {
  const readable = Object.entries(c.edits).filter(([property]) => isRead(c, property));
  if (c.do === "set" && readable.length === 0)
    throw new Error(`${c.kind}: a script cannot look at ${Object.keys(c.edits).join(", ")}, because the noun does not read it`);
  return readable.map(([property, e]) => `      ${editEntry(c, property, e)}`);
}

/** The key that the object has or will have; "" for a new one that the service names. */
function keyOf(c: Change): string {
  const { keyedBy } = factsOf(c.kind);
  const e = c.do === "new" && keyedBy !== undefined ? c.edits[keyedBy] : undefined;
  return e && !isListEdit(e) && typeof e.to === "string" ? e.to : c.key;
}

/** All are read and the right one picked: a failed read stops the script, and is never taken for "not there". */
export function findBlock(c: Change): string {
  const { asked, isSingle = false } = factsOf(c.kind);
  if (asked.cloud === "exchange" && asked.isOfOne) return oneOf(asked, keyOf(c) || c.name);
  // Some kinds show no Guid of their own (zeros): then the name is the key.
  const [property, text] = c.do === "new" || c.key === c.name ? ["Name", c.name] : ["Guid", c.key];
  const pick = isSingle ? "" : ` | Where-Object { "$($_.${property})" -eq ${quoted(text)} }`;
  return readsOf(asked)
    .map((call) => `${printed(call)} -ErrorAction Stop${pick}`)
    .join("; ");
}

export const isTried = (c: Change): boolean => noteAfter(c) !== null;

/** What is tried is judged before it is noted; that the note does not stick is no failure. */
function makeBlock(c: Change): string {
  const call = `${printed(callOf(c))} -ErrorAction Stop`;
  const note = noteAfter(c);
  if (note === null) return call;
  const noted = `${printed(note)} -LastValidationTimestamp ([DateTime]::UtcNow.ToString('u')) -ErrorAction Stop`;
  return `Tried @(${call}); try { ${noted} } catch { Write-Host 'It came out well, and could not be noted at the connector.' }`;
}

const VERBS = { new: "Add", set: "Change", remove: "Remove" } as const;

export function changeLine(c: Change): string {
  const title = `${VERBS[c.do]} ${factsOf(c.kind).title} "${c.name}"`;
  return [
    "  Change @{",
    `    id = ${quoted(scriptKeyOf(c))}`,
    `    key = ${quoted(keyOf(c))}`,
    `    act = ${quoted(c.do)}`,
    `    title = ${quoted(title)}`,
    `    find = { ${findBlock(c)} }`,
    "    edits = @(",
    ...editEntries(c),
    "    )",
    `    make = { ${makeBlock(c)} }`,
    "  }",
  ].join("\n");
}
