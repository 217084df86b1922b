import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv";

test.each(['=HYPERLINK("http://evil")', "+1+1", "-2+3", "@SUM(1)", "\t=1", "  =1", "\r\n=1", "＝1", "|calc"])(
  "%j is opened as text, not as a formula",
  (text) => {
    expect(csvLine([text])).toMatch(/^"'/);
  },
);

test.each([
  ["a@b;=HYPERLINK(1)", "a@b;'=HYPERLINK(1)"],
  ["a, +1+1", "a, '+1+1"],
  ["a\t@SUM(1)", "a\t'@SUM(1)"],
  ["a;;-2;|calc", "a;;'-2;'|calc"],
  ["=1;=2", "'=1;'=2"],
  ['a;"=HYPERLINK(1)', `a;""'=HYPERLINK(1)`],
  ['a; " "+1', `a; "" ""'+1`],
])("%j hides no formula behind a separator, where a spreadsheet splits at another one than ours", (text, tamed) => {
  expect(csvLine([text])).toBe(`"${tamed}"\r\n`);
});

test("what only looks like it stays as it is", () => {
  expect(csvLine(["a=b; c@d, e-f"])).toBe('"a=b; c@d, e-f"\r\n');
});

test("quotes are doubled, a line stays one line, numbers stay numbers", () => {
  expect(csvLine(['say "hi"', "a\nb", 1_234])).toBe('"say ""hi""","a b",1234\r\n');
});

test("whatever a sender calls himself, a line has as many cells as it was given", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 6 }), (cells) => {
      const line = csvLine(cells);
      expect(line.endsWith("\r\n")).toBe(true);
      const outside = line.slice(0, -2).replace(/"(?:[^"]|"")*"/g, "x");
      expect(outside).toBe(cells.map(() => "x").join(","));
      expect(line.slice(0, -2)).not.toMatch(/[\r\n\0]/);
    }),
  );
});
