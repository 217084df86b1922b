/** The work of a run's job: one run a tenant at a time, change by change, then a look at what came of it. */
import { z } from "zod";
import { no, type Problem } from "@/lib/base/result";
import { lookAtAll } from "@/lib/engine/look";
import { run as runPlan } from "@/lib/engine/run";
import type { Tenant } from "@/lib/engine/world";
import type { TenantScope } from "@/lib/model/scope";
import type { Step } from "@/lib/steps/shape";
import type { RunRow } from "@/lib/store/runs";
import { scopeForJob, scopeForRun } from "./access";
import type { Deps } from "./deps";
import { noteLook } from "./note-look";
import { settle, type Work } from "./settle";
import { loadSetup, type Setup, stepById } from "./setup";
import { stepToRun } from "./undoing";

/** Every receipt is a sign of life; and before every change we ask whether somebody called the run off. */
function attended(deps: Deps, { scope, run }: Work, tenant: Tenant): Tenant {
  return {
    ...tenant,
    world: {
      ...tenant.world,
      make: async (change) => {
        const now = await deps.store.runs.find(scope, run.id);
        if (now?.state === "cancelled")
          return no("rejected", "The run was cancelled before this change.", { fix: "Make a new plan to go on." });
        return tenant.world.make(change);
      },
    },
    ledger: {
      entries: tenant.ledger.entries,
      write: async (entry) => {
        await tenant.ledger.write(entry);
        await deps.store.runs.move(scope, run.id, { state: "running", at: deps.clock.now() });
      },
    },
  };
}

/** What came of it, read back: remembered, written down, watched where it waits. */
async function verify(deps: Deps, scope: TenantScope, steps: readonly Step[]): Promise<void> {
  const setup = await loadSetup(deps, scope);
  if (!setup.ok) return;
  const asked = steps.map((step) => ({ step, settings: setup.value.settings(step) }));
  const seen = await lookAtAll(asked, setup.value.tenant, setup.value.given);
  for (const step of steps) {
    const one = seen.get(step.id);
    if (one) await noteLook(deps, setup.value, step, one);
  }
}

/** @throws when the catalogue no longer has a step that a plan was made for. */
function stepIn(setup: Setup, id: string, isUndo: boolean): Step {
  const step = stepById(id);
  if (!step) throw new Error(`There is no step ${id}.`);
  return stepToRun(setup, step, isUndo);
}

/** @returns the steps to look at afterwards; none when the run stopped. */
async function work(deps: Deps, scope: TenantScope, run: RunRow): Promise<readonly Step[]> {
  const plan = await deps.store.plans.find(scope, run.id);
  const setup = await loadSetup(deps, scope);
  if (!plan || !setup.ok) throw new Error(`Run ${run.id} has no plan or tenant.`);
  const job: Work = { scope, run, plan };
  await deps.store.runs.move(scope, run.id, { state: "running", at: deps.clock.now() });
  const tenant = attended(deps, job, setup.value.tenant);
  const chosen = run.chosen ? { chosen: new Set(run.chosen) } : {};
  const stepOf = (id: string) => stepIn(setup.value, id, plan.isUndo);
  const outcome = await runPlan({ plan, stepOf, tenant, given: setup.value.given, ...chosen });
  await settle(deps, job, outcome);
  return outcome.state === "stopped" ? [] : plan.parts.flatMap((part) => stepById(part.step) ?? []);
}

/** A run that nobody but us could mend. What it did is in the ledger, and a new plan goes on from there. */
const BROKEN: Problem = {
  code: "unsure",
  say: "Cutover failed in the middle of these changes, several times in a row. That is a fault of Cutover, not of your tenant.",
  fix: "Make a new plan: it begins with a look at what is there now. If it happens again, send this page to support.",
};
const MOST_FAULTS = 5;
const ofRun = z.object({ run: z.string() }).catch({ run: "" });

/** A fault of our own is told, and a run that only ever meets them ends: it must not be begun again for ever. */
async function falter(deps: Deps, scope: TenantScope, run: RunRow): Promise<void> {
  const at = deps.clock.now();
  const step = run.step;
  const asked = { step, kinds: ["run-faltered"], limit: MOST_FAULTS };
  await deps.store.together(scope, async (store) => {
    const before = (await store.events.list(scope, asked)).filter((e) => ofRun.parse(e.detail).run === run.id);
    if (before.length + 1 < MOST_FAULTS) return store.events.add(scope, { kind: "run-faltered", at, step, detail: { run: run.id } });
    if (await store.runs.move(scope, run.id, { state: "stopped", at, problem: BROKEN }))
      await store.events.add(scope, { kind: "run-stopped", at, step, detail: { run: run.id, say: BROKEN.say } });
  });
}

/** Does nothing when somebody else is at it, or nothing is to be done. @returns the steps to look at afterwards. */
async function alone(deps: Deps, scope: TenantScope, id: string): Promise<readonly Step[]> {
  const run = await deps.store.runs.find(scope, id);
  if (!run || (run.state !== "queued" && run.state !== "running")) return [];
  try {
    return await work(deps, scope, run);
  } catch (fault) {
    await falter(deps, scopeForJob(scope.tenant, "carry-out"), run).catch((err: unknown) =>
      deps.log.warn({ err, run: id }, "That a run failed could not be written down"),
    );
    throw fault;
  }
}

/** @throws what is a bug: the queue tries again with pauses. Expected failures end in the run's own state. */
export const carryOut =
  (deps: Deps) =>
  async ({ tenant, run: id }: { readonly tenant: string; readonly run: string }): Promise<void> => {
    const found = await deps.store.runs.find(scopeForJob(tenant, "carry-out"), id);
    if (!found) return;
    await deps.clock.refresh();
    // Null: another worker is at it. If that one dies, the sweep finds the run again.
    const scope = scopeForRun(tenant, found.by);
    const steps = await deps.store.exclusively(tenant, () => alone(deps, scope, id));
    // Outside the lock: the tenant's next run need not wait for it.
    if (steps && steps.length > 0) await verify(deps, scope, steps);
  };
