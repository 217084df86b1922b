/** Taking everything back: the reverse of all runs in safe order, as one plan, and what stays behind all the same. */
import { no, ok, type Result } from "@/lib/base/result";
import { judge, lookAtAll, type Seen } from "@/lib/engine/look";
import { questionOf } from "@/lib/engine/settling";
import type { Check } from "@/lib/model/check";
import { finalitiesOf, isForGood } from "@/lib/model/final";
import { factsOf } from "@/lib/model/nouns";
import { mineOf, type Part, type Parts, type Way } from "@/lib/model/plan";
import { answer, type Known } from "@/lib/model/query";
import type { TenantScope } from "@/lib/model/scope";
import { leave } from "@/lib/model/want";
import { catalogue } from "@/lib/steps/index";
import type { Step } from "@/lib/steps/shape";
import { AUTO_RETRACT, autoSettingsIn } from "./auto-retract-chosen";
import type { Deps } from "./deps";
import { newPlan, planHref } from "./plan";
import { loadSetup, type Setup } from "./setup";
import { headOf, hrefOf } from "./show";
import { isOurs, rememberedOf } from "./standing";
import { heldUpBy, stepToRun, wantingNothing } from "./undoing";
import type { UndoView, Visitor } from "./views";

/** Last done first: what a step needs is taken back after it. */
const stepsToUndo = (setup: Setup): readonly Step[] => catalogue.filter((step) => isOurs(setup, step.id)).toReversed();

const CONSENT =
  "The access you gave Cutover. Take it back in the Microsoft Entra admin center, under Enterprise applications, when everything else is done.";

/** What we made and somebody else has worked on since. */
function sharedOf(setup: Setup, known: Known): readonly string[] {
  const marks = stepsToUndo(setup).flatMap((step) => mineOf(setup.stored.entries, step.id));
  return marks.flatMap((mark) => {
    const rows = mark.made ? answer(questionOf(mark.kind, mark.key), known) : null;
    const row = rows?.ok ? rows.value.find((one) => one.Guid === mark.key) : undefined;
    if (!row || leave(mark.kind, [row], [mark]).length > 0) return [];
    return [`${factsOf(mark.kind).title} “${row.Name}”: Cutover made it, and somebody else has changed it since, so it is left alone.`];
  });
}

const MOVED = "Messages that Cutover moved stay where they are. Auto-retract is turned off as soon as you agree.";

/** What was done and stays, each said once. */
function staysOf(setup: Setup, known: Known): readonly string[] {
  const { entries, tenant } = setup.stored;
  const done = entries.filter((e) => e.what === "done").map((e) => e.change);
  return [
    ...sharedOf(setup, known),
    ...finalitiesOf(done.filter(isForGood)),
    ...(isMoving(setup) ? [MOVED] : []),
    ...(tenant.access === "consent" ? [CONSENT] : []),
  ];
}

const isMoving = ({ stored }: Setup): boolean => autoSettingsIn(stored.settings).running !== null;

/** Drawn from the last reading; the plan itself is made from a fresh one. */
export const undoPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<UndoView>> => {
    const loaded = await loadSetup(deps, scope);
    if (!loaded.ok) return loaded;
    const setup = loaded.value;
    const known = rememberedOf(setup);
    const rows = stepsToUndo(setup).map((step) => ({
      id: step.id,
      title: step.texts(setup.profile).title,
      href: hrefOf(scope, step),
      undo: step.texts(setup.profile).undo,
      changes: judge(wantingNothing(setup, step), {}, setup.tenant, known).changes.length,
      heldUp: heldUpBy(setup, step, known)?.saw ?? null,
    }));
    return ok({
      head: headOf(setup, visitor),
      rows,
      stays: staysOf(setup, known),
      isBegun: setup.stored.entries.some((e) => e.what === "done"),
    });
  };

/** The parts of the plan, or the first thing that keeps it from being made. */
function partsOf(setup: Setup, steps: readonly { readonly step: Step; readonly settings: unknown }[], seen: ReadonlyMap<string, Seen>) {
  const parts: Part[] = [];
  const held: Check[] = [];
  for (const { step, settings } of steps) {
    const { checks = [], changes = [] } = seen.get(step.id) ?? {};
    const guard = checks.find((c) => step.guards.includes(c.id) && c.verdict !== "pass");
    const blind = checks.find((c) => c.verdict === "unknown");
    if (guard) held.push(guard);
    else if (blind)
      return no("unreachable", `“${step.texts(setup.profile).title}” could not be read: ${blind.saw}`, blind.fix ? { fix: blind.fix } : {});
    if (changes.length > 0) parts.push({ step: step.id, settings, changes });
  }
  const [first, ...rest] = parts;
  if (first) return ok<Parts>([first, ...rest]);
  const [waits] = held;
  if (waits) return no("not-ready", waits.saw, { fix: waits.fix ?? "Wait, and ask again.", ...(waits.step ? { step: waits.step } : {}) });
  if (isMoving(setup))
    return no("not-ready", "Of the setup there is nothing left to take back, but auto-retract is still on.", {
      fix: "Turn it off on its page.",
      step: AUTO_RETRACT,
    });
  return no("rejected", "There is nothing left to take back.", { fix: "Go back to the list of steps." });
}

/** A run of ours waits, part by part, for what holds a part up. A script cannot: it holds only what may be taken back now. */
export const makeUndoPlan =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<Result<{ readonly href: string }>> => {
    const loaded = await loadSetup(deps, scope);
    if (!loaded.ok) return loaded;
    const setup = loaded.value;
    const way: Way = setup.stored.tenant.access === "without" ? "script" : "us";
    const steps = stepsToUndo(setup).map((step) => ({
      step: way === "us" ? wantingNothing(setup, step) : stepToRun(setup, step, true),
      settings: setup.settings(step),
    }));
    const parts = partsOf(setup, steps, await lookAtAll(steps, setup.tenant, setup.given));
    if (!parts.ok) return parts;
    const plan = await deps.store.plans.keep(scope, newPlan(parts.value, { way, isUndo: true, at: deps.clock.now() }));
    return ok({ href: planHref(scope, plan.id, way) });
  };
