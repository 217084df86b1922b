import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_BYTES, offers, readReply, textOf } from "./reply";

const read = (text: string) => readReply(Buffer.from(text));

describe("an SMTP answer", () => {
  it("is whole at its last line, and what follows is left", () => {
    expect(read("250-a\r\n250-b\r\n250 c\r\nrest")).toEqual({ reply: { code: 250, lines: ["a", "b", "c"] }, used: 21 });
    expect(read("220\r\n")).toMatchObject({ reply: { code: 220, lines: [""] } });
    expect(read("220 with a bare line feed\n")).toMatchObject({ reply: { code: 220 } });
  });

  it.each(["", "2", "250-a\r\n", "250-a\r\n250 b"])("is awaited after %j", (text) => {
    expect(read(text)).toBe("more");
  });

  it.each(["hello\r\n", "99 x\r\n", "600 x\r\n", "250-a\r\n550 b\r\n", "2500 x\r\n", "\r\n"])("is not %j", (text) => {
    expect(read(text)).toBe("garbled");
  });

  it("has no control characters left in it", () => {
    expect(read("220 a\0b\x1b[31m\u2028c\r\n")).toMatchObject({ reply: { lines: ["a b [31m c"] } });
  });

  it("offers what its lines but the first begin with", () => {
    const answer = { code: 250, lines: ["STARTTLS greets", "starttls", "SIZE 100"] };
    expect([offers(answer, "STARTTLS"), offers(answer, "SIZE"), offers(answer, "8BITMIME")]).toEqual([true, true, false]);
    expect(offers({ code: 250, lines: ["STARTTLS"] }, "STARTTLS")).toBe(false);
  });

  it("of any bytes is read, refused or awaited, and never more than the limit is awaited", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("250-", "250 ", "\r\n", "\n", "\r", "220"),
      fc.uint8Array().map((b) => Buffer.from(b).toString("latin1")),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(""), "latin1");
        const said = readReply(bytes);
        if (said === "more") return bytes.length <= MOST_BYTES;
        if (typeof said === "string") return true;
        return said.used <= bytes.length && said.reply.code >= 200 && said.reply.code < 600 && !/\p{Cc}|\p{Cs}/u.test(textOf(said.reply));
      }),
    );
  });

  it("reads the same however it is cut, once it is whole", () => {
    const line = fc.string({ unit: "grapheme-ascii", maxLength: 60 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.nat(), (lines, at) => {
        const whole = Buffer.from(lines.map((one, nth) => `250${nth === lines.length - 1 ? " " : "-"}${one}\r\n`).join(""));
        const cut = at % whole.length;
        expect(readReply(whole.subarray(0, cut))).toBe("more");
        expect(readReply(whole)).toMatchObject({ reply: { code: 250, lines: lines.map((one) => one.trim()) }, used: whole.length });
      }),
    );
  });
});
