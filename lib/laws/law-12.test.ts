import fc from "fast-check";
import { expect } from "vitest";
import type { Check } from "@/lib/model/check";
import type { Step } from "@/lib/steps/shape";
import { caseOf } from "./arbitraries";
import { benchOf, lookAt } from "./bench";
import { law } from "./law";

const withPick = (step: Step) => fc.record({ one: caseOf(step), pick: fc.option(fc.nat()) });

const isMute = (c: Check) => (c.verdict === "fail" || c.verdict === "warn" || c.verdict === "unknown") && !c.fix;

law(
  "12. every failing check says what to do, and every waiting one when to look again",
  withPick,
  async (step, { one: { start, settings, profile }, pick }) => {
    const bench = benchOf(start, profile);
    const seen = await lookAt(step, settings, bench);
    const names = [...seen.known.raw.keys()];
    if (pick !== null) bench.fake.failing.add(names[pick % Math.max(1, names.length)] ?? "");
    const { checks } = await lookAt(step, settings, bench);
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(isMute)).toEqual([]);
    expect(checks.filter((c) => c.verdict === "wait" && c.again === undefined)).toEqual([]);
    expect(checks.filter((c) => c.saw.trim() === "")).toEqual([]);
    expect(new Set(checks.map((c) => c.id)).size).toBe(checks.length);
  },
);
