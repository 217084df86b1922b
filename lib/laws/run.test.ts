import { describe, expect, it } from "vitest";
import { z } from "zod";
import { no } from "@/lib/base/result";
import { run } from "@/lib/engine/run";
import type { World } from "@/lib/engine/world";
import { fail, pass } from "@/lib/model/check";
import { ask } from "@/lib/model/query";
import { edit, ensure } from "@/lib/model/want";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { defineStep } from "@/lib/steps/shape";
import { spfHardFail } from "@/lib/steps/spf-hard-fail";
import { type Bench, benchOf, planFor, rest } from "./bench";
import { connectorNamed } from "./meddler";
import { objects, type State, withMore, withObject } from "./state";
import { Killed } from "./tenant";

const spare = {
  needs: [],
  isSkippedEnough: false,
  canSkip: false,
  inherits: {},
  ways: { us: true, script: true, hand: true },
  texts: spfHardFail.texts,
} as const;

/** Two connectors, unless somebody put up a barrier. */
const twoConnectors = defineStep({
  ...spare,
  id: "two-connectors",
  guards: ["open"],
  settings: z.object({}),
  atFirst: {},
  queries: () => ({ connectors: ask("InboundConnector") }),
  checks: ({ connectors }) => [
    connectors.some((c) => c.Name === "Barrier") ? fail("open", "There is a barrier.", "Take it away.") : pass("open", "Open."),
  ],
  changes: ({ connectors }, _settings, _profile, mine) =>
    ensure("InboundConnector", connectors, [wanted("First"), wanted("Second")], mine).flatMap((e) => e.changes),
});
const wanted = (Name: string) => ({ Name, ConnectorType: "Partner", SenderDomains: [`${Name.toLowerCase()}.example`] }) as const;

/** One list of others, then one of ours: the first takes a call an entry, the second is put in place as a whole. */
const LISTS = { theirs: "theirs@contoso.com", ours: "ours@contoso.com" };
const twoLists = defineStep({
  ...spare,
  id: "two-lists",
  settings: z.object({ people: z.array(z.string()) }),
  atFirst: { people: [] },
  queries: () => ({ theirs: ask("DistributionGroup", LISTS.theirs), ours: ask("DistributionGroup", LISTS.ours) }),
  checks: () => [],
  changes({ theirs, ours }, { people: including }, _profile, mine) {
    const want = { Name: "ours", PrimarySmtpAddress: LISTS.ours, Members: including };
    const made = ours.flatMap((row) => edit("DistributionGroup", row, { Members: { including } }, mine));
    return [
      ...theirs.flatMap((row) => edit("DistributionGroup", row, { Members: { including } }, mine)),
      ...(ours.length > 0 ? made : ensure("DistributionGroup", [], [want], mine).flatMap((e) => e.changes)),
    ];
  },
});
const group = (address: string, Members: readonly string[]) => ({
  ...{ Guid: address, Name: address, PrimarySmtpAddress: address, IsDirSynced: false, RecipientTypeDetails: "", Members: [...Members] },
});

const empty: State = { OrganizationConfig: [], InboundConnector: [] };
const barrier = connectorNamed("b", "Barrier");
const whatOf = (bench: Bench) => bench.ledger.entries().map((e) => `${e.change.name} ${e.what}`);
const madeNames = (bench: Bench) => objects(bench.fake.state, "InboundConnector").map((c) => c.Name);

const held = (bench: Bench): readonly string[] =>
  objects(bench.fake.state, "DistributionGroup")
    .filter((o) => o.Guid === LISTS.ours)
    .flatMap((o) => (Array.isArray(o["Members"]) ? o["Members"].map(String) : []));

/** The same tenant, whose writes answer as told. */
const answering = (bench: Bench, make: World["make"]): Bench => ({ ...bench, world: { ...bench.world, make } });

