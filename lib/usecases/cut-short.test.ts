/** A process that dies in the middle of a run: whoever comes after it finds what was done and does the rest, and nothing twice. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { World } from "@/lib/engine/world";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import { type Customer, type Practice, startPractice } from "./practice";
import { MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

class Death extends Error {}

/** The use cases as a process has them that dies at a moment of its own choosing. */
function dying(when: (world: World) => World["make"]): Practice["uc"] {
  const deps: Deps = {
    ...house.deps,
    world: (...of) => {
      const world = house.deps.world(...of);
      return { ...world, make: when(world) };
    },
  };
  return cutover(deps);
}

const MOMENTS = {
  "before the service was asked": () => async () => {
    throw new Death("before");
  },
  "after the service had done it, before that was written down": (world: World) => async (change: Parameters<World["make"]>[0]) => {
    await world.make(change);
    throw new Death("after");
  },
} as const;

const sweepUntilOver = async (customer: Customer, run: string) => {
  for (let sweeps = 0; sweeps < 8 && (await I.run(customer, run)).state !== "done"; sweeps++) {
    await I.wait(MINUTE);
    await I.sweep(customer);
  }
  return I.run(customer, run);
};

describe.each(["allow-list", "inbound-connector"])("a run of %s", (step) => {
  for (const [name, when] of Object.entries(MOMENTS))
    it(`that died ${name} is given out again and ends as if nothing had happened`, async () => {
      const customer = await house.customer("fresh");
      await I.chooseDomains(customer);
      const run = await I.agree(customer, await I.plan(customer, step));
      await expect(dying(when).work.carryOut({ tenant: customer.scope.tenant, run })).rejects.toThrow(Death);
      const cut = await I.run(customer, run);
      expect(cut.state).toBe("running");
      expect(cut.lines.map((line) => line.state)).toEqual(["doing"]);

      const worker = I.worker();
      await worker.due();
      expect(worker.timesGiven({ run })).toBe(0); // a run that was at work a moment ago may be at work still
      await I.wait(MINUTE);
      await worker.due();
      await worker.due();
      expect(worker.timesGiven({ run })).toBe(1);
      await I.carryOut(customer, run);
      const over = await sweepUntilOver(customer, run);
      expect(over.state).toBe("done");
      expect(over.lines.map((line) => line.state)).toEqual(["done"]);
      await I.wait(10 * MINUTE);
      expect(await I.status(customer, step)).toBe("done");
      expect(await I.objects(customer, "InboundConnector")).toHaveLength(step === "inbound-connector" ? 1 : 0);
      expect(await I.written(customer, "New-InboundConnector")).toHaveLength(step === "inbound-connector" ? 1 : 0);

      // What a run made that died is ours all the same, and can be taken back.
      expect(await I.does(customer, step, { isUndo: true })).toMatchObject({ state: "done" });
      expect(await I.objects(customer, "InboundConnector")).toEqual([]);
    });
});

describe("two workers", () => {
  it("with the same run at once: one does it, the other leaves it alone", async () => {
    const customer = await house.customer("fresh");
    await I.chooseDomains(customer);
    const run = await I.agree(customer, await I.plan(customer, "inbound-connector"));
    const second = cutover(house.deps);
    const order = { tenant: customer.scope.tenant, run };
    await Promise.all([house.uc.work.carryOut(order), second.work.carryOut(order), house.uc.work.carryOut(order)]);
    await sweepUntilOver(customer, run);
    expect(await I.run(customer, run)).toMatchObject({ state: "done" });
    const made = (await I.received(customer)).filter((one) => one.cmdlet === "New-InboundConnector");
    expect(made).toHaveLength(1);
  });
});
