/** What a run came to, written down: its new state with its time, the plan that takes its place, the watch that finds it done by hand. */
import type { Parts, Standstill } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import type { PlanRow } from "@/lib/store/plans";
import type { Move, RunRow } from "@/lib/store/runs";
import type { NewWatch } from "@/lib/store/watches";
import type { Deps } from "./deps";
import { nextLookAt, WATCH_LIFE_MS } from "./note-look";
import { newPlan } from "./plan";

export type Work = { readonly scope: TenantScope; readonly run: RunRow; readonly plan: PlanRow };

const MINUTE_MS = 60_000;

/** A person has something to do: it is looked for until it is seen done. */
const watchFor = (step: string, now: number): NewWatch => ({
  step,
  dueAt: nextLookAt({ checks: [] }, now, 0),
  since: now,
  deadline: now + WATCH_LIFE_MS,
});

/** The longer it waits the more patient it gets, up to a quarter of an hour: a tenant may take a day to be ready. */
export const nextTryAt = ({ startedAt }: Pick<RunRow, "startedAt">, at: number, asked: number = at + MINUTE_MS): number =>
  Math.round(Math.max(asked, at + Math.min((at - startedAt) / 8, 15 * MINUTE_MS)));

/** Nobody waits for longer than a watch does. What a person was to do by hand may have taken its time before. */
const isOverdue = (run: RunRow, plan: PlanRow, at: number): boolean => plan.way === "us" && at - run.startedAt > WATCH_LIFE_MS;

function outcomeIn({ run, plan }: Work, outcome: Standstill, at: number): Standstill {
  if (outcome.state !== "waiting" || !isOverdue(run, plan, at)) return outcome;
  const { retryAt: _, ...problem } = outcome.problem;
  return {
    step: outcome.step,
    state: "stopped",
    problem: { ...problem, say: `${problem.say} It was tried again for two weeks.` },
    instead: [],
  };
}

const moveTo = ({ run }: Work, outcome: Standstill, at: number): Move => {
  const { step } = outcome;
  if (outcome.state === "waiting")
    return { state: "waiting", step, at, problem: outcome.problem, retryAt: nextTryAt(run, at, outcome.problem.retryAt) };
  return { state: outcome.state, step, at, ...(outcome.state === "stopped" ? { problem: outcome.problem } : {}) };
};

/** What was not begun yet stays as it was agreed to; the part that moved is planned anew. */
function partsInstead({ parts }: PlanRow, { step, instead }: Extract<Standstill, { readonly state: "stopped" }>): Parts {
  const at = parts.findIndex((part) => part.step === step);
  const { settings } = parts[at] ?? parts[0];
  return [{ step, settings, changes: instead }, ...parts.slice(at + 1)];
}

/** The run's new state and what belongs to it, all or nothing; a run that somebody cancelled meanwhile stays cancelled. */
export async function settle(deps: Deps, work: Work, came: Standstill): Promise<void> {
  const { scope, run, plan } = work;
  const at = deps.clock.now();
  const outcome = outcomeIn(work, came, at);
  const more = { way: plan.way, isUndo: plan.isUndo, insteadOf: plan.id, at };
  await deps.store.together(scope, async (store) => {
    const moved = await store.runs.move(scope, run.id, moveTo(work, outcome, at));
    if (!moved) return;
    const event = (kind: string, detail: Readonly<Record<string, unknown>> = {}) =>
      store.events.add(scope, { kind, at, step: outcome.step, detail: { run: run.id, ...detail } });
    if (outcome.state === "done") await event(plan.isUndo ? "step-undone" : "run-done");
    if (outcome.state === "needs-you") await store.watches.begin(scope, watchFor(outcome.step, at));
    if (outcome.state !== "stopped") return;
    if (outcome.problem.code === "moved" && outcome.instead.length > 0)
      await store.plans.keep(scope, newPlan(partsInstead(plan, outcome), more));
    await event("run-stopped", { say: outcome.problem.say });
  });
}