describe("a run", () => {
  it("stops before the next change when a guard turns on the way", async () => {
    const bench = benchOf(empty, cloudflare);
    const plan = await planFor("run", twoConnectors, {}, bench);
    const meddled = answering(bench, async (c) => {
      const made = await bench.world.make(c);
      bench.fake.change((state) => withMore(state, "InboundConnector", barrier));
      return made;
    });
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: meddled })).toMatchObject({
      state: "stopped",
      problem: { say: "There is a barrier." },
    });
    expect(whatOf(bench)).toEqual(["First intent", "First done"]);
  });

  it("puts no list in place of one that somebody else changed on the way", async () => {
    const bench = benchOf({ ...empty, DistributionGroup: [group(LISTS.theirs, ["boss@contoso.com"])] }, cloudflare);
    const carried = async (id: string, people: readonly string[], tenant: Bench) =>
      run({ plan: await planFor(id, twoLists, { people }, bench), stepOf: () => twoLists, tenant });
    expect(await carried("a", ["ann@contoso.com"], bench)).toMatchObject({ state: "done" });
    rest(bench);
    const meddled = answering(bench, async (c) => {
      const made = await bench.world.make(c);
      bench.fake.change((state) =>
        withObject(state, "DistributionGroup", LISTS.ours, (o) => ({ ...o, Members: [...held(bench), "guest@contoso.com"] })),
      );
      return made;
    });
    const all = ["ann@contoso.com", "bob@contoso.com", "cyd@contoso.com"];
    expect(await carried("b", all, meddled)).toMatchObject({ state: "stopped", problem: { code: "moved" } });
    expect(held(bench)).toContain("guest@contoso.com");
  });

  it("begun again under a guard that bars, takes nothing for done that is not there", async () => {
    const bench = benchOf(empty, cloudflare);
    const plan = await planFor("run", twoConnectors, {}, bench);
    bench.fake.fuse = 3; // dies in the call, after it was made
    await expect(run({ plan, stepOf: () => twoConnectors, tenant: bench })).rejects.toThrow(Killed);
    bench.fake.change((state) => withMore(state, "InboundConnector", barrier));
    rest(bench);
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: bench })).toMatchObject({
      state: "stopped",
      problem: { say: "There is a barrier." },
    });
    expect(whatOf(bench)).toEqual(["First intent", "First done"]);
    expect(madeNames(bench)).toEqual(["First", "Barrier"]);
  });

  it("waits for what passes by itself, with a time, and goes on", async () => {
    const bench = benchOf(empty, cloudflare);
    const plan = await planFor("run", twoConnectors, {}, bench);
    const at = bench.fake.clock + 1_000_000;
    const busy = answering(bench, async () => no("throttled", "Too many calls.", { retryAt: at }));
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: busy })).toMatchObject({ state: "waiting", problem: { retryAt: at } });
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: bench })).toMatchObject({ state: "done" });
    expect(madeNames(bench)).toEqual(["First", "Second"]);
  });

  it("stops at a plain refusal, says it, and may be begun again", async () => {
    const bench = benchOf(empty, cloudflare);
    const plan = await planFor("run", twoConnectors, {}, bench);
    const refusing = answering(bench, async () => no("rejected", "Trial tenants have no connectors."));
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: refusing })).toMatchObject({
      state: "stopped",
      problem: { code: "rejected" },
    });
    expect(whatOf(bench)).toEqual(["First intent", "First failed"]);
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: bench })).toMatchObject({ state: "done" });
  });

  it("that is not told whether a change was made looks before it tries again", async () => {
    const bench = benchOf(empty, cloudflare);
    const plan = await planFor("run", twoConnectors, {}, bench);
    const cut = answering(bench, async (c) => {
      await bench.world.make(c);
      return no("unsure", "The connection broke.");
    });
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: cut })).toMatchObject({
      state: "waiting",
      problem: { code: "not-ready" },
    });
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: bench })).toMatchObject({ state: "done" });
    expect([...bench.fake.created.values()]).toEqual([1, 1]);
    expect(whatOf(bench)).toEqual(["First intent", "First done", "Second intent", "Second done"]);
  });

  it("that cannot read waits, and is not said to have moved", async () => {
    const bench = benchOf(empty, cloudflare);
    const plan = await planFor("run", twoConnectors, {}, bench);
    bench.fake.failing.add("InboundConnector");
    expect(await run({ plan, stepOf: () => twoConnectors, tenant: bench })).toMatchObject({
      state: "waiting",
      problem: { code: "unreachable" },
    });
    expect(whatOf(bench)).toEqual([]);
  });
});
