import { expect } from "vitest";
import { run } from "@/lib/engine/run";
import { keyOf } from "@/lib/model/change";
import { changesOf } from "@/lib/model/plan";
import { readyCaseOf } from "./arbitraries";
import { benchOf, lookAt, make, planFor, rest } from "./bench";
import { law } from "./law";
import { besideThePoint } from "./meddler";

law(
  "5. a tenant that moved stops the run before its first change, and shows the new plan",
  readyCaseOf,
  async (step, { start, settings, profile }) => {
    const bench = benchOf(start, profile);
    const plan = await planFor("plan", step, settings, bench);
    const [first] = changesOf(plan);
    if (!first) return;
    make(bench.fake, first);
    const before = bench.fake.writes;
    const outcome = await run({ plan, stepOf: () => step, tenant: bench });
    expect(outcome).toMatchObject({ state: "stopped", problem: { code: "moved" } });
    expect(bench.fake.writes).toBe(before);
    const now = await lookAt(step, settings, bench);
    expect(outcome.state === "stopped" ? outcome.instead : null).toEqual(now.changes);
  },
);

law("5b. what does not bear on the plan does not stop it", readyCaseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const plan = await planFor("plan", step, settings, bench);
  bench.fake.change(besideThePoint);
  bench.fake.spelling = 1;
  rest(bench);
  if (changesOf(plan).length === 0) return;
  const outcome = await run({ plan, stepOf: () => step, tenant: bench });
  // The list may have become too full for the step's own guard: then it says so.
  if (outcome.state === "stopped") expect(outcome.problem.say).not.toContain("Something changed");
});

law("5c. a change that was unticked is not made, and the others are", readyCaseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const plan = await planFor("plan", step, settings, bench);
  // The last one: what comes before may be what another needs.
  const others = changesOf(plan).slice(0, -1);
  const left = changesOf(plan).at(-1);
  if (!left || changesOf(plan).some((c) => c.hands === "person")) return;
  const outcome = await run({ plan, stepOf: () => step, tenant: bench, chosen: new Set(others.map(keyOf)) });
  expect(outcome.state).toBe("done");
  rest(bench);
  expect((await lookAt(step, settings, bench)).changes.map(keyOf)).toEqual([keyOf(left)]);
});
