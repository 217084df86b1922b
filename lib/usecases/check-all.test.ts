/** How often the outside is asked: whatever is to be looked at, in how few waves. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "@/lib/steps/index";
import { cutover } from "./cutover";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, SECOND, verbs } from "./testing";

let house: Practice;
let customer: Customer;
let waves = 0;
/** The use cases, with every wave counted. */
let uc: Practice["uc"];

beforeAll(async () => {
  house = await startPractice();
  uc = cutover({
    ...house.deps,
    world: (...of) => {
      const world = house.deps.world(...of);
      const ask: typeof world.ask = (asks) => {
        waves += 1;
        return world.ask(asks);
      };
      return { ...world, ask };
    },
  });
  customer = await house.customer("many");
  await verbs(house).chooseDomains(customer);
});
afterAll(() => house.stop());

/** Steps that ask about hosts and domains which another answer names. */
const NAMES_FIRST = ["inbound-connector", "mx-records", "lock-down"];

async function wavesOf(work: () => Promise<unknown>): Promise<number> {
  waves = 0;
  expect(await work()).toMatchObject({ ok: true });
  return waves;
}

describe("a tenant of ten domains", () => {
  it("has ten domains", () => {
    expect(customer.tenant.domains.filter((one) => !one.id.endsWith("onmicrosoft.com"))).toHaveLength(10);
  });

  it("all steps are looked at in two waves at the most", async () => {
    expect(await wavesOf(() => uc.checkAll(customer.scope))).toBeLessThanOrEqual(2);
  });

  it.each(catalogue.map((step) => step.id))("opening %s is one wave, two where it asks about what the first has named", async (step) => {
    expect(await wavesOf(() => uc.stepFresh(customer.scope, step))).toBeLessThanOrEqual(NAMES_FIRST.includes(step) ? 2 : 1);
  });

  it("what was looked at just now is not asked again, and later it is", async () => {
    expect(await wavesOf(() => uc.checkAll(customer.scope))).toBeGreaterThan(0);
    expect(await wavesOf(() => uc.checkAll(customer.scope, 30 * SECOND))).toBe(0);
    await house.sandbox.advance(HOUR);
    await house.deps.clock.refresh();
    expect(await wavesOf(() => uc.checkAll(customer.scope, 30 * SECOND))).toBeGreaterThan(0);
  });

  it("pages that show what is stored ask nobody", async () => {
    const { scope, visitor } = customer;
    expect(await wavesOf(() => uc.taskList(scope, visitor))).toBe(0);
    for (const { id } of catalogue) expect(await wavesOf(() => uc.stepStored(scope, visitor, id))).toBe(0);
  });
});

it("who has not chosen how to connect is not looked into", async () => {
  const newcomer = await house.customer("fresh", { access: "none" });
  expect(await wavesOf(() => uc.checkAll(newcomer.scope))).toBe(0);
});
