/** The work of a watch: look, write down what it came to, and look again later, until it settles or the deadline is over. */
import { look, type Seen } from "@/lib/engine/look";
import { carryOutJob } from "@/lib/jobs/carry-out";
import type { TenantScope } from "@/lib/model/scope";
import type { WatchRow } from "@/lib/store/watches";
import { scopeForJob } from "./access";
import type { Deps } from "./deps";
import { isWaiting, nextLookAt, noteLook } from "./note-look";
import { loadSetup, type Setup, stepById } from "./setup";

/** A run that asked a person, or waits, goes on as soon as its step may have been done. */
async function wakeRun(deps: Deps, scope: TenantScope, setup: Setup, step: string): Promise<boolean> {
  const run = setup.stored.lastRuns.find((r) => r.step === step && r.state === "needs-you");
  if (!run) return false;
  await deps.store.runs.requeue(scope, run.id, { at: deps.clock.now(), job: carryOutJob(scope.tenant, run.id) });
  return true;
}

async function note(deps: Deps, scope: TenantScope, watch: WatchRow, seen: Seen, isAwaited: boolean): Promise<void> {
  const now = deps.clock.now();
  const tries = watch.tries + 1;
  const isOver = watch.deadline !== null && now > watch.deadline;
  const isSettled = !isWaiting(seen) && !isAwaited;
  const state = isSettled ? "done" : isOver ? "expired" : "watching";
  const lastResult = { checks: seen.checks.map(({ id, verdict, saw }) => ({ id, verdict, saw })) };
  await deps.store.watches.note(scope, watch.step, { state, dueAt: nextLookAt(seen, now, tries), tries, lastResult });
  if (state === "expired") await deps.store.events.add(scope, { kind: "watch-expired", at: now, step: watch.step });
}

export const lookAgain =
  (deps: Deps) =>
  async ({ tenant, step: id }: { readonly tenant: string; readonly step: string }): Promise<void> => {
    const scope = scopeForJob(tenant, "look-again");
    const step = stepById(id);
    await deps.clock.refresh();
    const setup = await loadSetup(deps, scope);
    const watch = setup.ok ? setup.value.stored.watches.find((w) => w.step === id && w.state === "watching") : undefined;
    if (!step || !setup.ok || !watch) return;
    const seen = await look(step, setup.value.settings(step), setup.value.tenant, setup.value.given);
    await noteLook(deps, setup.value, step, seen);
    const isAwaited = seen.changes.length > 0 && setup.value.stored.lastRuns.some((r) => r.step === id && r.state === "needs-you");
    await note(deps, scope, watch, seen, isAwaited);
    await wakeRun(deps, scope, setup.value, id);
  };
