/** The header of a message out of what somebody pasted: bounded, in order, folded lines joined. Anything may stand in it. */

export type Header = { readonly name: string; readonly value: string };
export type Pasted = {
  readonly headers: readonly Header[];
  /** There was more than is read. */
  readonly isCut: boolean;
};

/** 64 KB: the longest that mail servers pass on by default (Exchange: 256 KB; real ones are under 30). */
export const MOST_CHARS = 65_536;
const MOST_HEADERS = 400;
const MOST_VALUE = 8_000;

const FIELD = /^([!-9;-~]{1,128})[ \t]*:[ \t]*(.*)$/s;

/** The empty line ends the header; before its first line there may be any number of them, as a copied page has. */
function lines(text: string): readonly string[] {
  const all = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const first = all.findIndex((line) => line.trim() !== "");
  if (first === -1) return [];
  const end = all.findIndex((line, at) => at > first && line.trim() === "");
  return all.slice(first, end === -1 ? undefined : end);
}

/** Without control characters: it is shown to people and kept in a database. Bidirectional marks could make a line read as another. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();

/** What is no header line (an mbox "From " line, a heading of a web page) is left out. */
export function readHeaders(pasted: string): Pasted {
  const text = pasted.slice(0, MOST_CHARS);
  const found: { name: string; parts: string[]; length: number }[] = [];
  let isCut = pasted.length > MOST_CHARS;
  for (const line of lines(text)) {
    const last = found.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last && last.length < MOST_VALUE) {
        last.parts.push(line);
        last.length += line.length;
      }
      continue;
    }
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (found.length >= MOST_HEADERS) {
      isCut = true;
      break;
    }
    found.push({ name, parts: [value], length: value.length });
  }
  return { headers: found.map(({ name, parts }) => ({ name, value: plain(parts.join(" ")).slice(0, MOST_VALUE) })), isCut };
}

export const valuesOf = (headers: readonly Header[], name: string): readonly string[] =>
  headers.filter((header) => header.name.toLowerCase() === name.toLowerCase()).map((header) => header.value);

/** The first, which is the last that was added. */
export const firstOf = (headers: readonly Header[], name: string): string | null => valuesOf(headers, name)[0] ?? null;
