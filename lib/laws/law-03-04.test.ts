import { expect } from "vitest";
import { isListEdit } from "@/lib/model/change";
import { changesOf, mineOf } from "@/lib/model/plan";
import { caseOf, readyCaseOf } from "./arbitraries";
import { applied, benchOf, make, rest, undone } from "./bench";
import { law } from "./law";
import { meddled } from "./meddler";
import { essence, objects, withObject } from "./state";

law(
  "3+4. undo brings back what was, takes only ours, and leaves the meddler's",
  caseOf,
  async (step, { start, settings, profile, lag }) => {
    const bench = benchOf(start, profile, lag);
    const untouched = benchOf(start, profile, lag);
    await applied(step, settings, bench);
    for (const one of [bench, untouched]) {
      one.fake.change(meddled);
      rest(one);
    }
    await undone(step, bench);
    expect(essence(bench.fake.state)).toEqual(essence(untouched.fake.state));
    const left = mineOf(bench.ledger.entries(), step.id);
    expect(left.filter((m) => m.made || Object.keys(m.values).length > 0)).toEqual([]);
  },
);

law("4b. a value that somebody changed after us stays theirs", readyCaseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const { plan } = await applied(step, settings, bench);
  const c = changesOf(plan).find(
    (one) =>
      one.do === "set" && Object.values(one.edits).some((e) => !isListEdit(e) && (typeof e.to === "boolean" || typeof e.to === "number")),
  );
  const [property, e] =
    Object.entries(c?.edits ?? {}).find(([, one]) => !isListEdit(one) && (typeof one.to === "boolean" || typeof one.to === "number")) ?? [];
  if (!c || !property || !e || isListEdit(e) || typeof e.to !== "number") return;
  const theirs = e.to + 7;
  bench.fake.change((state) => withObject(state, c.kind, c.key, (o) => ({ ...o, [property]: theirs })));
  rest(bench);
  await undone(step, bench);
  expect(objects(bench.fake.state, c.kind).find((o) => o.Guid === c.key)?.[property]).toBe(theirs);
});

law(
  "4c. what we did and took back is no longer ours, even if a person does it again",
  readyCaseOf,
  async (step, { start, settings, profile }) => {
    const bench = benchOf(start, profile);
    const { plan } = await applied(step, settings, bench);
    await undone(step, bench);
    for (const c of changesOf(plan)) make(bench.fake, c);
    rest(bench);
    const again = essence(bench.fake.state);
    await undone(step, bench, "undo again");
    expect(essence(bench.fake.state)).toEqual(again);
  },
);
