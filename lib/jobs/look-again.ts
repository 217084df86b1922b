/** The job that looks at a watched step again: due by our clock, found by the sweep in usecases/due.ts. */
import { z } from "zod";

export const LOOK_AGAIN = "look-again";
const payload = z.object({ tenant: z.string(), step: z.string() });
export type LookAgain = z.infer<typeof payload>;

export const lookAgainJob = (tenant: string, step: string) => ({
  task: LOOK_AGAIN,
  payload: { tenant, step },
  jobKey: `${LOOK_AGAIN}:${tenant}:${step}`,
  maxAttempts: 3,
});

export const lookAgainHandler = (work: (order: LookAgain) => Promise<void>) => (raw: unknown) => work(payload.parse(raw));
