/** Text and values as PowerShell literals that mean exactly that text, whatever quotes, `$`, backticks or new lines are in it. */
import { type Argument, type Call, isDelta } from "../call";
import { isList } from "../props";

/**
 * `file`: ASCII only, because Windows PowerShell 5.1 reads a file without a byte order mark in the machine's old code page, where
 * pieces of other letters become curly quotes, and those end a string. `screen`: readable, for one line that is copied.
 */
export type Style = "file" | "screen";

const RUNS: Readonly<Record<Style, RegExp>> = {
  file: /[\x20-\x7e]+|[^\x20-\x7e]/g,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  screen: /[^\x00-\x1f\x7f]+|[\x00-\x1f\x7f]/g,
};
const PLAIN: Readonly<Record<Style, RegExp>> = { file: /^[\x20-\x7e]/, screen: /^[^\p{Cc}]/u };

/** PowerShell ends a string in single quotes at curly ones too: U+2018 to U+201B. */
const inQuotes = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;

export function quoted(text: string, style: Style = "file"): string {
  const runs = text.match(RUNS[style]) ?? [];
  const parts = runs.map((run) => (PLAIN[style].test(run) ? inQuotes(run) : `[char]0x${run.charCodeAt(0).toString(16).padStart(4, "0")}`));
  if (parts.length === 0) return "''";
  if (parts.length === 1 && parts[0]?.startsWith("'")) return parts[0];
  // A string comes first: what is added to a string becomes one, a character plus a character is something else.
  return `(${(parts[0]?.startsWith("'") ? parts : ["''", ...parts]).join(" + ")})`;
}

export const quotedList = (list: readonly string[], style: Style = "file"): string =>
  `@(${list.map((entry) => quoted(entry, style)).join(", ")})`;

export function literal(value: Argument, style: Style = "file"): string {
  if (value === null) return "$null";
  if (typeof value === "boolean") return value ? "$true" : "$false";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return quoted(value, style);
  if (isList(value)) return quotedList(value, style);
  if (!isDelta(value)) return "$null";
  const sides = Object.entries({ Add: value.Add, Remove: value.Remove }).filter(([, entries]) => entries.length > 0);
  return `@{${sides.map(([side, entries]) => `${side} = ${quotedList(entries, style)}`).join("; ")}}`;
}

/** They take their value after a colon: what stands after a blank would be another parameter's. */
const SWITCHES = ["Confirm", "BypassSecurityGroupManagerCheck"];
/** Nobody reads more of a list on a screen. */
const MOST_SHOWN = 50;

/** A list that is cut must not run: the rest of it would be taken out of what it is put in place of. The three dots see to that. */
function shown(value: Argument, style: Style): string {
  if (style === "file" || !isList(value) || value.length <= MOST_SHOWN) return literal(value, style);
  const first = value.slice(0, MOST_SHOWN).map((entry) => quoted(entry, style));
  return `@(${first.join(", ")}, ... and ${value.length - MOST_SHOWN} more: the script has them all)`;
}

/** One call as one line. */
export const printed = ({ cmdlet, parameters }: Call, style: Style = "file"): string =>
  [
    cmdlet,
    ...Object.entries(parameters).map(([name, value]) => `-${name}${SWITCHES.includes(name) ? ":" : " "}${shown(value, style)}`),
  ].join(" ");

/** A remark of one line in ASCII. Curly quotes become straight ones; what else is not ASCII becomes a question mark. */
export const remark = (text: string): string =>
  `# ${text
    .replace(/[\u2018-\u201f]/g, '"')
    .replace(/\s+/g, " ")
    .replace(/[^\x20-\x7e]/g, "?")}`;
