/** End-to-end proofs that are due by our clock: something is to be looked for, or whoever was at them died. */
import { mailProofJob } from "@/lib/jobs/mail-proof";
import { SWEEP, scopeForJob } from "./access";
import type { Deps } from "./deps";
import { onceIn } from "./once-in";

/** The lock on the proof keeps it single; this keeps the queue from filling while one is at work. */
const AGAIN_MS = 10_000;

export function dueProofs(deps: Deps) {
  const mayBeGiven = onceIn(AGAIN_MS, deps.wall);
  return async (now: number): Promise<void> => {
    for (const { id, tenant, dueAt } of await deps.store.mailProofs.due(SWEEP, now))
      if (mayBeGiven(`${id} ${dueAt}`)) await deps.store.jobs.enqueue(scopeForJob(tenant, SWEEP.id), mailProofJob(tenant, id));
  };
}
