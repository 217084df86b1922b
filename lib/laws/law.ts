/** One law, said of every step of the catalogue, on random tenants. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { catalogue } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";

export const RUNS = 200;

/** What went wrong, with the step it went wrong for. */
const named = (step: string, e: unknown): Error => (e instanceof Error ? Object.assign(e, { message: `${step}: ${e.message}` }) : new Error(`${step}: ${String(e)}`));

/** The property of one step on `numRuns` random cases. */
export async function holds<T>(step: string, cases: fc.Arbitrary<T>, test: (one: T) => Promise<void>, numRuns = RUNS): Promise<void> {
  const property = fc.asyncProperty(cases, async (one) => {
    try {
      await test(one);
    } catch (e) {
      throw named(step, e);
    }
  });
  await fc.assert(property, { numRuns });
}

export function law<T>(name: string, casesOf: (step: Step) => fc.Arbitrary<T>, test: (step: Step, one: T) => Promise<void>, numRuns = RUNS): void {
  describe(name, () => {
    for (const step of catalogue)
      it(step.id, { timeout: 120_000 }, () => holds(step.id, casesOf(step), (one) => test(step, one), numRuns));
  });
}
