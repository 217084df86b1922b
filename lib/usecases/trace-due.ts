/** Reports on message trace that are due by our clock: their quota is over, or whoever was at them died. */
import { traceReportJob } from "@/lib/jobs/trace-report";
import { SWEEP, scopeForJob } from "./access";
import type { Deps } from "./deps";
import { onceIn } from "./once-in";

/** Longer than one query may take with all of its tries; the lock on the report keeps it single in any case. */
const SILENT_MS = 60_000;

export function dueTraces(deps: Deps) {
  const mayBeGiven = onceIn(SILENT_MS, deps.wall);
  return async (now: number): Promise<void> => {
    for (const { id, tenant, state, updatedAt } of await deps.store.traceReports.due(SWEEP, now)) {
      const [scope, job] = [scopeForJob(tenant, SWEEP.id), traceReportJob(tenant, id)];
      if (state === "waiting") {
        await deps.store.traceReports.move(scope, id, ["waiting"], { state: "queued", at: now }, job);
        continue;
      }
      const isSilent = now - updatedAt > SILENT_MS;
      if (isSilent && mayBeGiven(id)) await deps.store.jobs.enqueue(scope, job);
    }
  };
}
