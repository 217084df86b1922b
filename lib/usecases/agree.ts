/** A person agrees to a plan: one transaction makes the run, its job and its event. Nothing slow happens here. */
import { no } from "@/lib/base/result";
import { carryOutJob } from "@/lib/jobs/carry-out";
import { idOf, keyOf } from "@/lib/model/change";
import { changesOf } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import { catalogue, domainsIn } from "@/lib/steps/index";
import type { PlanRow } from "@/lib/store/plans";
import type { NewRun } from "@/lib/store/runs";
import type { Groups } from "@/lib/store/store";
import { turnOffIn } from "./auto-retract";
import type { Deps } from "./deps";
import { loadSetup, type Setup, stepById } from "./setup";
import { isOurs, missingOf, statusesOf } from "./standing";
import type { ActionAnswer } from "./views";

export type Agreement = {
  /** Ids of the changes left ticked, or all. */
  readonly chosen: readonly string[] | "all";
  /** A domain typed out, where mail can stop. */
  readonly typed?: string;
};

export const runHref = (scope: TenantScope, id: string): string => `/t/${scope.tenant}/runs/${id}`;

function whyNotTyped(setup: Setup, plan: PlanRow, typed: string | undefined): ActionAnswer | null {
  const step = stepById(plan.parts[0].step);
  const domains = step?.texts(setup.profile).risk && !plan.isUndo ? domainsIn(setup.settings) : [];
  if (domains.length === 0 || domains.includes((typed ?? "").trim().toLowerCase())) return null;
  return {
    ok: false,
    problem: {
      code: "rejected",
      say: "The domain you typed is none of those this change is about.",
      fix: `Type one of: ${domains.slice(0, 5).join(", ")}.`,
    },
    fields: { typed: "Type one of the domains exactly as shown." },
  };
}

function whyNot(deps: Deps, setup: Setup, plan: PlanRow, { chosen, typed }: Agreement): ActionAnswer | null {
  const step = stepById(plan.parts[0].step);
  if (!step) return no("gone", "There is no such step.", { fix: "Go back to the list of steps." });
  if (deps.clock.now() > plan.expiresAt)
    return no("moved", "This plan is older than a day.", { fix: "Make a new one from the step's page." });
  const [need] = plan.isUndo ? [] : missingOf(step, statusesOf(setup));
  if (need)
    return no("not-ready", `This step needs “${need.texts(setup.profile).title}” first.`, { fix: "Open that step.", step: need.id });
  const known = new Set(changesOf(plan).map(idOf));
  if (chosen === "all") return whyNotTyped(setup, plan, typed);
  if (chosen.length === 0) return no("rejected", "No change is ticked, so there is nothing to do.", { fix: "Tick at least one change." });
  if (chosen.some((key) => !known.has(key)))
    return no("rejected", "One of the ticked changes is not part of this plan.", { fix: "Load the page again." });
  return whyNotTyped(setup, plan, typed);
}

/** Of one step only one plan is under way: agreeing to a newer one ends the older. */
async function endOlder(store: Groups, scope: TenantScope, setup: Setup, plan: PlanRow, at: number): Promise<void> {
  const older = setup.stored.lastRuns.filter(
    (run) =>
      plan.parts.some((part) => part.step === run.step) && run.id !== plan.id && (run.state === "needs-you" || run.state === "waiting"),
  );
  for (const run of older)
    if (await store.runs.move(scope, run.id, { state: "cancelled", at }))
      await store.events.add(scope, { kind: "run-replaced", at, step: run.step, detail: { run: run.id, by: plan.id } });
}

/** With all that is ours goes what we do by ourselves: nothing is moved any more. */
const takesAllBack = (setup: Setup, plan: PlanRow): boolean =>
  plan.isUndo && catalogue.every((step) => !isOurs(setup, step.id) || plan.parts.some((part) => part.step === step.id));

const newRun = (scope: TenantScope, plan: PlanRow, chosen: readonly string[], at: number): NewRun => ({
  plan: plan.id,
  step: plan.parts[0].step,
  chosen: chosen.length === changesOf(plan).length ? null : chosen,
  at,
  job: carryOutJob(scope.tenant, plan.id),
  event: {
    kind: plan.isUndo ? "undo-agreed" : "plan-agreed",
    at,
    step: plan.parts[0].step,
    detail: { plan: plan.id, way: plan.way, changes: chosen.length, of: changesOf(plan).length },
  },
});

export const agree =
  (deps: Deps) =>
  async (scope: TenantScope, planId: string, agreement: Agreement): Promise<ActionAnswer> => {
    const [setup, plan] = await Promise.all([loadSetup(deps, scope), deps.store.plans.find(scope, planId)]);
    if (!setup.ok) return setup;
    if (!plan) return no("gone", "There is no such plan.", { fix: "Go back to the step and make a new one." });
    if (await deps.store.runs.find(scope, planId)) return { ok: true, href: runHref(scope, planId) };
    const why = whyNot(deps, setup.value, plan, agreement);
    if (why) return why;
    const at = deps.clock.now();
    const chosen = changesOf(plan)
      .filter((c) => agreement.chosen === "all" || agreement.chosen.includes(idOf(c)))
      .map(keyOf);
    const begun = await deps.store.together(scope, async (store) => {
      const made = await store.runs.begin(scope, newRun(scope, plan, chosen, at));
      // After it, because a plan that may not begin ("busy") ends nothing either.
      if (made.ok) await endOlder(store, scope, setup.value, plan, at);
      if (made.ok && takesAllBack(setup.value, plan)) await turnOffIn(store, scope, at);
      return made;
    });
    return begun.ok ? { ok: true, href: runHref(scope, planId) } : begun;
  };
