/** End-to-end proofs that are due by our clock: something is to be looked for, or whoever was at them died. */
import { mailProofJob } from "@/lib/jobs/mail-proof";
import { SWEEP, scopeForJob } from "./access";
import type { Deps } from "./deps";

/** The lock on the proof keeps it single; this keeps the queue from filling while one is at work. */
const AGAIN_MS = 10_000;

export function dueProofs(deps: Deps) {
  /** By this machine's clock, so that a moved clock does not give a job out every second. */
  const givenOut = new Map<string, { readonly dueAt: number; readonly at: number }>();
  return async (now: number): Promise<void> => {
    const wall = deps.wall.now();
    for (const { id, tenant, dueAt } of await deps.store.mailProofs.due(SWEEP, now)) {
      const last = givenOut.get(id);
      if (last?.dueAt === dueAt && wall - last.at <= AGAIN_MS) continue;
      givenOut.set(id, { dueAt, at: wall });
      await deps.store.jobs.enqueue(scopeForJob(tenant, SWEEP.id), mailProofJob(tenant, id));
    }
    for (const [id, { at }] of givenOut) if (wall - at > 10 * AGAIN_MS) givenOut.delete(id);
  };
}
