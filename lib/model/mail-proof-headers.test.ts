import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstOf, MOST_CHARS, readHeaders, valuesOf } from "./mail-proof-headers";

const of = (text: string) => readHeaders(text).headers;

describe("the header of a message", () => {
  it("is in order, with folded lines joined, up to the empty line", () => {
    expect(of("A: 1\r\nReceived: from a\r\n\tby b;\r\n  today\r\nA: 2\r\n\r\nB: not any more")).toEqual([
      { name: "A", value: "1" },
      { name: "Received", value: "from a by b; today" },
      { name: "A", value: "2" },
    ]);
  });

  it.each([
    ["with empty lines before it, as a copied page has", "\n\n \nA: 1"],
    ["with a byte order mark", "\uFEFFA: 1"],
    ["with a line of an mbox before it", "From someone Tue Nov 3\nA: 1"],
    ["with a heading of a web page before it", "Message details\nA: 1"],
    ["with bare carriage returns", "A: 1\rB"],
    ["with a space before the colon", "A : 1"],
  ])("is read %s", (_, text) => {
    expect(of(text)).toEqual([{ name: "A", value: "1" }]);
  });

  it("is found by name, whatever its case; the first is the last that was added", () => {
    const headers = of("received: new\nReceived: old");
    expect([firstOf(headers, "RECEIVED"), valuesOf(headers, "Received"), firstOf(headers, "To")]).toEqual(["new", ["new", "old"], null]);
  });

  it("has nothing in it that a person cannot see, or that turns a line around", () => {
    expect(of("A: a\u202Eb\u2066c\0d\u200Fe\u2028f")).toEqual([{ name: "A", value: "a b c d e f" }]);
  });

  it("is read to its limit, and says that there was more", () => {
    expect(readHeaders(`A: ${"x".repeat(MOST_CHARS)}`).isCut).toBe(true);
    const many = readHeaders("A: 1\n".repeat(2_000));
    expect([many.headers.length, many.isCut]).toEqual([400, true]);
    expect(of(`A: 1\n${" x\n".repeat(20_000)}`)[0]?.value.length).toBeLessThanOrEqual(8_000);
  });

  it("of any text is bounded and plain", () => {
    const piece = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("Received: ", "\r\n", "\n", "\t", " ", ":", "a", "\n\n"));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        for (const { name, value } of of(pieces.join(""))) {
          expect(name).toMatch(/^[!-9;-~]{1,128}$/);
          expect(value).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E]/u);
        }
      }),
    );
  });
});
