/** A plan of several steps: part after part, each under its own step's guards, and its receipts are that step's. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { run } from "@/lib/engine/run";
import { undoing } from "@/lib/engine/undo";
import { fail, wait } from "@/lib/model/check";
import { digestOf, mineOf, type Parts, type Plan } from "@/lib/model/plan";
import { ask } from "@/lib/model/query";
import { ensure, leave } from "@/lib/model/want";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { defineStep, type Step, undoGuard } from "@/lib/steps/shape";
import { spfHardFail } from "@/lib/steps/spf-hard-fail";
import { type Bench, benchOf, planFor, rest } from "./bench";
import { essence, objects, type State } from "./state";
import { Killed } from "./tenant";

const DAY_MS = 86_400_000;
const empty: State = { OrganizationConfig: [], InboundConnector: [] };

const connector = (name: string, more: Pick<Parameters<typeof defineStep>[0], "undoGuard"> = {}): Step =>
  defineStep({
    ...more,
    id: name,
    needs: [],
    isSkippedEnough: false,
    canSkip: false,
    inherits: {},
    ways: { us: true, script: true, hand: true },
    texts: spfHardFail.texts,
    settings: z.object({}),
    atFirst: {},
    queries: () => ({ connectors: ask("InboundConnector") }),
    checks: () => [],
    changes({ connectors }, _settings, _profile, mine) {
      const wanted = { Name: name, ConnectorType: "Partner", SenderDomains: [`${name}.example`] } as const;
      const ensured = ensure("InboundConnector", connectors, [wanted], mine);
      const used = ensured.map((e) => e.key);
      return [...ensured.flatMap((e) => e.changes), ...leave("InboundConnector", connectors, mine, used)];
    },
  });

/** May be undone a day after the second was. */
const heldUp = undoGuard({
  ids: ["second-is-long-gone"],
  queries: () => ({ connectors: ask("InboundConnector") }),
  checks({ connectors }, of, now) {
    const gone = of.done("second").findLast((e) => e.change.do === "remove")?.at ?? now;
    const isOver = connectors.every((c) => c.Name !== "second") && now >= gone + DAY_MS;
    return isOver ? [] : [wait("second-is-long-gone", "The second is not gone for a day.", gone + DAY_MS)];
  },
});
const first = connector("first", { undoGuard: heldUp });
const second = connector("second");
const steps: Readonly<Record<string, Step>> = { first, second };
const stepOf = (id: string): Step => steps[id] ?? first;
const names = (bench: Bench) => objects(bench.fake.state, "InboundConnector").map((c) => c.Name);

const joined = (id: string, parts: Parts, isUndo: boolean): Plan => ({ id, isUndo, parts, digest: digestOf(parts), way: "us" });

async function bothMade(): Promise<Bench> {
  const bench = benchOf(empty, cloudflare);
  const [a, b] = [await planFor("a", first, {}, bench), await planFor("b", second, {}, bench)];
  const plan = joined("both", [...a.parts, ...b.parts], false);
  expect(await run({ plan, stepOf, tenant: bench })).toMatchObject({ state: "done" });
  rest(bench);
  return bench;
}

/** What the use cases make of "undo everything": last done first, each step under its undo guard. */
function undoOf(bench: Bench) {
  const entries = () => bench.ledger.entries();
  const of = { settings: {}, profile: cloudflare, done: (id: string) => entries().filter((e) => e.step === id && e.what === "done") };
  const guarded = (id: string) => undoing(stepOf(id), mineOf(entries(), id), of);
  return { guarded, plain: (id: string) => undoing(stepOf(id), mineOf(entries(), id)) };
}

async function undoPlan(bench: Bench): Promise<Plan> {
  const { plain } = undoOf(bench);
  const [b, a] = [await planFor("u", plain("second"), {}, bench), await planFor("u", plain("first"), {}, bench)];
  return joined("undo", [...b.parts, ...a.parts], true);
}

