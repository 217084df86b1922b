/** Lines of an .ics file as RFC 5545 wants them. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { folded } from "./calendar";

const octets = (line: string) => Buffer.byteLength(line);

it("no line is longer than 75 octets, whatever is written in it, and unfolding gives it back", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 400 }).filter((one) => !/[\r\n]/.test(one));
  fc.assert(
    fc.property(text, (line) => {
      const lines = folded(line).split("\r\n");
      expect(lines.every((one) => octets(one) <= 75)).toBe(true);
      expect(lines.slice(1).every((one) => one.startsWith(" "))).toBe(true);
      expect(lines.map((one, i) => (i === 0 ? one : one.slice(1))).join("")).toBe(line);
    }),
  );
});

it("a short line stays as it is", () => {
  expect(folded("SUMMARY:Shorten the TTL")).toBe("SUMMARY:Shorten the TTL");
});

it("a quotation mark of three octets is never cut in two", () => {
  expect(folded(`${"a".repeat(74)}“b”`)).toBe(`${"a".repeat(74)}\r\n “b”`);
});
