import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf, paramsOf, searchOf } from "./mail-search";

const NOW = Date.parse("2027-01-15T08:00:00Z");
const DAY_MS = 86_400_000;

describe("a search in an address", () => {
  it("comes back out of the address as it went in", () => {
    const params = paramsOf({
      sender: "a@b.example",
      subject: "Rechnung & Mahnung +1",
      from: "2027-01-01",
      disposition: "SPAM",
      all: "yes",
    });
    expect(paramsOf(Object.fromEntries(new URLSearchParams(addressOf(params))))).toEqual(params);
  });

  it("is understood whatever somebody typed into the address", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("q", "sender", "from", "until", "disposition", "status", "all", "x"), fc.string()),
        (raw) => {
          const search = searchOf(paramsOf(raw), NOW);
          expect(search.from).toBeLessThanOrEqual(search.until);
          expect(search.until).toBeLessThanOrEqual(NOW);
        },
      ),
    );
  });

  it("takes the first of a field that stands twice, and none of what it does not know", () => {
    expect(paramsOf({ sender: ["a", "b"], disposition: "EVIL", status: "nowhere" })).toMatchObject({
      sender: "a",
      disposition: "",
      status: "",
    });
  });
});

describe("the time of a search", () => {
  it("is the last thirty days until now, unless somebody says otherwise", () => {
    expect(searchOf(paramsOf({}), NOW)).toMatchObject({ from: NOW - 30 * DAY_MS, until: NOW, detectionsOnly: true });
  });

  it("takes a day whole, and a moment as it is", () => {
    expect(searchOf(paramsOf({ from: "2027-01-02", until: "2027-01-02" }), NOW)).toMatchObject({
      from: Date.parse("2027-01-02T00:00:00Z"),
      until: Date.parse("2027-01-02T23:59:59.999Z"),
    });
    expect(searchOf(paramsOf({ until: "2027-01-02T10:00:00.000Z" }), NOW).until).toBe(Date.parse("2027-01-02T10:00:00Z"));
  });

  it("never lies in the future, which the vendor refuses", () => {
    expect(searchOf(paramsOf({ from: "2031-01-01", until: "2032-01-01" }), NOW)).toMatchObject({ from: NOW, until: NOW });
  });
});

describe("clean mail", () => {
  it("is left out unless it is asked for", () => {
    expect(searchOf(paramsOf({}), NOW).detectionsOnly).toBe(true);
    expect(searchOf(paramsOf({ all: "yes" }), NOW).detectionsOnly).toBe(false);
    expect(searchOf(paramsOf({ disposition: "NONE" }), NOW).detectionsOnly).toBe(false);
  });
});
