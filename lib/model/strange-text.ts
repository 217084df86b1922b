/** Text that a stranger wrote, made safe to look at: what nobody can see, or what turns other text around, is shown by its number. */

export type Piece = { readonly text: string; readonly isEscape: boolean };
export type Pieces = {
  readonly pieces: readonly Piece[];
  /** How many characters are not shown. */
  readonly left: number;
};

/** As much as one line of a page needs. */
export const MOST_SHOWN = 300;

/** A joiner holds an emoji of several signs together, and shapes letters in these scripts; everywhere else it only hides. */
const JOINS = String.raw`(?:(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=[\p{sc=Arab}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Mong}])[\u200C\u200D])`;
/** Controls, formats (the bidirectional ones are among them), halves of pairs, private use, line separators; then letters that draw nothing (Unicode, Default_Ignorable_Code_Point), and the empty Braille cell. */
const HIDDEN = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180E\u2800\u3164\uFFA0]`;
/** No language stacks more than four marks on a letter. */
const STACK = String.raw`(?<=\p{M}{4})\p{M}+`;
const STRANGE = new RegExp(String.raw`(?!${JOINS})(?<one>${HIDDEN})\k<one>*|${STACK}`, "gu");

const nameOf = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

function escapeOf(run: string, one: string | undefined): string {
  if (one === undefined) return `+${run.length} marks`;
  const times = run.length / one.length;
  return times > 1 ? `${nameOf(one)} ×${times}` : nameOf(one);
}

/** Cut between characters, never inside of one. */
export function clipped(text: string, most: number): string {
  const cut = text.slice(0, most);
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The first `most` characters, in order, told apart into what can be seen and the numbers of what cannot. */
export function piecesOf(text: string, most = MOST_SHOWN): Pieces {
  const cut = clipped(text, most);
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of cut.matchAll(STRANGE)) {
    if (found.index > at) pieces.push({ text: cut.slice(at, found.index), isEscape: false });
    pieces.push({ text: escapeOf(found[0], found.groups?.["one"]), isEscape: true });
    at = found.index + found[0].length;
  }
  if (at < cut.length) pieces.push({ text: cut.slice(at), isEscape: false });
  return { pieces, left: text.length - cut.length };
}

/** The same as one string, for places that hold nothing but text: labels, file names, cells of a table. */
export function escaped(text: string, most = MOST_SHOWN): string {
  const { pieces, left } = piecesOf(text, most);
  const shown = pieces.map((piece) => (piece.isEscape ? `‹${piece.text}›` : piece.text)).join("");
  return left > 0 ? `${shown}…` : shown;
}
