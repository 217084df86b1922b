/** Scripts to download: one that only reads, one that carries a plan out; each bound to tenant and download by a nonce. */
import { randomBytes } from "node:crypto";
import { no, ok, type Result } from "@/lib/base/result";
import type { Check } from "@/lib/model/check";
import { scriptFor } from "@/lib/model/powershell";
import type { TenantScope } from "@/lib/model/scope";
import type { Step } from "@/lib/steps/shape";
import type { PlanRow } from "@/lib/store/plans";
import type { Deps } from "./deps";
import { loadSetup, type Setup, stepById } from "./setup";
import { rememberedOf } from "./standing";
import { noSuchStep } from "./step";
import { heldUpBy } from "./undoing";

export type Download = { readonly fileName: string; readonly text: string };

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const order = (setup: Setup, step: Step) => ({
  queries: step.queries(setup.settings(step), setup.profile),
  tenant: setup.scope.tenant,
  stepTitle: step.texts(setup.profile).title,
  role: step.texts(setup.profile).role,
});

/**
 * Parts of taking back several steps that must not be carried out yet, with what holds each up, as far as the last
 * reading says. A run waits for that; a script or a person does not, so those parts are kept from them.
 */
export function notYetOf(setup: Setup, { isUndo, parts }: PlanRow): ReadonlyMap<string, Check> {
  if (!isUndo || parts.length < 2) return new Map();
  const known = rememberedOf(setup);
  return new Map(
    parts.flatMap(({ step: id }) => {
      const step = stepById(id);
      const held = step ? heldUpBy(setup, step, known) : null;
      return held ? [[id, held] as const] : [];
    }),
  );
}

const openChangesOf = (setup: Setup, plan: PlanRow) => {
  const notYet = notYetOf(setup, plan);
  return plan.parts.flatMap((part) => (notYet.has(part.step) ? [] : part.changes));
};

export const planScriptText = (setup: Setup, step: Step, plan: PlanRow): string =>
  scriptFor({
    ...order(setup, step),
    changes: openChangesOf(setup, plan),
    nonce: plan.nonce,
    planId: plan.id,
    fileName: `cutover-${step.id}-${dayOf(plan.createdAt)}.json`,
  });

export const planScript =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<Result<Download>> => {
    const [setup, plan] = await Promise.all([loadSetup(deps, scope), deps.store.plans.find(scope, id)]);
    if (!setup.ok) return setup;
    const step = plan && stepById(plan.parts[0].step);
    if (!plan || !step) return no("gone", "There is no such plan.", { fix: "Go back to the step and make a new one." });
    return ok({ fileName: `cutover-${step.id}${plan.isUndo ? "-undo" : ""}.ps1`, text: planScriptText(setup.value, step, plan) });
  };

/** Remembers its nonce: an upload that no download asked for is not taken. */
export const queryScript =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<Result<Download>> => {
    const step = stepById(id);
    if (!step) return noSuchStep();
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const nonce = randomBytes(16).toString("hex");
    const at = deps.clock.now();
    await deps.store.events.add(scope, { kind: "script-made", at, step: id, detail: { nonce } });
    const text = scriptFor({ ...order(setup.value, step), changes: [], nonce, planId: null, fileName: `cutover-${id}-${dayOf(at)}.json` });
    return ok({ fileName: `cutover-${id}-look.ps1`, text });
  };
