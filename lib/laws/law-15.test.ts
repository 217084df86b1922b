import { expect } from "vitest";
import { run } from "@/lib/engine/run";
import { changesOf } from "@/lib/model/plan";
import { readyCaseOf } from "./arbitraries";
import { benchOf, lookAt, make, planFor, rest, undone } from "./bench";
import { law } from "./law";
import { essence } from "./state";

law(
  "15. by hand: asked, seen done, remembered, and nothing written by us",
  readyCaseOf,
  async (step, { start, settings, profile, lag }) => {
    const bench = benchOf(start, profile, lag);
    const plan = await planFor("run", step, settings, bench, "hand");
    if (changesOf(plan).length === 0) return;
    expect(await run({ plan, stepOf: () => step, tenant: bench })).toMatchObject({ state: "needs-you" });
    expect(bench.fake.writes).toBe(0);
    expect(await run({ plan, stepOf: () => step, tenant: bench })).toMatchObject({ state: "needs-you" });
    for (const c of changesOf(plan)) make(bench.fake, c);
    rest(bench);
    expect(await run({ plan, stepOf: () => step, tenant: bench })).toMatchObject({ state: "done" });
    expect((await lookAt(step, settings, bench)).changes).toEqual([]);
    const asked = bench.ledger.entries().filter((e) => e.what === "asked");
    expect(asked.length).toBe(changesOf(plan).length);
    rest(bench);
    await undone(step, bench);
    expect(essence(bench.fake.state)).toEqual(essence(start));
  },
);
