/** Runs that come half-way: refused or cut after the first of two changes (42), failing for a fault of our own, or waiting for what never comes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import type { World } from "@/lib/engine/world";
import { cutover } from "./cutover";
import { WATCH_LIFE_MS } from "./note-look";
import { type Customer, type Practice, startPractice } from "./practice";
import { nextTryAt } from "./settle";
import { DAY, HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const STEP = "enhanced-filtering";
const SET = "Set-InboundConnector";

/** Enhanced filtering is to change two connectors: one that brings our mail, and somebody else's that the admin ticked. */
async function withTwoChanges(): Promise<{ readonly customer: Customer; readonly run: string }> {
  const customer = await house.customer("hand-made");
  await I.chooseDomains(customer);
  const [ours] = await I.objects(customer, "InboundConnector");
  const archive = "0b500000-0000-4000-8000-000000000002";
  await I.edit(customer, "exchange.InboundConnector.1", { ...ours, Guid: archive, Name: "Archive", SenderIPAddresses: ["203.0.113.9"] });
  await I.wait(MINUTE);
  await house.uc.saveSettings(customer.scope, STEP, { hop: "last", others: [archive] });
  await I.status(customer, "inbound-connector");
  return { customer, run: await I.agree(customer, await I.plan(customer, STEP)) };
}

/** The use cases of a process whose writes go this way. */
const withMake = (make: (world: World, nth: number) => World["make"]): Practice["uc"] => {
  let made = 0;
  return cutover({
    ...house.deps,
    world: (...of) => {
      const world = house.deps.world(...of);
      return {
        ...world,
        make: (change) => {
          made += 1;
          return make(world, made)(change);
        },
      };
    },
  });
};

const lines = async (customer: Customer, run: string) => (await I.run(customer, run)).lines.map((line) => line.state);
const filtering = async (customer: Customer) => (await I.objects(customer, "InboundConnector")).map((one) => one["EFSkipLastIP"]);

describe("“it stopped after connector 1 of 2” (42)", () => {
  it("cut short, the run goes on with the second and does not touch the first again", async () => {
    const { customer, run } = await withTwoChanges();
    const dying = withMake((world, nth) => (nth === 1 ? world.make : () => Promise.reject(new Error("the power went"))));
    await expect(dying.work.carryOut({ tenant: customer.scope.tenant, run })).rejects.toThrow("the power went");
    expect(await lines(customer, run)).toEqual(["done", "doing"]);
    await I.wait(MINUTE);
    await I.carryOut(customer, run);
    expect(await I.run(customer, run)).toMatchObject({ state: "done", lines: [{ state: "done" }, { state: "done" }] });
    expect(await filtering(customer)).toEqual([true, true]);
    expect(await I.written(customer, SET)).toHaveLength(2);
  });

  it("refused, it says which part was done, and the next plan is of the rest", async () => {
    const { customer, run } = await withTwoChanges();
    const refusing = withMake((world, nth) => (nth === 1 ? world.make : async () => no("rejected", "Microsoft refused the second.")));
    await refusing.work.carryOut({ tenant: customer.scope.tenant, run });
    expect(await I.run(customer, run)).toMatchObject({ state: "stopped", problem: { say: "Microsoft refused the second." } });
    expect(await lines(customer, run)).toEqual(["done", "problem"]);
    await I.wait(10 * MINUTE);
    const rest = await I.plan(customer, STEP);
    expect(rest.changes).toHaveLength(1);
    await I.carryOut(customer, await I.agree(customer, rest));
    expect(await filtering(customer)).toEqual([true, true]);
    // Both runs' changes are ours: undo takes back the two of them.
    await I.wait(10 * MINUTE);
    expect(await I.does(customer, STEP, { isUndo: true })).toMatchObject({ state: "done" });
    expect(await filtering(customer)).toEqual([false, false]);
  });
});

describe("a run that meets a fault of our own", () => {
  it("is tried again, told each time, and ends in words after a few times instead of going round for ever", async () => {
    const { customer, run } = await withTwoChanges();
    const broken = withMake(() => () => Promise.reject(new Error("a bug")));
    for (let tries = 1; tries <= 5; tries++) {
      await expect(broken.work.carryOut({ tenant: customer.scope.tenant, run })).rejects.toThrow("a bug");
      expect((await I.run(customer, run)).state).toBe(tries < 5 ? "running" : "stopped");
      await I.wait(MINUTE);
    }
    await broken.work.carryOut({ tenant: customer.scope.tenant, run });
    const page = await I.run(customer, run);
    expect(page.problem).toMatchObject({ code: "unsure", say: expect.stringContaining("a fault of Cutover"), fix: expect.any(String) });
    const told = await house.deps.store.events.list(customer.scope, { kinds: ["run-faltered", "run-stopped"] });
    expect(told.map((event) => event.kind)).toEqual(["run-stopped", ...Array.from({ length: 4 }, () => "run-faltered")]);
    // Nobody is stuck behind it.
    await I.carryOut(customer, await I.agree(customer, await I.plan(customer, STEP)));
    expect(await filtering(customer)).toEqual([true, true]);
  });
});

describe("a run that waits", () => {
  it("gets more patient, up to a quarter of an hour, and never tries before it was asked to", () => {
    const startedAt = Date.UTC(2026, 4, 3);
    expect(nextTryAt({ startedAt }, startedAt)).toBe(startedAt + MINUTE);
    expect(nextTryAt({ startedAt }, startedAt + HOUR)).toBe(startedAt + HOUR + 7.5 * MINUTE);
    expect(nextTryAt({ startedAt }, startedAt + DAY)).toBe(startedAt + DAY + 15 * MINUTE);
    expect(nextTryAt({ startedAt }, startedAt, startedAt + HOUR)).toBe(startedAt + HOUR);
  });

  it("for two weeks in vain ends, and says so", async () => {
    const customer = await house.customer("fresh");
    await I.chooseDomains(customer);
    const run = await I.agree(customer, await I.plan(customer, "allow-list"));
    const never = withMake(() => async () => no("not-ready", "Microsoft is not ready."));
    await never.work.carryOut({ tenant: customer.scope.tenant, run });
    expect(await I.run(customer, run)).toMatchObject({ state: "waiting" });
    await I.wait(WATCH_LIFE_MS + HOUR);
    await house.uc.work.due();
    await never.work.carryOut({ tenant: customer.scope.tenant, run });
    expect(await I.run(customer, run)).toMatchObject({
      state: "stopped",
      retryAt: null,
      problem: { code: "not-ready", say: "Microsoft is not ready. It was tried again for two weeks." },
    });
  });
});
