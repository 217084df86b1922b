import fc from "fast-check";
import { expect } from "vitest";
import { look, lookAtUpload } from "@/lib/engine/look";
import { receive } from "@/lib/engine/receive";
import { undoing } from "@/lib/engine/undo";
import { byHandOf } from "@/lib/model/by-hand";
import { type Change, keyOf } from "@/lib/model/change";
import { factsOf, isKind } from "@/lib/model/nouns";
import { changesOf, mineOf, type Plan } from "@/lib/model/plan";
import { scriptFor } from "@/lib/model/powershell";
import { asksExchange, graphScopes } from "@/lib/model/powershell/questions";
import type { Queries } from "@/lib/model/query";
import { parseUpload, type Upload } from "@/lib/model/upload";
import type { Step } from "@/lib/steps/shape";
import { type Case, readyCaseOf } from "./arbitraries";
import { applied, type Bench, benchOf, lookAt, make, planFor, rest, through, undone } from "./bench";
import { machine, runScript } from "./console";
import { law } from "./law";
import { essence, withObject } from "./state";

/** Out of a script's reach: DNS and the vendor. */
const isDns = (kind: Change["kind"]) => factsOf(kind).asked.cloud !== "exchange";

const printed = (step: Step, { profile }: Case, queries: Queries, plan: Plan | null) =>
  scriptFor({
    queries,
    changes: plan ? changesOf(plan) : [],
    tenant: machine.tenant,
    nonce: machine.nonce,
    planId: plan?.id ?? null,
    stepTitle: step.texts(profile).title,
    role: step.texts(profile).role,
    fileName: machine.fileName,
  });

function taken(file: string, plan: Plan | null): Upload {
  const read = parseUpload(file, { tenant: machine.tenant, nonce: machine.nonce, plan: plan?.id ?? null });
  if (!read.ok) throw new Error(`the script's own file is refused: ${read.problem.say}`);
  return read.value;
}

/** Nobody gave us access: only public DNS answers us, and what we were granted is not in any script. */
function withoutAccess(one: Case): Bench {
  const bench = benchOf(one.start, one.profile);
  bench.fake.refuses = ({ kind }) => isKind(kind) && kind !== "grants" && ["exchange", "graph"].includes(factsOf(kind).asked.cloud);
  return bench;
}

const verdicts = (checks: readonly { readonly id: string; readonly verdict: string }[]) => checks.map((c) => [c.id, c.verdict]);

/** A step about public DNS alone has nothing to ask by script. */
const asksByScript = (queries: Queries) => asksExchange(queries) || graphScopes(queries).length > 0;

law("9. a script that reads has the tenant judged as if we had read it", readyCaseOf, async (step, one) => {
  const { start, settings, profile } = one;
  if (!asksByScript(step.queries(settings, profile))) return;
  const online = benchOf(start, profile);
  const offline = withoutAccess(one);
  const { file, stopped } = await runScript(printed(step, one, step.queries(settings, profile), null), offline.fake);
  expect(stopped).toBeNull();
  const seen = await lookAtUpload(step, settings, offline, taken(file, null));
  const ours = await lookAt(step, settings, online);
  expect(seen.changes).toEqual(ours.changes);
  expect(
    seen.checks
      .filter((c) => c.verdict === "unknown")
      .map((c) => c.saw.replace("The script could not read it: ", ""))
      .join(),
  ).toEqual(
    ours.checks
      .filter((c) => c.verdict === "unknown")
      .map((c) => c.saw)
      .join(),
  );
  expect(verdicts(seen.checks)).toEqual(verdicts(ours.checks));
});

