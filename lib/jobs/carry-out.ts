/** The job that carries out a run: begun when a person agrees, again after a wait, and again after a crash. */
import { z } from "zod";

export const CARRY_OUT = "carry-out";
const payload = z.object({ tenant: z.string(), run: z.string() });
export type CarryOut = z.infer<typeof payload>;

/** One waiting job a run: agreeing twice or finding it again does not queue it twice. */
export const carryOutJob = (tenant: string, run: string) => ({
  task: CARRY_OUT,
  payload: { tenant, run },
  jobKey: `${CARRY_OUT}:${run}`,
  maxAttempts: 5,
});

export const carryOutHandler = (work: (order: CarryOut) => Promise<void>) => (raw: unknown) => work(payload.parse(raw));
