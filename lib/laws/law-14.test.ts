import { expect, it } from "vitest";
import { catalogue } from "@/lib/steps/index";
import { wholeCase } from "./arbitraries";
import { applied, benchOf, lookAt, rest, undone } from "./bench";
import { holds } from "./law";
import { essence } from "./state";

it("14. all steps, then undone in reverse, is where we began", { timeout: 240_000 }, () =>
  holds("all steps", wholeCase(catalogue), async ({ start, settings, profile, lag }) => {
    const bench = benchOf(start, profile, lag);
    for (const step of catalogue) {
      await applied(step, settings[step.id], bench, step.id);
      rest(bench);
    }
    for (const step of catalogue) {
      const { changes } = await lookAt(step, settings[step.id], bench);
      expect(changes, `${step.id} was undone by a later step`).toEqual([]);
    }
    for (const step of catalogue.toReversed()) {
      await undone(step, bench, `undo ${step.id}`);
      rest(bench);
    }
    expect(essence(bench.fake.state)).toEqual(essence(start));
  }),
);
