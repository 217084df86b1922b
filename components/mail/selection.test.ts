/** What is chosen is what somebody sees to be chosen, and never more than can be acted on. */
import { describe, expect, it } from "vitest";
import { allFound, allLoaded, countWords, isChosen, NOTHING, stretched, toggled } from "./selection";

const rows = Array.from({ length: 1_500 }, (_, i) => ({ id: `m${i}` }));
const ids = (selection: { readonly ids: ReadonlySet<string> }) => [...selection.ids];

describe("a selection", () => {
  it("takes one in and out again", () => {
    const one = toggled(NOTHING, rows, 3);
    expect(ids(one)).toEqual(["m3"]);
    expect(ids(toggled(one, rows, 3))).toEqual([]);
    expect(ids(toggled(NOTHING, rows, 9_999))).toEqual([]);
  });

  it("stretches from where it began, in both directions, and keeps what was chosen", () => {
    const one = toggled(toggled(NOTHING, rows, 9), rows, 3);
    expect(ids(stretched(one, rows, 5))).toEqual(["m9", "m3", "m4", "m5"]);
    expect(ids(stretched(one, rows, 1))).toEqual(["m9", "m3", "m1", "m2"]);
  });

  it("is never larger than what can be acted on at once", () => {
    expect(allLoaded(rows).ids.size).toBe(1_000);
    expect(stretched(toggled(NOTHING, rows, 0), rows, 1_499).ids.size).toBe(1_000);
    const full = allLoaded(rows);
    expect(toggled(full, rows, 1_200).ids.has("m1200")).toBe(false);
  });

  it("of all that is found marks every row, and a single change ends it", () => {
    const all = allFound(rows);
    expect(isChosen(all, "m1200")).toBe(true);
    expect(isChosen(toggled(all, rows, 0), "m0")).toBe(false);
    expect(toggled(all, rows, 0)).toMatchObject({ isAll: false });
  });

  it("says how many", () => {
    expect(countWords(toggled(NOTHING, rows, 0), false)).toBe("1 message");
    expect(countWords(allLoaded(rows), false)).toBe("1,000 messages");
    expect(countWords(allFound(rows), false)).toBe("All messages of this search");
    expect(countWords(allFound(rows.slice(0, 2)), true)).toBe("2 messages");
  });
});
