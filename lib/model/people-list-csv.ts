/** A pasted or uploaded list of people, line by line: addresses, maybe with a region each, however a spreadsheet or Outlook wrote them. */
import { no, ok, type Result } from "@/lib/base/result";
import { plainAddress } from "./mail-address";

export const MOST_LINES = 20_000;
const MOST_CHARS = 1_000_000;
/** Of a line, for showing it again. */
const MOST_SHOWN = 200;

export type Entry = {
  /** Counted from 1, as a spreadsheet does. */
  readonly line: number;
  /** As it stands there. */
  readonly raw: string;
  readonly address: string;
  /** As it stands there; null where the line names none. */
  readonly region: string | null;
};

/** The first sign of a cell only: a quote inside of one is a quote. No tab is passed over: it may be the separator, and a line of tabs would be read again for each. */
function cellsOf(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^[^\S\t]*"((?:[^"]|"")*)"[^\S\t]*/.exec(rest);
    const isWhole = quoted !== null && (rest.length === quoted[0].length || rest.startsWith(separator, quoted[0].length));
    const end = isWhole ? quoted[0].length : rest.indexOf(separator) < 0 ? rest.length : rest.indexOf(separator);
    cells.push((isWhole ? (quoted[1] ?? "").replaceAll('""', '"') : rest.slice(0, end)).trim());
    if (end >= rest.length) return cells;
    rest = rest.slice(end + separator.length);
  }
}

/** The sign that stands most often in the first lines. */
function separatorOf(lines: readonly string[]): string {
  const head = lines.slice(0, 20).join("\n");
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: head.split(sign).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.sign ?? ",";
}

const ADDRESS_HEAD = /^(e-?mail|mail|(e-?mail|primary ?smtp ?|smtp ?)?-? ?address|user ?principal ?name|upn)$/i;
const REGION_HEAD = /^(journaling )?region$/i;
type Columns = { readonly address: number; readonly region: number };

/** Where the columns stand, if the line names them. */
function headerOf(cells: readonly string[]): Columns | null {
  const address = cells.findIndex((cell) => ADDRESS_HEAD.test(cell));
  return address < 0 || cells.some((cell) => cell.includes("@"))
    ? null
    : { address, region: cells.findIndex((cell) => REGION_HEAD.test(cell)) };
}

type Named = { readonly address: string; readonly region: string | null };
const wordOrNull = (cell: string | undefined): string | null => (cell === undefined || cell === "" ? null : cell);

/** Without a header: one address and maybe its region, or several addresses, as Outlook copies them. */
function guessed(cells: readonly string[]): readonly Named[] {
  const withSign = cells.filter((cell) => cell.includes("@"));
  if (withSign.length > 1) return withSign.map((cell) => ({ address: plainAddress(cell), region: null }));
  const [first = "", second] = cells;
  if (withSign.length === 1 && !first.includes("@")) return [{ address: plainAddress(withSign[0] ?? ""), region: null }];
  return [{ address: plainAddress(first), region: wordOrNull(second) }];
}

const tooMany = (count: number, what: string) =>
  no("rejected", `This list has ${count} ${what}; up to ${MOST_LINES} are read at a time. Nothing was saved.`, {
    fix: "Split it, or tell people apart by usage location, office or a group.",
  });

/** Every line that says something; blank ones, the header and a spreadsheet's note on its separator do not. */
export function readPeople(text: string): Result<readonly Entry[]> {
  if (text.length > MOST_CHARS)
    return no("rejected", "This list is longer than a million characters.", { fix: "Split it, or use a group." });
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const filled = lines.filter((line) => line.trim() !== "");
  if (filled.length > MOST_LINES) return tooMany(filled.length, "lines");
  const separator = separatorOf(filled.filter((line) => !/^sep=/i.test(line)));
  let columns: Columns | null = null;
  let isFirst = true;
  const entries: Entry[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === "" || (isFirst && /^sep=.$/i.test(line.trim()))) return;
    const cells = cellsOf(line, separator);
    const header = isFirst ? headerOf(cells) : null;
    isFirst = false;
    if (header) {
      columns = header;
      return;
    }
    const all: readonly Named[] =
      columns === null
        ? guessed(cells)
        : [{ address: plainAddress(cells[columns.address] ?? ""), region: wordOrNull(cells[columns.region]) }];
    for (const one of all) entries.push({ line: i + 1, raw: line.trim().slice(0, MOST_SHOWN), ...one });
  });
  // One line may hold many, as Outlook copies them.
  if (entries.length > MOST_LINES) return tooMany(entries.length, "addresses");
  return entries.length === 0
    ? no("rejected", "There is no address in this list.", { fix: "Paste addresses, one on each line." })
    : ok(entries);
}

/** What a file holds as text: spreadsheets also write UTF-16. Signs that are no UTF-8 stay to be seen, and spoil their own line alone. */
export function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const name = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(name).decode(bytes);
}
