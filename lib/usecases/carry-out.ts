/** The work of a run's job: one run a tenant at a time, change by change, then a look at what came of it. */
import { no } from "@/lib/base/result";
import { look } from "@/lib/engine/look";
import { run as runPlan } from "@/lib/engine/run";
import type { Tenant } from "@/lib/engine/world";
import type { Outcome } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import type { Step } from "@/lib/steps/shape";
import type { PlanRow } from "@/lib/store/plans";
import type { Move, RunRow } from "@/lib/store/runs";
import type { NewWatch } from "@/lib/store/watches";
import { scopeForJob, scopeForRun } from "./access";
import type { Deps } from "./deps";
import { nextLookAt, noteLook, WATCH_LIFE_MS } from "./note-look";
import { newPlan, stepToRun } from "./plan";
import { loadSetup, type Setup, stepById } from "./setup";

type Work = { readonly scope: TenantScope; readonly run: RunRow; readonly plan: PlanRow; readonly step: Step };

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

/** A person has something to do: it is looked for until it is seen done. */
const watchFor = (step: string, now: number): NewWatch => ({
  step,
  dueAt: nextLookAt({ checks: [] }, now, 0),
  since: now,
  deadline: now + WATCH_LIFE_MS,
});

const moveTo = (outcome: Outcome, at: number): Move => {
  if (outcome.state === "waiting")
    return { state: "waiting", at, problem: outcome.problem, retryAt: outcome.problem.retryAt ?? at + 60_000 };
  return { state: outcome.state, at, ...(outcome.state === "stopped" ? { problem: outcome.problem } : {}) };
};

/** The run's new state and what belongs to it, all or nothing; a run that somebody cancelled meanwhile stays cancelled. */
async function settle(deps: Deps, work: Work, setup: Setup, outcome: Outcome): Promise<void> {
  const { scope, run, plan, step } = work;
  const at = deps.clock.now();
  const more = { way: plan.way, isUndo: plan.isUndo, insteadOf: plan.id, at };
  await deps.store.together(scope, async (store) => {
    const moved = await store.runs.move(scope, run.id, moveTo(outcome, at));
    if (!moved) return;
    const event = (kind: string, detail: Readonly<Record<string, unknown>> = {}) =>
      store.events.add(scope, { kind, at, step: plan.step, detail: { run: run.id, ...detail } });
    if (outcome.state === "done") await event(plan.isUndo ? "step-undone" : "run-done");
    if (outcome.state === "needs-you") await store.watches.begin(scope, watchFor(plan.step, at));
    if (outcome.state !== "stopped") return;
    if (outcome.problem.code === "moved" && outcome.instead.length > 0)
      await store.plans.keep(scope, newPlan(setup, step, outcome.instead, more));
    await event("run-stopped", { say: outcome.problem.say });
  });
}

/** What came of it, read back: remembered, written down, watched where it waits. */
async function verify(deps: Deps, scope: TenantScope, step: Step): Promise<void> {
  const setup = await loadSetup(deps, scope);
  if (!setup.ok) return;
  const seen = await look(step, setup.value.settings(step), setup.value.tenant, setup.value.given);
  await noteLook(deps, setup.value, step, seen);
}

async function work(deps: Deps, scope: TenantScope, run: RunRow): Promise<void> {
  const plan = await deps.store.plans.find(scope, run.id);
  const step = plan && stepById(plan.step);
  const setup = await loadSetup(deps, scope);
  if (!plan || !step || !setup.ok) throw new Error(`Run ${run.id} has no plan, step or tenant.`);
  const job: Work = { scope, run, plan, step };
  await deps.store.runs.move(scope, run.id, { state: "running", at: deps.clock.now() });
  const tenant = attended(deps, job, setup.value.tenant);
  const chosen = run.chosen ? { chosen: new Set(run.chosen) } : {};
  const outcome = await runPlan({ plan, step: stepToRun(setup.value, step, plan.isUndo), tenant, given: setup.value.given, ...chosen });
  await settle(deps, job, setup.value, outcome);
  if (outcome.state !== "stopped") await verify(deps, scope, step);
}

/** @throws what is a bug: the queue tries again with pauses. Expected failures end in the run's own state. */
export const carryOut =
  (deps: Deps) =>
  async ({ tenant, run: id }: { readonly tenant: string; readonly run: string }): Promise<void> => {
    const found = await deps.store.runs.find(scopeForJob(tenant, "carry-out"), id);
    if (!found) return;
    await deps.clock.refresh();
    // Null: another worker is at it. If that one dies, the sweep finds the run again.
    await deps.store.exclusively(tenant, async () => {
      const scope = scopeForRun(tenant, found.by);
      const run = await deps.store.runs.find(scope, id);
      if (run && (run.state === "queued" || run.state === "running")) await work(deps, scope, run);
      return true;
    });
  };
