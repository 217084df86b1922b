/** A plan is made from a fresh look, kept as it was shown, and shown until somebody agrees to it. */
import { randomBytes } from "node:crypto";
import { no, ok, type Result } from "@/lib/base/result";
import { look, lookAtAll, type Seen } from "@/lib/engine/look";
import { changeView, countsOf } from "@/lib/model/difference";
import { finalitiesOf } from "@/lib/model/final";
import { changesOf, digestOf, type Part, type Parts, type Way } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import { domainsIn, trackOf } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";
import type { NewPlan } from "@/lib/store/plans";
import type { Deps } from "./deps";
import { noteLook } from "./note-look";
import { notYetOf, planScriptText } from "./script";
import { loadSetup, type Setup, stepById } from "./setup";
import { headOf, titleOf, waysOf } from "./show";
import { missingOf, statusesOf } from "./standing";
import { noSuchStep } from "./step";
import { stepToRun } from "./undoing";
import type { PlanView, Visitor } from "./views";

const DAY_MS = 86_400_000;
/** A plan older than a day is looked at anew before anybody agrees to it. */
export const PLAN_LIFE_MS = DAY_MS;

function whyNoPlan(step: Step, seen: Seen, isUndo: boolean) {
  const guard = seen.checks.find((c) => step.guards.includes(c.id) && c.verdict !== "pass");
  const unknown = seen.checks.find((c) => c.verdict === "unknown");
  if (seen.changes.length > 0) return null;
  if (unknown) return no("unreachable", unknown.saw, { ...(unknown.fix ? { fix: unknown.fix } : {}) });
  if (guard) return no("not-ready", guard.saw, { ...(guard.fix ? { fix: guard.fix } : {}), ...(guard.step ? { step: guard.step } : {}) });
  if (seen.settling.length > 0)
    return no("not-ready", "The change was made. Microsoft does not show it yet.", { fix: "Wait; this page looks again by itself." });
  return no(
    "rejected",
    isUndo ? "Nothing of this step is left to take back." : "There is nothing to change: everything is as it should be.",
    { fix: "Go on with the next step." },
  );
}

export const partOf = (setup: Setup, step: Step, changes: Part["changes"]): Part => ({
  step: step.id,
  settings: setup.settings(step),
  changes,
});

/** A plan of what a look found, ready to be kept. */
export const newPlan = (
  parts: Parts,
  more: { readonly way: Way; readonly isUndo: boolean; readonly insteadOf?: string; readonly at: number },
): NewPlan => ({
  ...more,
  parts,
  digest: digestOf(parts),
  nonce: randomBytes(16).toString("hex"),
  expiresAt: more.at + PLAN_LIFE_MS,
});

/** Needs that are not met, looked at anew before anybody is sent back to them. */
async function stillMissing(deps: Deps, setup: Setup, step: Step): Promise<readonly Step[]> {
  const missing = missingOf(step, statusesOf(setup));
  if (missing.length === 0) return [];
  const asked = missing.map((need) => ({ step: need, settings: setup.settings(need) }));
  const seen = await lookAtAll(asked, setup.tenant, setup.given);
  for (const need of missing) {
    const one = seen.get(need.id);
    if (one) await noteLook(deps, setup, need, one);
  }
  return missingOf(step, statusesOf(setup, seen));
}

export const planHref = (scope: TenantScope, id: string, way?: Way): string =>
  `/t/${scope.tenant}/plan/${id}${way === "script" ? "?as=powershell" : way === "hand" ? "?as=by-hand" : ""}`;

export const makePlan =
  (deps: Deps) =>
  async (scope: TenantScope, id: string, way: Way, isUndo: boolean): Promise<Result<{ readonly href: string }>> => {
    const step = stepById(id);
    if (!step) return noSuchStep();
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const first = isUndo ? undefined : (await stillMissing(deps, setup.value, step))[0];
    if (first)
      return no("not-ready", `This step needs “${first.texts(setup.value.profile).title}” first.`, {
        fix: "Open that step.",
        step: first.id,
      });
    const offered = waysOf(setup.value, step)[way];
    if (offered !== true) return no("rejected", offered, { fix: "Choose another way on the step's page." });
    const carried = stepToRun(setup.value, step, isUndo);
    const seen = await look(carried, setup.value.settings(step), setup.value.tenant, setup.value.given);
    const why = whyNoPlan(carried, seen, isUndo);
    if (why) return why;
    const at = deps.clock.now();
    const plan = await deps.store.plans.keep(scope, newPlan([partOf(setup.value, step, seen.changes)], { way, isUndo, at }));
    return ok({ href: planHref(scope, plan.id, way) });
  };

const titleOfStep = (setup: Setup, id: string): string => stepById(id)?.texts(setup.profile).title ?? id;
const roleOf = (step: Step, setup: Setup) => step.texts(setup.profile).role;

export const planPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string): Promise<Result<PlanView>> => {
    const [setup, plan, run] = await Promise.all([
      loadSetup(deps, scope),
      deps.store.plans.find(scope, id),
      deps.store.runs.find(scope, id),
    ]);
    if (!setup.ok) return setup;
    const step = plan && stepById(plan.parts[0].step);
    if (!plan || !step) return no("gone", "There is no such plan.", { fix: "Go back to the step and make a new one." });
    const texts = step.texts(setup.value.profile);
    return ok({
      head: headOf(setup.value, visitor),
      id: plan.id,
      step: step.id,
      track: trackOf(step.id).id,
      title: titleOf(plan, texts.title),
      isUndo: plan.isUndo,
      way: plan.way,
      ways: waysOf(setup.value, step),
      counts: countsOf(changesOf(plan)),
      changes: plan.parts.flatMap((part) => part.changes.map((c) => ({ ...changeView(c), part: titleOfStep(setup.value, part.step) }))),
      notYet: [...notYetOf(setup.value, plan)].map(([id, held]) => ({ part: titleOfStep(setup.value, id), saw: held.saw })),
      isFirst: !setup.value.stored.entries.some((e) => e.what === "done"),
      forGood: finalitiesOf(changesOf(plan)),
      script: planScriptText(setup.value, step, plan),
      risk: plan.isUndo ? null : (texts.risk ?? null),
      undo: texts.undo,
      role: roleOf(step, setup.value),
      createdAt: plan.createdAt,
      isOld: deps.clock.now() > plan.expiresAt,
      runId: run?.id ?? null,
      typeOneOf: texts.risk && !plan.isUndo ? domainsIn(setup.value.settings) : [],
    });
  };
