import fc from "fast-check";
import { expect } from "vitest";
import { run } from "@/lib/engine/run";
import { keyOf } from "@/lib/model/change";
import { SETTLED } from "@/lib/model/check";
import { changesOf } from "@/lib/model/plan";
import type { Step } from "@/lib/steps/shape";
import { caseOf, readyCaseOf } from "./arbitraries";
import { benchOf, lookAt, make, planFor, rest } from "./bench";
import { law } from "./law";

const withPick = (step: Step) => fc.record({ one: caseOf(step), pick: fc.nat() });
const readyWithPick = (step: Step) => fc.record({ one: readyCaseOf(step), pick: fc.nat() });
const nameAt = (names: readonly string[], pick: number) => names[pick % Math.max(1, names.length)] ?? "";

law("6. a failed read is unknown and proposes nothing", withPick, async (step, { one: { start, settings, profile }, pick }) => {
  const bench = benchOf(start, profile);
  const all = await lookAt(step, settings, bench);
  const name = nameAt([...all.known.raw.keys()], pick);
  bench.fake.failing.add(name);
  const less = await lookAt(step, settings, bench);
  const before = new Map(all.checks.map((c) => [c.id, c.verdict]));
  const keys = new Set(all.changes.map(keyOf));
  const turned = less.checks.filter(
    (c) => c.verdict !== "unknown" && c.id !== SETTLED && before.has(c.id) && before.get(c.id) !== c.verdict,
  );
  expect(turned).toEqual([]);
  expect(less.changes.filter((c) => !keys.has(keyOf(c)))).toEqual([]);
  expect(less.changes.filter((c) => c.kind === name || `${c.kind}/${c.key}` === name)).toEqual([]);
});

law("6b. a run that cannot see takes nothing for done", readyWithPick, async (step, { one: { start, settings, profile }, pick }) => {
  const bench = benchOf(start, profile);
  const plan = await planFor("plan", step, settings, bench, "hand");
  if (changesOf(plan).length === 0) return;
  await run({ plan, stepOf: () => step, tenant: bench });
  const names = changesOf(plan).map((c) => (c.kind === "mx" ? `${c.kind}/${c.key}` : c.kind));
  const name = nameAt(names, pick);
  bench.fake.failing.add(name);
  await run({ plan, stepOf: () => step, tenant: bench });
  const closed = bench.ledger.entries().filter((e) => e.what === "done" || e.what === "found");
  expect(closed.map((e) => keyOf(e.change))).toEqual([]);
  bench.fake.failing.clear();
  for (const c of changesOf(plan)) make(bench.fake, c);
  rest(bench);
  expect((await run({ plan, stepOf: () => step, tenant: bench })).state).toBe("done");
});
