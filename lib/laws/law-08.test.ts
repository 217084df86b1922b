import { expect } from "vitest";
import { keyOf } from "@/lib/model/change";
import { inboundConnector } from "@/lib/steps/inbound-connector";
import { caseOf } from "./arbitraries";
import { benchOf, lookAt, rest } from "./bench";
import { law } from "./law";
import { objects } from "./state";

law("8. another spelling is not drift", caseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const plain = await lookAt(step, settings, bench);
  bench.fake.spelling = 1;
  const odd = await lookAt(step, settings, bench);
  expect(odd.changes.map(keyOf)).toEqual(plain.changes.map(keyOf));
  expect(odd.checks.map((c) => [c.id, c.verdict])).toEqual(plain.checks.map((c) => [c.id, c.verdict]));
});

law("8b. time alone is not drift", caseOf, async (step, { start, settings, profile }) => {
  const bench = benchOf(start, profile);
  const before = await lookAt(step, settings, bench);
  rest(bench);
  expect((await lookAt(step, settings, bench)).changes.map(keyOf)).toEqual(before.changes.map(keyOf));
});

law("8c. what does the job already is the job done, whatever it is called", caseOf, async (step, { start, profile }) => {
  if (step.id !== inboundConnector.id) return;
  const has = (guid: string) => objects(start, "InboundConnector").some((c) => c.Guid === guid);
  const seen = await lookAt(step, {}, benchOf(start, profile));
  const isBarred = seen.checks.some((c) => step.guards.includes(c.id) && c.verdict !== "pass");
  expect(seen.changes.map((c) => c.do)).toEqual(isBarred || has("c1") ? [] : has("c2") ? ["set"] : ["new"]);
});
