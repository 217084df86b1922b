/** One law, said of every step of the catalogue, on random tenants. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { catalogue } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";

const RUNS = 200;
const SHOWN = 1_500;

/** The property of one step on `numRuns` random cases. It fails with the step's name, what happened, and how to see it again. */
export async function holds<T>(step: string, cases: fc.Arbitrary<T>, test: (one: T) => Promise<void>, numRuns = RUNS): Promise<void> {
  const details = await fc.check(fc.asyncProperty(cases, test), { numRuns });
  if (!details.failed) return;
  const what = details.errorInstance;
  const why = what instanceof Error ? what : new Error(String(what));
  const how = `seed ${details.seed}, path "${details.counterexamplePath ?? ""}", ${JSON.stringify(details.counterexample)?.slice(0, SHOWN) ?? ""}`;
  throw Object.assign(why, { message: `${step}: ${why.message}\n${how}` });
}

export function law<T>(
  name: string,
  casesOf: (step: Step) => fc.Arbitrary<T>,
  test: (step: Step, one: T) => Promise<void>,
  numRuns = RUNS,
): void {
  describe(name, () => {
    for (const step of catalogue) it(step.id, { timeout: 120_000 }, () => holds(step.id, casesOf(step), (one) => test(step, one), numRuns));
  });
}
