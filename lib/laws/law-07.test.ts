import fc from "fast-check";
import { expect } from "vitest";
import { run } from "@/lib/engine/run";
import { undoing } from "@/lib/engine/undo";
import { keyOf } from "@/lib/model/change";
import { changesOf, mineOf, type Outcome, type Plan } from "@/lib/model/plan";
import type { Step } from "@/lib/steps/shape";
import { caseOf, readyCaseOf } from "./arbitraries";
import { applied, type Bench, benchOf, make, planFor, rest, through, undone } from "./bench";
import { law } from "./law";
import { essence } from "./state";
import { Killed } from "./tenant";

const killed = (step: Step) => fc.record({ one: caseOf(step), fuse: fc.nat(14), second: fc.nat(20), pause: fc.constantFrom(10, 400_000) });

law(
  "7. killed anywhere and started again, a run ends in the same state, does nothing twice and loses no receipt",
  killed,
  async (step, { one, fuse, second, pause }) => {
    const { start, settings, profile, lag } = one;
    const calm = benchOf(start, profile);
    const bench = benchOf(start, profile, lag);
    const { plan: calmPlan } = await applied(step, settings, calm);
    const plan = await planFor("run", step, settings, bench);
    expect(plan.digest).toBe(calmPlan.digest);
    if (changesOf(plan).length === 0) return;
    bench.fake.fuse = fuse;
    let outcome: Outcome | null = null;
    try {
      outcome = await run({ plan, stepOf: () => step, tenant: bench });
    } catch (e) {
      if (!(e instanceof Killed)) throw e;
      bench.fake.fuse = second;
      bench.fake.clock += pause;
    }
    if (outcome?.state !== "done") outcome = await through(plan, step, bench, pause);
    bench.fake.fuse = Number.POSITIVE_INFINITY;
    if (outcome.state !== "done") outcome = await through(plan, step, bench, pause);
    expect(outcome).toMatchObject({ state: "done" });
    rest(bench);
    expect(essence(bench.fake.state)).toEqual(essence(calm.fake.state));
    expect([...bench.fake.created].filter(([, times]) => times !== 1)).toEqual([]);
    const receipts = new Set(bench.ledger.entries().flatMap((e) => (e.what === "done" ? [keyOf(e.change)] : [])));
    expect(changesOf(plan).filter((c) => !receipts.has(keyOf(c)))).toEqual([]);
    await undone(step, bench);
    expect(essence(bench.fake.state)).toEqual(essence(start));
  },
);

law("7b. what somebody else did while we were down is not ours", readyCaseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const plan = await planFor("run", step, settings, bench);
  const [first, ...others] = changesOf(plan);
  if (!first || others.length === 0 || changesOf(plan).some((c) => c.hands === "person")) return;
  bench.fake.fuse = 5; // intent (2), call (2), receipt (2): dies when the receipt is written and nobody was told
  await run({ plan, stepOf: () => step, tenant: bench }).catch((e: unknown) => {
    if (!(e instanceof Killed)) throw e;
  });
  bench.fake.fuse = Number.POSITIVE_INFINITY;
  for (const c of others) make(bench.fake, c);
  rest(bench);
  expect((await run({ plan, stepOf: () => step, tenant: bench })).state).toBe("done");
  const ours = bench.ledger.entries().filter((e) => e.what === "done");
  expect(ours.map((e) => keyOf(e.change))).toEqual([keyOf(first)]);
});

/** Dies at the `fuse`th of its own steps, and is begun again until it is done. @returns whether it died at all. */
async function survived(plan: Plan, step: Step, bench: Bench, fuse: number): Promise<boolean> {
  bench.fake.fuse = fuse;
  const isDead = await run({ plan, stepOf: () => step, tenant: bench }).then(
    () => false,
    (e: unknown) => e instanceof Killed,
  );
  bench.fake.fuse = Number.POSITIVE_INFINITY;
  expect(await through(plan, step, bench)).toMatchObject({ state: "done" });
  rest(bench);
  return isDead;
}

law(
  "7c. killed after every single write in turn, run and undo alike end as if nothing had happened",
  readyCaseOf,
  async (step, { start, settings, profile, lag }) => {
    const calm = benchOf(start, profile);
    const { plan: calmPlan } = await applied(step, settings, calm);
    for (let fuse = 0, isDead = changesOf(calmPlan).length > 0; isDead; fuse++) {
      const bench = benchOf(start, profile, lag);
      const plan = await planFor("run", step, settings, bench);
      isDead = await survived(plan, step, bench, fuse);
      expect(essence(bench.fake.state)).toEqual(essence(calm.fake.state));
      const back = undoing(step, mineOf(bench.ledger.entries(), step.id));
      const undo = await planFor("undo", back, {}, bench);
      if (changesOf(undo).length > 0) await survived(undo, back, bench, fuse);
      expect(essence(bench.fake.state)).toEqual(essence(start));
    }
  },
  30,
);
