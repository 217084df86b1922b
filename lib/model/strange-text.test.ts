/** What a stranger wrote cannot hide, turn the text around it, or break a page. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipped, escaped, piecesOf } from "./strange-text";

describe("text of a stranger", () => {
  it("shows what turns text around by its number", () => {
    expect(escaped("invoice\u202Efdp.exe")).toBe("invoice‹U+202E›fdp.exe");
    expect(escaped("\u2067admin\u2069")).toBe("‹U+2067›admin‹U+2069›");
    for (const sign of "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069") expect(escaped(sign)).toMatch(/^‹U\+/);
  });

  it("shows what cannot be seen, and counts it where there is much of it", () => {
    expect(escaped("pay\u200Bpal\u00ADx\uFEFF")).toBe("pay‹U+200B›pal‹U+00AD›x‹U+FEFF›");
    expect(escaped("a\0\0\0b")).toBe("a‹U+0000 ×3›b");
    expect(escaped("To: x\r\nBcc: y")).toBe("To: x‹U+000D›‹U+000A›Bcc: y");
    expect(escaped("\u{E0041}\u{E0041}")).toBe("‹U+E0041 ×2›");
    expect(escaped("a\uD800b")).toBe("a‹U+D800›b");
    expect(escaped("\u3164\u2800")).toBe("‹U+3164›‹U+2800›");
  });

  it("leaves ordinary writing of every script as it is", () => {
    for (const text of [
      "Rechnung für März",
      "שלום עולם",
      "مرحبا",
      "می\u200Cخواهم",
      "क्\u200Dष",
      "👩\u200D💻 ❤\uFE0F\u200D🔥 👍🏽",
      "Việt Nam",
      "ที่นี่",
    ])
      expect(escaped(text)).toBe(text);
  });

  it("does not let marks climb out of the line", () => {
    expect(escaped(`Z${"\u0301".repeat(100)}algo`)).toBe(`Z${"\u0301".repeat(4)}‹+96 marks›algo`);
  });

  it("is cut where it is too long, never inside of a character", () => {
    expect(piecesOf("x".repeat(100_000), 10)).toEqual({ pieces: [{ text: "x".repeat(10), isEscape: false }], left: 99_990 });
    expect(clipped("ab😀", 3)).toBe("ab");
    expect(escaped("ab😀", 3)).toBe("ab…");
  });

  it("loses nothing and lets nothing through that turns text around", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be left
        expect(escaped(text, 1_000)).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/);
        const seen = piecesOf(text, 1_000).pieces.flatMap((piece) => (piece.isEscape ? [] : piece.text));
        for (const piece of seen) expect(text).toContain(piece);
      }),
    );
  });
});
