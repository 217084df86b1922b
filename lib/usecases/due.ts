/** What is due by our clock: watches, waiting runs, reports, test messages and orders about mail, and what a killed worker left behind. Called every second by the worker. */
import { carryOutJob } from "@/lib/jobs/carry-out";
import { lookAgainJob } from "@/lib/jobs/look-again";
import { SWEEP, scopeForJob } from "./access";
import type { Deps } from "./deps";
import { dueOrders } from "./mail-order-due";
import { dueProofs } from "./mail-proof-due";
import { onceIn } from "./once-in";
import { dueTraces } from "./trace-due";

const LOCK_MS = 60_000;
/** A run at work shows a sign of life with every change; after this long without one its job is given out again. The lock on the tenant keeps it single. */
const SILENT_MS = 10_000;

export function due(deps: Deps) {
  const mayBeGiven = onceIn(SILENT_MS, deps.wall);
  const traces = dueTraces(deps);
  const proofs = dueProofs(deps);
  const orders = dueOrders(deps);

  async function runs(now: number): Promise<void> {
    for (const run of await deps.store.runs.due(SWEEP, now)) {
      const scope = scopeForJob(run.tenant, SWEEP.id);
      const job = carryOutJob(run.tenant, run.id);
      if (run.state === "waiting") {
        await deps.store.runs.requeue(scope, run.id, { at: now, job });
        continue;
      }
      const isSilent = now - run.updatedAt > SILENT_MS;
      if (isSilent && mayBeGiven(run.id)) await deps.store.jobs.enqueue(scope, job);
    }
  }

  return async (): Promise<void> => {
    await deps.clock.refresh();
    const now = deps.clock.now();
    for (const watch of await deps.store.watches.claimDue(SWEEP, { now, lockMs: LOCK_MS }))
      await deps.store.jobs.enqueue(scopeForJob(watch.tenant, SWEEP.id), lookAgainJob(watch.tenant, watch.step));
    await runs(now);
    await traces(now);
    await proofs(now);
    await orders(now);
  };
}