law("9b. a script does what the run does, may be run twice, and what it did can be taken back", readyCaseOf, async (step, one) => {
  const { start, settings, profile } = one;
  const bench = benchOf(start, profile);
  const offline = withoutAccess(one);
  const plan = await planFor("plan", step, settings, bench);
  if (changesOf(plan).length === 0 || !asksByScript(step.queries(settings, profile))) return;
  const script = printed(step, one, step.queries(settings, profile), plan);
  expect(
    changesOf(plan)
      .map(byHandOf)
      .filter((say) => say.length < 20),
  ).toEqual([]);
  await through(plan, step, bench);
  const first = await runScript(script, offline.fake);
  for (const c of changesOf(plan)) if (isDns(c.kind)) make(offline.fake, c);
  expect(first.stopped).toBeNull();
  expect(essence(offline.fake.state)).toEqual(essence(bench.fake.state));
  const { writes } = offline.fake;
  const second = await runScript(script, offline.fake, "5.1");
  expect(second.stopped).toBeNull();
  expect(offline.fake.writes).toBe(writes);
  const upload = taken(second.file, plan);
  for (const both of [bench, offline]) rest(both);
  const there = await lookAtUpload(step, settings, offline, upload);
  expect(verdicts(there.checks)).toEqual(verdicts((await lookAt(step, settings, bench)).checks));
  offline.fake.refuses = () => false;
  await receive(plan, taken(first.file, plan), offline);
  await receive(plan, upload, offline);
  const done = offline.ledger.entries().filter((e) => e.what === "done");
  expect(done.map((e) => keyOf(e.change))).toEqual(
    changesOf(plan)
      .filter((c) => !isDns(c.kind))
      .map(keyOf),
  );
  rest(offline);
  await undone(step, offline);
  if (!changesOf(plan).some((c) => isDns(c.kind))) expect(essence(offline.fake.state)).toEqual(essence(start));
});

const withPick = (step: Step) => fc.record({ one: readyCaseOf(step), pick: fc.nat() });

law(
  "9c. a script whose read fails writes nothing more, and says so",
  withPick,
  async (step, { one }) => {
    const { start, settings, profile } = one;
    const bench = benchOf(start, profile);
    const plan = await planFor("plan", step, settings, bench);
    const [first] = changesOf(plan).filter((c) => !isDns(c.kind));
    if (!first) return;
    bench.fake.failing.add(first.kind);
    const { file, stopped } = await runScript(printed(step, one, step.queries(settings, profile), plan), bench.fake);
    expect(stopped).toContain("did not answer");
    expect(bench.fake.writes).toBe(0);
    const upload = taken(file, plan);
    expect(upload.made.size).toBe(0);
    expect(upload.stopped).toBe(stopped);
    const seen = await look(step, settings, bench, upload.answers);
    expect(seen.changes).toEqual([]);
  },
  60,
);

law(
  "9d. a script that finds a value neither as planned nor as wanted leaves it alone",
  readyCaseOf,
  async (step, one) => {
    const { start, settings, profile } = one;
    const bench = benchOf(start, profile);
    const plan = await planFor("plan", step, settings, bench);
    const c = changesOf(plan).find((each) => each.do === "set" && !isDns(each.kind));
    const [property, e] = Object.entries(c?.edits ?? {}).find(([, edit]) => "to" in edit && typeof edit.to === "string") ?? [];
    if (!c || !property || !e) return;
    bench.fake.change((state) => withObject(state, c.kind, c.key, (o) => ({ ...o, [property]: "Test" })));
    const { stopped } = await runScript(printed(step, one, step.queries(settings, profile), plan), bench.fake);
    expect(stopped).toContain("left alone");
    expect(bench.fake.writes).toBe(changesOf(plan).indexOf(c)); // what comes before it is made
  },
  60,
);

law(
  "9e. an undo by script takes back what an undo by us takes back",
  readyCaseOf,
  async (step, one) => {
    const { start, settings, profile } = one;
    const bench = benchOf(start, profile);
    await applied(step, settings, bench);
    const back = undoing(step, mineOf(bench.ledger.entries(), step.id));
    const plan = await planFor("undo", back, {}, bench);
    if (changesOf(plan).length === 0 || changesOf(plan).some((c) => isDns(c.kind))) return;
    const script = printed(step, one, back.queries({}, profile), plan);
    const first = await runScript(script, bench.fake, "5.1");
    const again = await runScript(script, bench.fake);
    expect([first.stopped, again.stopped]).toEqual([null, null]);
    expect(essence(bench.fake.state)).toEqual(essence(start));
    await receive(plan, taken(again.file, plan), bench);
    rest(bench);
    expect((await lookAt(back, {}, bench)).changes).toEqual([]);
  },
  100,
);
