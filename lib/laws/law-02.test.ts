import { expect } from "vitest";
import { run } from "@/lib/engine/run";
import type { Check } from "@/lib/model/check";
import { SETTLED } from "@/lib/model/check";
import { changesOf } from "@/lib/model/plan";
import { caseOf, readyCaseOf } from "./arbitraries";
import { applied, benchOf, lookAt, planFor } from "./bench";
import { law } from "./law";

const isWrong = (c: Check) => c.verdict === "fail" || c.verdict === "unknown";

law(
  "2. after a run a second plan is empty and the checks pass, warn or wait with a time",
  caseOf,
  async (step, { start, settings, profile, lag }) => {
    const bench = benchOf(start, profile, lag);
    const before = await lookAt(step, settings, bench);
    const { plan, outcome } = await applied(step, settings, bench);
    expect(outcome.state).toBe("done");
    const after = await lookAt(step, settings, bench);
    expect(after.changes).toEqual([]);
    if (changesOf(plan).length === 0) return;
    // What no plan can put right was wrong before and is said, not planned.
    const wrongBefore = new Set(before.checks.filter(isWrong).map((c) => c.id));
    expect(after.checks.filter((c) => isWrong(c) && (c.id === SETTLED || !wrongBefore.has(c.id)))).toEqual([]);
    expect(after.checks.find((c) => c.id === SETTLED)?.verdict).toBe("pass");
  },
);

law("2b. a fresh write that is not shown yet is waited for, not made again", readyCaseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile, 20_000);
  const plan = await planFor("plan", step, settings, bench);
  if (changesOf(plan).some((c) => c.hands === "person")) return;
  const wasWrong = new Set((await lookAt(step, settings, bench)).checks.filter((c) => c.verdict === "fail").map((c) => c.id));
  await run({ plan, stepOf: () => step, tenant: bench });
  const soon = await lookAt(step, settings, bench);
  expect(soon.changes).toEqual([]);
  if (changesOf(plan).length === 0) return;
  expect(soon.checks.filter((c) => c.verdict === "fail")).toEqual([]);
  expect(soon.checks.find((c) => c.id === SETTLED)).toMatchObject({ verdict: "wait", again: expect.any(Number) });
  expect(wasWrong.has(SETTLED)).toBe(true);
});

law(
  "2c. an undo right after the run waits for the write to be shown, and then takes it back",
  readyCaseOf,
  async (step, { start, settings, profile }) => {
    const { undoing } = await import("@/lib/engine/undo");
    const { mineOf } = await import("@/lib/model/plan");
    const bench = benchOf(start, profile, 20_000);
    const plan = await planFor("plan", step, settings, bench);
    if (changesOf(plan).length === 0 || changesOf(plan).some((c) => c.hands === "person")) return;
    await run({ plan, stepOf: () => step, tenant: bench });
    const back = undoing(step, mineOf(bench.ledger.entries(), step.id));
    const soon = await lookAt(back, {}, bench);
    if (mineOf(bench.ledger.entries(), step.id).length > 0) expect(soon.checks.some((c) => c.verdict === "wait")).toBe(true);
    bench.fake.clock += 30_000;
    const later = await lookAt(back, {}, bench);
    expect(later.checks.some((c) => c.verdict === "wait")).toBe(false);
  },
);
