import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeLines, merged, resultOf } from "./people-list";
import { decoded, readPeople } from "./people-list-csv";

const read = (text: string) => {
  const made = readPeople(text);
  if (!made.ok) throw new Error(made.problem.say);
  return made.value;
};
const pairs = (text: string) => read(text).map(({ address, region }) => (region === null ? address : `${address} ${region}`));

const regions = [
  { id: "us", title: "United States and everybody else" },
  { id: "eu", title: "European Union" },
];
const known = new Set(["ann@x.com", "bob@x.com", "cyd@x.com"]);
const judge = (text: string) => judgeLines(read(text), { regions, region: "eu", known });
const verdicts = (text: string) => judge(text).map(({ verdict }) => verdict);

describe("reading a list", () => {
  it.each([
    ["one on each line", "ann@x.com\nbob@x.com", ["ann@x.com", "bob@x.com"]],
    ["Windows line ends, blank lines and a byte order mark", "\uFEFFann@x.com\r\n\r\n bob@x.com \r\n", ["ann@x.com", "bob@x.com"]],
    ["old line ends", "ann@x.com\rbob@x.com", ["ann@x.com", "bob@x.com"]],
    ["a region each, by comma", "ann@x.com,eu\nbob@x.com,us", ["ann@x.com eu", "bob@x.com us"]],
    ["by semicolon, with a header", "Region;Email\neu;ann@x.com", ["ann@x.com eu"]],
    ["by tab, with more columns", "Display name\tUser principal name\nAnn\tann@x.com", ["ann@x.com"]],
    ["quotes, with separators and quotes inside", 'mail,name\n"ann@x.com","Lee, ""Ann"""', ["ann@x.com"]],
    ["Excel's own first line", "sep=;\nann@x.com;eu", ["ann@x.com eu"]],
    ["as Outlook copies them", "Ann Lee <Ann@X.com>; Bob <bob@x.com>", ["ann@x.com", "bob@x.com"]],
    ["a name with a comma", "Lee, Ann <ann@x.com>", ["ann@x.com"]],
    ["a quote that never ends", '"ann@x.com\nbob@x.com', ['"ann@x.com', "bob@x.com"]],
  ])("%s", (_, text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it("takes no longer for a line of tabs than for any other", () => {
    const begun = performance.now();
    expect(read(`ann@x.com${"\t".repeat(500_000)}eu`)).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it("takes no more people on one line than on many", () => {
    expect(readPeople("a@x.com,".repeat(20_001))).toMatchObject({
      ok: false,
      problem: { say: expect.stringContaining("20001 addresses") },
    });
  });

  it("keeps the numbers of the lines as a spreadsheet shows them", () => {
    expect(read("email\n\nann@x.com").map((e) => e.line)).toEqual([3]);
  });

  it("200,000 lines are refused as a whole, and so is a list of nothing", () => {
    const refused = readPeople("a@x.com\n".repeat(200_000));
    expect(refused).toMatchObject({ ok: false });
    expect(readPeople("a@x.com\n".repeat(20_001))).toMatchObject({ ok: false, problem: { say: expect.stringContaining("20001 lines") } });
    expect(readPeople(" \n\n")).toMatchObject({ ok: false });
  });

  it("UTF-16 is read, and a byte that is no UTF-8 spoils its own line alone", () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...[..."ann@x.com"].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect(decoded(utf16)).toBe("ann@x.com");
    const latin = new Uint8Array([..."ann@x.com\nb\u00F6b@x.com"].map((c) => c.charCodeAt(0)));
    expect(verdicts(decoded(latin))).toEqual(["ok", "encoding"]);
  });

  it("anything at all is read or refused, never thrown", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: fc.constantFrom(...'a@,;\t"\n\r=.#\u0000x é') }), (text) => void readPeople(text)),
    );
  });
});

describe("judging each line", () => {
  it("says of each what is wrong", () => {
    const list = ["ann@x.com", "nobody@x.com", "guest@y.com", "bob@x.com,eu", "bob@x.com,us", "ann@x.com", "cyd@x.com,mars", "no address"];
    expect(verdicts(list.join("\n"))).toEqual([
      "ok",
      "unknown",
      "guest",
      "two-regions",
      "two-regions",
      "twice",
      "no-region",
      "not-an-address",
    ]);
  });

  it("a region goes by its id or its title", () => {
    expect(judge("ann@x.com,EU\nbob@x.com,european union\ncyd@x.com").map((l) => l.to)).toEqual(["eu", "eu", "eu"]);
  });

  it("formulas are no addresses, and come back as text", () => {
    const lines = judge('=HYPERLINK("http://evil.example")\n=1+1@x.com\n@SUM(A1)');
    expect(lines.map((l) => l.verdict)).toEqual(["not-an-address", "unknown", "not-an-address"]);
    const { badFile } = resultOf(lines);
    expect(badFile).toContain('"\'=1+1@x.com"');
    expect(badFile).not.toMatch(/,"[=@]/);
  });

  it("without a directory nobody is unknown", () => {
    expect(judgeLines(read("who@y.com"), { regions, region: "eu", known: null })[0]?.verdict).toBe("ok");
  });

  it("counts each kind of trouble, and keeps the good lines for saving", () => {
    const result = resultOf(judge("ann@x.com\nx\ny\nz@x.com\nbob@x.com,us"));
    expect(result).toMatchObject({ good: 2, goodLines: "ann@x.com,eu\nbob@x.com,us", badCount: 3 });
    expect(result.troubles.map((t) => t.count)).toEqual([2, 1]);
    expect(verdicts(result.goodLines)).toEqual(["ok", "ok"]);
  });
});

describe("saving", () => {
  const before = { us: ["ann@x.com"], eu: ["bob@x.com"] };
  it("adds, and whoever changes region leaves the other", () => {
    expect(merged(before, judge("ann@x.com\ncyd@x.com"), "add", "eu")).toEqual({ us: [], eu: ["ann@x.com", "bob@x.com", "cyd@x.com"] });
  });
  it("replaces only the regions that the list speaks of", () => {
    expect(merged(before, judge("cyd@x.com"), "replace", "eu")).toEqual({ us: ["ann@x.com"], eu: ["cyd@x.com"] });
  });
  it("nobody is ever picked for two regions", () => {
    const address = fc.constantFrom("ann@x.com", "bob@x.com", "cyd@x.com");
    const line = fc.tuple(address, fc.constantFrom("", ",eu", ",us", ",mars")).map(([a, r]) => a + r);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.constantFrom("add", "replace"), (lines, mode) => {
        const all = Object.values(merged(before, judge(lines.join("\n")), mode, "eu")).flat();
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});
