import { describe, expect, it } from "vitest";
import { factsOf } from "@/lib/model/nouns";
import { asksOf } from "@/lib/model/query";
import { catalogue, tracks } from "@/lib/steps/index";
import { permissionsOf } from "@/lib/steps/permissions";
import { caseOf } from "./arbitraries";
import { benchOf, lookAt } from "./bench";
import { law } from "./law";

law("10. no call needs a permission outside those derived from the step's nouns", caseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const seen = await lookAt(step, settings, bench);
  const asked = Object.values(step.queries(settings, profile)).flatMap((q) => asksOf(q, seen.known));
  const used = [...asked, ...seen.changes].map(({ kind }) => factsOf(kind).permission).filter((p) => p !== "");
  const known = new Set(permissionsOf(step, profile));
  expect(used.filter((p) => !known.has(p))).toEqual([]);
});

describe("11. needs exist and have no circle", () => {
  it("every step comes after all it needs", () => {
    const before = new Set<string>();
    const early: string[] = [];
    for (const step of catalogue) {
      early.push(...step.needs.filter((need) => !before.has(need)).map((need) => `${step.id} needs ${need}`));
      before.add(step.id);
    }
    expect(early).toEqual([]);
  });

  it("every step is in one track, in the order of the catalogue", () => {
    const inTracks = tracks.flatMap((track) => track.steps);
    expect(inTracks).toEqual(catalogue.map((step) => step.id));
  });

  it("guards are checks that the step writes", () => {
    expect(catalogue.filter((step) => new Set(step.guards).size !== step.guards.length)).toEqual([]);
  });
});
