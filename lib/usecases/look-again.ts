/** The work of a watch: look, write down what it came to, and look again later, until it settles or the deadline is over. */
import { look, type Seen } from "@/lib/engine/look";
import { isOver, standingOf } from "@/lib/engine/standing";
import { carryOutJob } from "@/lib/jobs/carry-out";
import { tellJob } from "@/lib/jobs/tell";
import { keyOf } from "@/lib/model/change";
import type { TenantScope } from "@/lib/model/scope";
import type { Step } from "@/lib/steps/shape";
import type { WatchRow } from "@/lib/store/watches";
import { scopeForJob } from "./access";
import type { Deps } from "./deps";
import { isWaiting, nextLookAt, noteLook } from "./note-look";
import { loadSetup, type Setup, stepById } from "./setup";
import { toldOf } from "./tell-words";
import { stepToRun } from "./undoing";

/** A run that asked a person for something, and what of that is still to be done as far as can be seen. */
type Awaited = { readonly run: string; readonly isAllOpen: boolean };

async function awaitedOf(deps: Deps, setup: Setup, step: Step, seen: Seen): Promise<Awaited | null> {
  const { scope, stored, tenant, given } = setup;
  const run = stored.lastRuns.find((r) => r.step === step.id && r.state === "needs-you");
  const plan = run && (await deps.store.plans.find(scope, run.id));
  const part = plan?.parts.find((one) => one.step === step.id);
  if (!plan || !part) return null;
  const last = new Map(stored.entries.filter((e) => e.run === plan.id && e.step === step.id).map((e) => [keyOf(e.change), e]));
  const asked = [...last.values()].filter((e) => e.what === "asked");
  const carried = stepToRun(setup, step, plan.isUndo);
  const now = plan.isUndo ? await look(carried, part.settings, tenant, given) : seen;
  const standing = standingOf(carried, part.settings, tenant.profile, now);
  return { run: plan.id, isAllOpen: asked.every((e) => !isOver(standing, e.change)) };
}

type Looked = { readonly watch: WatchRow; readonly seen: Seen; readonly awaited: Awaited | null };

/** The watch's own state, its end told, and the run that may go on: all or nothing, so that none of them is forgotten. */
async function note(deps: Deps, scope: TenantScope, { watch, seen, awaited }: Looked): Promise<void> {
  const now = deps.clock.now();
  const tries = watch.tries + 1;
  const isOver = watch.deadline !== null && now > watch.deadline;
  const isSettled = !isWaiting(seen) && awaited === null;
  const state = isSettled ? "done" : isOver ? "expired" : "watching";
  const lastResult = { checks: seen.checks.map(({ id, verdict, saw }) => ({ id, verdict, saw })) };
  await deps.store.together(scope, async (store) => {
    await store.watches.note(scope, watch.step, { state, dueAt: nextLookAt(seen, now, tries), tries, lastResult });
    if (state !== "watching" && toldOf(await store.words.current(scope, watch.step), watch.step).length > 0)
      await store.jobs.enqueue(scope, tellJob({ tenant: scope.tenant, step: watch.step, end: state }));
    if (state === "expired") await store.events.add(scope, { kind: "watch-expired", at: now, step: watch.step });
    if (awaited && !awaited.isAllOpen)
      await store.runs.requeue(scope, awaited.run, { at: now, job: carryOutJob(scope.tenant, awaited.run) });
  });
}

export const lookAgain =
  (deps: Deps) =>
  async ({ tenant, step: id }: { readonly tenant: string; readonly step: string }): Promise<void> => {
    const scope = scopeForJob(tenant, "look-again");
    const step = stepById(id);
    if (!step) return deps.store.watches.end(scope, id); // a step of an earlier version: nobody will ever see it settle
    await deps.clock.refresh();
    const setup = await loadSetup(deps, scope);
    const watch = setup.ok ? setup.value.stored.watches.find((w) => w.step === id && w.state === "watching") : undefined;
    if (!setup.ok || !watch) return;
    const seen = await look(step, setup.value.settings(step), setup.value.tenant, setup.value.given);
    await noteLook(deps, setup.value, step, seen);
    await note(deps, scope, { watch, seen, awaited: await awaitedOf(deps, setup.value, step, seen) });
  };
