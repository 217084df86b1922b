/** A run as its page shows it: one line a change, what a person must do, and what a fresh look would change now if it stopped. */
import { no, ok, type Result } from "@/lib/base/result";
import { carryOutJob } from "@/lib/jobs/carry-out";
import { type Change, keyOf } from "@/lib/model/change";
import { changeView } from "@/lib/model/difference";
import { changesOf, type Entry, type What } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import { trackOf } from "@/lib/steps/index";
import type { PlanRow } from "@/lib/store/plans";
import type { RunRow } from "@/lib/store/runs";
import type { Deps } from "./deps";
import { loadSetup, stepById } from "./setup";
import { headOf, lastLookOf, titleOf } from "./show";
import type { ActionAnswer, RunLine, RunView, Visitor } from "./views";

const STATES: Readonly<Record<What, RunLine["state"]>> = {
  intent: "doing",
  done: "done",
  found: "found",
  asked: "asked",
  failed: "problem",
  unsure: "unsure",
};
const VERBS: Readonly<Record<Change["do"], string>> = { new: "Add", set: "Change", remove: "Remove" };

/** "inbound connector", but "MX records". */
const inSentence = (noun: string): string => (/^[A-Z]{2}/.test(noun) ? noun : `${noun.charAt(0).toLowerCase()}${noun.slice(1)}`);

function lineOf(change: Change, last: Entry | undefined): RunLine {
  const view = changeView(change);
  return {
    key: view.key,
    title: `${VERBS[change.do]} ${inSentence(view.noun)} “${view.name}”`,
    state: last ? STATES[last.what] : "waiting",
    at: last?.at ?? null,
    byHand: view.byHand,
    command: view.command,
  };
}

const isOver = (entry: Entry | undefined): boolean => entry?.what === "done" || entry?.what === "found";

/** From so many changes on the page shows where the work is, not each of them. */
const MANY = 60;
const AROUND = 10;

/** Of a long run: what needs somebody, and what lies around the place at which it is. */
function nearby(changes: readonly Change[], lastOf: (c: Change) => Entry | undefined): readonly Change[] {
  if (changes.length <= MANY) return changes;
  const place = changes.findIndex((c) => !isOver(lastOf(c)));
  const from = Math.max(0, (place === -1 ? changes.length : place) - AROUND);
  const near = new Set(changes.slice(from, from + 2 * AROUND));
  const stuck = changes.filter((c) => ["failed", "unsure", "asked"].includes(lastOf(c)?.what ?? "")).slice(0, MANY - 2 * AROUND);
  return changes.filter((c) => near.has(c) || stuck.includes(c));
}

function linesOf(plan: PlanRow, run: RunRow, entries: readonly Entry[]): Pick<RunView, "lines" | "done" | "total"> {
  const last = new Map(entries.map((e) => [keyOf(e.change), e]));
  const lastOf = (c: Change) => last.get(keyOf(c));
  const changes = tickedOf(plan, run);
  return {
    lines: nearby(changes, lastOf).map((c) => lineOf(c, lastOf(c))),
    done: changes.filter((c) => isOver(lastOf(c))).length,
    total: changes.length,
  };
}

function tickedOf(plan: PlanRow, { chosen }: RunRow): readonly Change[] {
  const ticked = chosen && new Set(chosen);
  return changesOf(plan).filter((c) => ticked === null || ticked.has(keyOf(c)));
}

type Kept = { readonly run: RunRow; readonly plan: PlanRow };
async function find(deps: Deps, scope: TenantScope, id: string): Promise<Result<Kept>> {
  const [run, plan] = await Promise.all([deps.store.runs.find(scope, id), deps.store.plans.find(scope, id)]);
  return run && plan ? ok({ run, plan }) : no("gone", "There is no such run.", { fix: "Go back to the list of steps." });
}

export const runPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string): Promise<Result<RunView>> => {
    const kept = await find(deps, scope, id);
    if (!kept.ok) return kept;
    const [setup, successor] = await Promise.all([loadSetup(deps, scope), deps.store.plans.successor(scope, id)]);
    const step = stepById(kept.value.run.step);
    if (!setup.ok || !step) return setup.ok ? no("gone", "There is no such step.") : setup;
    const { run, plan } = kept.value;
    const entries = setup.value.stored.entries.filter((e) => e.run === id);
    return ok({
      head: headOf(setup.value, visitor),
      id,
      planId: plan.id,
      step: step.id,
      track: trackOf(step.id).id,
      title: titleOf(plan, step.texts(setup.value.profile).title),
      isUndo: plan.isUndo,
      way: plan.way,
      state: run.state,
      by: run.by.name,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      retryAt: run.retryAt,
      problem: run.problem,
      ...linesOf(plan, run, entries),
      instead: successor ? changesOf(successor).map(changeView) : [],
      insteadHref: successor ? `/t/${scope.tenant}/plan/${successor.id}` : null,
      checks: lastLookOf(setup.value, step)?.checks ?? [],
    });
  };

/** The run goes on now rather than at its time: a person says they did their part, or does not want to wait. */
export const goOn =
  (deps: Deps, kind: "by-hand-done" | "run-resumed") =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    const kept = await find(deps, scope, id);
    if (!kept.ok) return kept;
    const { state, step } = kept.value.run;
    if (state === "queued" || state === "running") return { ok: true, say: "Cutover is at it already." };
    const at = deps.clock.now();
    const run = await deps.store.together(scope, async (store) => {
      const queued = await store.runs.requeue(scope, id, { at, job: carryOutJob(scope.tenant, id) });
      if (queued) await store.events.add(scope, { kind, at, step, detail: { run: id } });
      return queued;
    });
    if (!run)
      return no("busy", "This run has ended, or another change is being made in this tenant.", {
        fix: "Wait a moment and load the page again.",
      });
    return { ok: true, say: "Looking now." };
  };

export const cancelRun =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    const kept = await find(deps, scope, id);
    if (!kept.ok) return kept;
    const at = deps.clock.now();
    const run = await deps.store.together(scope, async (store) => {
      const ended = await store.runs.move(scope, id, { state: "cancelled", at });
      if (ended) await store.events.add(scope, { kind: "run-cancelled", at, step: ended.step, detail: { run: id } });
      return ended;
    });
    if (!run) return no("rejected", "This run has ended already.", { fix: "Load the page again." });
    return { ok: true, say: "Cancelled. What was done stays done." };
  };
