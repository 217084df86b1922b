/** Orders about mail that are due by our clock, those whose worker died, and drafts that nobody agreed to. */
import { mailOrderJob } from "@/lib/jobs/mail-order";
import { SWEEP, scopeForJob } from "./access";
import type { Deps } from "./deps";
import { onceIn } from "./once-in";

/** Longer than a read may take with all of its tries; a move may take longer, and the lock on the order keeps it single in any case. */
const SILENT_MS = 60_000;
const HOUR_MS = 3_600_000;
/** What a person looked at a day ago may be elsewhere by now, and nobody agreed to anything. */
export const DRAFT_MS = 24 * HOUR_MS;

async function discardDrafts(deps: Deps, now: number): Promise<void> {
  const some = () => deps.store.mailOrders.oldDrafts(SWEEP, now - DRAFT_MS);
  // All of them, a hundred at a time: a draft that is still there afterwards was agreed to meanwhile, and is none any more.
  for (let old = await some(); old.length > 0; old = await some())
    for (const { id, tenant } of old) await deps.store.mailOrders.discard(scopeForJob(tenant, SWEEP.id), id);
}

export function dueOrders(deps: Deps) {
  const mayBeGiven = onceIn(SILENT_MS, deps.wall);
  const isHour = onceIn(HOUR_MS, deps.clock);
  return async (now: number): Promise<void> => {
    for (const { id, tenant, state, updatedAt } of await deps.store.mailOrders.due(SWEEP, now)) {
      const [scope, job] = [scopeForJob(tenant, SWEEP.id), mailOrderJob(tenant, id)];
      if (state === "waiting") {
        await deps.store.mailOrders.move(scope, id, ["waiting"], { state: "queued", at: now }, job);
        continue;
      }
      // A clock that was set back is no sign of life.
      const isSilent = Math.abs(now - updatedAt) > SILENT_MS;
      if (isSilent && mayBeGiven(id)) await deps.store.jobs.enqueue(scope, job);
    }
    if (isHour("drafts")) await discardDrafts(deps, now);
  };
}