describe("a plan of two steps", () => {
  it("makes both parts in order, and each step's receipts are its own", async () => {
    const bench = await bothMade();
    expect(names(bench)).toEqual(["first", "second"]);
    expect(mineOf(bench.ledger.entries(), "first")).toMatchObject([{ name: "first", made: true }]);
    expect(mineOf(bench.ledger.entries(), "second")).toMatchObject([{ name: "second", made: true }]);
  });

  it("killed after any write and begun again, makes everything once", async () => {
    const calm = await bothMade();
    for (let fuse = 0, isDead = true; isDead; fuse++) {
      const bench = benchOf(empty, cloudflare);
      const parts: Parts = [...(await planFor("a", first, {}, bench)).parts, ...(await planFor("b", second, {}, bench)).parts];
      const plan = joined("both", parts, false);
      bench.fake.fuse = fuse;
      isDead = await run({ plan, stepOf, tenant: bench }).then(
        () => false,
        (e: unknown) => {
          if (e instanceof Killed) return true;
          throw e;
        },
      );
      bench.fake.fuse = Number.POSITIVE_INFINITY;
      rest(bench);
      expect(await run({ plan, stepOf, tenant: bench })).toMatchObject({ state: "done" });
      expect(essence(bench.fake.state)).toEqual(essence(calm.fake.state));
      expect([...bench.fake.created.values()]).toEqual([1, 1]);
    }
  });

  it("stops at the part that moved and says at which step, with the first part done", async () => {
    const bench = benchOf(empty, cloudflare);
    const parts: Parts = [...(await planFor("a", first, {}, bench)).parts, ...(await planFor("b", second, {}, bench)).parts];
    const meddled: Bench = {
      ...bench,
      world: {
        ...bench.world,
        make: async (c) => {
          const made = await bench.world.make(c);
          bench.fake.invoke("New-InboundConnector", { Name: "second", ConnectorType: "Partner", SenderDomains: ["other.example"] });
          return made;
        },
      },
    };
    expect(await run({ plan: joined("both", parts, false), stepOf, tenant: meddled })).toMatchObject({
      state: "stopped",
      step: "second",
      problem: { code: "moved" },
      instead: [{ do: "set", name: "second" }],
    });
    expect(mineOf(bench.ledger.entries(), "first")).toHaveLength(1);
  });
});

describe("taking both back", () => {
  it("waits at the part that its undo guard holds up, with the time, and goes on from there", async () => {
    const bench = await bothMade();
    const plan = await undoPlan(bench);
    const go = () => run({ plan, stepOf: undoOf(bench).guarded, tenant: bench });
    const at = bench.fake.clock;
    const waiting = await go();
    expect(waiting).toMatchObject({ state: "waiting", step: "first", problem: { say: "The second is not gone for a day." } });
    expect(names(bench)).toEqual(["first"]);
    bench.fake.clock = at + DAY_MS / 2;
    expect(await go()).toMatchObject({ state: "waiting", step: "first" });
    bench.fake.clock = at + 2 * DAY_MS;
    expect(await go()).toMatchObject({ state: "done" });
    expect(names(bench)).toEqual([]);
    expect(mineOf(bench.ledger.entries(), "first")).toEqual([]);
  });
});

it("a guard that still sees what this run has just taken away waits a moment, and does not stop the run", async () => {
  const bench = await bothMade();
  bench.fake.lag = 60_000;
  const noSecond = undoGuard({
    ids: ["second-is-gone"],
    queries: () => ({ connectors: ask("InboundConnector") }),
    checks: ({ connectors }) =>
      connectors.some((c) => c.Name === "second") ? [fail("second-is-gone", "The second is still there.", "Take it back first.")] : [],
  });
  const entries = () => bench.ledger.entries();
  const of = { settings: {}, profile: cloudflare, done: () => [] };
  const stepsNow: Readonly<Record<string, Step>> = { first: connector("first", { undoGuard: noSecond }), second };
  const plan = await undoPlan(bench);
  const go = () => run({ plan, stepOf: (id) => undoing(stepsNow[id] ?? second, mineOf(entries(), id), of), tenant: bench });
  expect(await go()).toMatchObject({ state: "waiting", step: "first", problem: { retryAt: expect.any(Number) } });
  bench.fake.clock += 61_000;
  expect(await go()).toMatchObject({ state: "done" });
  expect(names(bench)).toEqual([]);
});
