/** A job is given out once in a while, not every second, and what is long past is forgotten. */
import { expect, it } from "vitest";
import { onceIn } from "./once-in";

it("each is given out once in the time, by this machine's clock, and again after it", () => {
  let now = 0;
  const mayBeGiven = onceIn(10, { now: () => now });
  const at = (moment: number, key: string) => {
    now = moment;
    return mayBeGiven(key);
  };
  expect([at(0, "a"), at(1, "a"), at(5, "b"), at(10, "a")]).toEqual([true, false, true, false]);
  expect([at(11, "a"), at(15, "b"), at(16, "b"), at(20, "a"), at(22, "a")]).toEqual([true, false, true, false, true]);
});
