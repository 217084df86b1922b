/** A step as it is taken back: it wants nothing, and may be held up by what its undo guard sees. */
import { judge } from "@/lib/engine/look";
import { undoing } from "@/lib/engine/undo";
import type { Check } from "@/lib/model/check";
import { mineOf } from "@/lib/model/plan";
import type { Known } from "@/lib/model/query";
import type { Step, Undoing } from "@/lib/steps/shape";
import type { Setup } from "./setup";

/** What may hold up taking a step back. */
const undoingIn = (setup: Setup, step: Step): Undoing => ({
  settings: setup.settings(step),
  profile: setup.profile,
  done: (id) => setup.stored.entries.filter((e) => e.step === id && e.what === "done"),
});

/** The step itself, or the one that wants nothing. */
export const stepToRun = (setup: Setup, step: Step, isUndo: boolean): Step =>
  isUndo ? undoing(step, mineOf(setup.stored.entries, step.id), undoingIn(setup, step)) : step;

/** Planned without what holds it up: a run waits for that, part by part. */
export const wantingNothing = (setup: Setup, step: Step): Step => undoing(step, mineOf(setup.stored.entries, step.id));

/** What holds up taking a step back, as far as these answers say; null when nothing does. */
export function heldUpBy(setup: Setup, step: Step, known: Known): Check | null {
  const { checks } = judge(stepToRun(setup, step, true), setup.settings(step), setup.tenant, known);
  return checks.find((c) => step.undoGuard?.ids.includes(c.id) && c.verdict !== "pass") ?? null;
}
