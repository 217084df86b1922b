import { expect } from "vitest";
import { caseOf } from "./arbitraries";
import { benchOf, planFor } from "./bench";
import { law } from "./law";
import { essence } from "./state";

law("1. reading and planning write nothing", caseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  await planFor("plan", step, settings, bench);
  expect(bench.fake.writes).toBe(0);
  expect(essence(bench.fake.state)).toEqual(essence(start));
});
