/** Undo is a step that wants nothing: it asks what is there now and takes back what is still ours. So every law holds for it too. */
import type { Change } from "@/lib/model/change";
import { settled, unknown } from "@/lib/model/check";
import type { Mine } from "@/lib/model/mine";

import { type Ask, answer } from "@/lib/model/query";
import { leave } from "@/lib/model/want";
import type { Step } from "@/lib/steps/shape";
import { questionOf } from "./settling";

const questionOfMark = (mark: Mine[number]): Ask => questionOf(mark.kind, mark.key);

/** @param atFirst what is this step's when the undo is planned. */
export function undoing(step: Step, atFirst: Mine): Step {
  return {
    ...step,
    needs: [],
    guards: [],
    queries: () => Object.fromEntries(atFirst.map((mark) => [`${mark.kind}/${mark.key}`, questionOfMark(mark)])),
    judge(_settings, _profile, known, _now, mine) {
      const seen = mine.toReversed().map((mark) => ({ mark, rows: answer(questionOfMark(mark), known) }));
      const problems = seen.flatMap(({ mark, rows }) => (rows.ok ? [] : [unknown(`${mark.kind}/${mark.key}`, rows.problem)]));
      if (problems.length > 0) return { checks: problems, changes: [] };
      const changes: readonly Change[] = seen.flatMap(({ mark, rows }) => (rows.ok ? leave(mark.kind, rows.value, [mark]) : []));
      return { checks: [settled(changes)], changes };
    },
  };
}
