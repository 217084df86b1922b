/** Undo is a step that wants nothing: it asks what is there now and takes back what is still ours. So every law holds for it too. */
import type { Change } from "@/lib/model/change";
import { type Check, settled, unknown } from "@/lib/model/check";
import { isPartOf, type Mine } from "@/lib/model/mine";
import { type Ask, answer, type Known, type Queries } from "@/lib/model/query";
import { leave } from "@/lib/model/want";
import type { Step, Undoing } from "@/lib/steps/shape";
import { questionOf } from "./settling";

const questionOfMark = (mark: Mine[number]): Ask => questionOf(mark.kind, mark.key);
const questionsOf = (mine: Mine): Queries => Object.fromEntries(mine.map((mark) => [`${mark.kind}/${mark.key}`, questionOfMark(mark)]));

/** What would be taken back now, last touched first. */
function back(mine: Mine, known: Known): { readonly checks: readonly Check[]; readonly changes: readonly Change[] } {
  const seen = mine.toReversed().map((mark) => ({ mark, rows: answer(questionOfMark(mark), known) }));
  const problems = seen.flatMap(({ mark, rows }) => (rows.ok ? [] : [unknown(`${mark.kind}/${mark.key}`, rows.problem)]));
  if (problems.length > 0) return { checks: problems, changes: [] };
  const changes = seen.flatMap(({ mark, rows }) => (rows.ok ? leave(mark.kind, rows.value, [mark]) : []));
  // What is written into an object that goes goes with it.
  const own = changes.filter((c) => !changes.some((other) => other.do === "remove" && isPartOf(c, other)));
  return { checks: [settled(own)], changes: own };
}

/**
 * @param atFirst what is this step's when the undo is planned.
 * @param of what the step's own undo guard is judged by; null only where a step has none.
 */
export function undoing(step: Step, atFirst: Mine, of: Undoing | null = null): Step {
  const guard = of === null ? null : step.undoGuard;
  const isHeldUp = (checks: readonly Check[]) => checks.some((c) => c.verdict !== "pass");
  return {
    ...step,
    needs: [],
    guards: guard?.ids ?? [],
    queries: () => ({ ...questionsOf(atFirst), ...(guard && of ? guard.queries(of) : {}) }),
    judge(_settings, _profile, known, now, mine) {
      const held = guard && of ? guard.judge(of, known, now) : [];
      if (isHeldUp(held)) return { checks: held, changes: [] };
      const { checks, changes } = back(mine, known);
      return { checks: [...held, ...checks], changes };
    },
  };
}
