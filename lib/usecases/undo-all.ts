/** Taking everything back: the reverse of all runs in safe order, as one plan, and what stays behind all the same. */
import { no, ok, type Result } from "@/lib/base/result";
import { judge, lookAtAll } from "@/lib/engine/look";
import { undoing } from "@/lib/engine/undo";
import { factsOf } from "@/lib/model/nouns";
import { mineOf, type Part, type Way } from "@/lib/model/plan";
import type { TenantScope } from "@/lib/model/scope";
import { catalogue } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";
import type { Deps } from "./deps";
import { newPlan, planHref, stepToRun } from "./plan";
import { loadSetup, type Setup } from "./setup";
import { headOf, hrefOf } from "./show";
import { isOurs, rememberedOf } from "./standing";
import type { UndoView, Visitor } from "./views";

/** Last done first: what a step needs is taken back after it. */
const stepsToUndo = (setup: Setup): readonly Step[] => catalogue.filter((step) => isOurs(setup, step.id)).toReversed();

/** Planned without what holds it up: the run waits for that, part by part. */
const wantingNothing = (setup: Setup, step: Step): Step => undoing(step, mineOf(setup.stored.entries, step.id));

const CONSENT =
  "The access you gave Cutover. Take it back in the Microsoft Entra admin center, under Enterprise applications, when everything else is done.";

/** What was done and cannot be taken back, each said once. */
function staysOf({ stored }: Setup): readonly string[] {
  const final = stored.entries.flatMap(({ what, change }) => {
    const { finality, isBornForGood = false, forGood = [] } = factsOf(change.kind);
    const isFinal = (isBornForGood && change.do === "new") || Object.keys(change.edits).some((p) => forGood.includes(p));
    return what === "done" && finality && isFinal ? [finality] : [];
  });
  return [...new Set([...final, ...(stored.tenant.access === "consent" ? [CONSENT] : [])])];
}

/** Drawn from the last reading; the plan itself is made from a fresh one. */
export const undoPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<UndoView>> => {
    const loaded = await loadSetup(deps, scope);
    if (!loaded.ok) return loaded;
    const setup = loaded.value;
    const known = rememberedOf(setup);
    const rows = stepsToUndo(setup).map((step) => {
      const held = judge(stepToRun(setup, step, true), setup.settings(step), setup.tenant, known).checks.find((c) =>
        step.undoGuard?.ids.includes(c.id),
      );
      return {
        id: step.id,
        title: step.texts(setup.profile).title,
        href: hrefOf(scope, step),
        undo: step.texts(setup.profile).undo,
        changes: judge(wantingNothing(setup, step), {}, setup.tenant, known).changes.length,
        heldUp: held && held.verdict !== "pass" ? held.saw : null,
      };
    });
    return ok({ head: headOf(setup, visitor), rows, stays: staysOf(setup) });
  };

export const makeUndoPlan =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<Result<{ readonly href: string }>> => {
    const loaded = await loadSetup(deps, scope);
    if (!loaded.ok) return loaded;
    const setup = loaded.value;
    const steps = stepsToUndo(setup).map((step) => ({ step: wantingNothing(setup, step), settings: setup.settings(step) }));
    const seen = await lookAtAll(steps, setup.tenant, setup.given);
    const parts: Part[] = [];
    for (const { step, settings } of steps) {
      const { checks = [], changes = [] } = seen.get(step.id) ?? {};
      const blind = checks.find((c) => c.verdict === "unknown");
      if (blind)
        return no(
          "unreachable",
          `“${step.texts(setup.profile).title}” could not be read: ${blind.saw}`,
          blind.fix ? { fix: blind.fix } : {},
        );
      if (changes.length > 0) parts.push({ step: step.id, settings, changes });
    }
    const [first, ...rest] = parts;
    if (!first) return no("rejected", "There is nothing left to take back.", { fix: "Go back to the list of steps." });
    const way: Way = setup.stored.tenant.access === "without" ? "script" : "us";
    const plan = await deps.store.plans.keep(scope, newPlan([first, ...rest], { way, isUndo: true, at: deps.clock.now() }));
    return ok({ href: planHref(scope, plan.id, way) });
  };
