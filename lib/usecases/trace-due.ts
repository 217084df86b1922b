/** Reports on message trace that are due by our clock: their quota is over, or whoever was at them died. */
import { traceReportJob } from "@/lib/jobs/trace-report";
import { SWEEP, scopeForJob } from "./access";
import type { Deps } from "./deps";

/** Longer than one query may take with all of its tries; the lock on the report keeps it single in any case. */
const SILENT_MS = 60_000;

export function dueTraces(deps: Deps) {
  /** By this machine's clock, so that a moved clock does not give a job out every second. */
  const givenOut = new Map<string, number>();
  return async (now: number): Promise<void> => {
    const wall = deps.wall.now();
    for (const { id, tenant, state, updatedAt } of await deps.store.traceReports.due(SWEEP, now)) {
      const [scope, job] = [scopeForJob(tenant, SWEEP.id), traceReportJob(tenant, id)];
      if (state === "waiting") {
        await deps.store.traceReports.move(scope, id, ["waiting"], { state: "queued", at: now }, job);
        continue;
      }
      if (now - updatedAt <= SILENT_MS || wall - (givenOut.get(id) ?? 0) <= SILENT_MS) continue;
      givenOut.set(id, wall);
      await deps.store.jobs.enqueue(scope, job);
    }
    for (const [id, at] of givenOut) if (wall - at > 10 * SILENT_MS) givenOut.delete(id);
  };
}
