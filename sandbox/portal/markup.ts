/** HTML by template: every value that is not markup already is escaped. */
import { escapeHtml } from "../http";

export class Markup {
  constructor(readonly text: string) {}
}

type Piece = string | number | boolean | null | undefined | Markup | Piece[];

function text(piece: Piece): string {
  if (Array.isArray(piece)) return piece.map(text).join("");
  if (piece instanceof Markup) return piece.text;
  return piece === null || piece === undefined || typeof piece === "boolean" ? "" : escapeHtml(String(piece));
}

export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Markup(strings.map((string, index) => string + text(pieces[index])).join(""));
}
