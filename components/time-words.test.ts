import { describe, expect, it } from "vitest";
import { absolute, agoOf, clockOf, dayOf, spanOf, tickMs } from "./time-words";

const at = Date.UTC(2026, 4, 3, 12, 4);

describe("a moment in words", () => {
  it("is never absolute without its zone", () => {
    expect(absolute(at, "utc")).toBe("3 May 2026, 12:04 UTC");
    expect(absolute(at, "local")).toMatch(/ UTC[+−]\d\d:\d\d$/);
  });

  it("leaves out the day today and the year this year", () => {
    expect(clockOf(at, at + 3_600_000, "utc")).toBe("12:04 UTC");
    expect(clockOf(at, at + 86_400_000, "utc")).toBe("3 May, 12:04 UTC");
    expect(clockOf(at, Date.UTC(2027, 0, 1), "utc")).toBe("3 May 2026, 12:04 UTC");
    expect(dayOf(at, "utc")).toBe("3 May 2026");
  });

  it.each([
    [0, "just now"],
    [14_000, "14 s ago"],
    [-14_000, "in 14 s"],
    [180_000, "3 min ago"],
    [7_200_000, "2 h ago"],
    [86_400_000, "1 day ago"],
    [-3 * 86_400_000, "in 3 days"],
  ])("%i ms after it is %s", (ms, words) => {
    expect(agoOf(at, at + ms)).toBe(words);
  });

  it.each([
    [-5, "0 s"],
    [45_000, "45 s"],
    [59 * 60_000, "59 min"],
    [3 * 3_600_000 + 12 * 60_000, "3 h 12 min"],
    [24 * 3_600_000, "1 day"],
    [52 * 3_600_000, "2 days 4 h"],
  ])("%i ms is %s", (ms, words) => {
    expect(spanOf(ms)).toBe(words);
  });

  it("ticks every second only while seconds are shown", () => {
    expect(tickMs(at, at + 30_000)).toBe(1_000);
    expect(tickMs(at, at + 600_000)).toBe(20_000);
  });
});
