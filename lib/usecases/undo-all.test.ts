/** Taking everything back is one plan: agreed to once, carried out part after part, and the tenant is as it was before. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let person: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  person = verbs(house);
}, 60_000);
afterAll(() => house.stop());

const STEPS = ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"];

async function setUp(scenario: string): Promise<{ readonly customer: Customer; readonly before: unknown }> {
  const customer = await house.customer(scenario);
  await person.chooseDomains(customer);
  const before = await person.state(customer);
  for (const step of STEPS) {
    expect((await person.does(customer, step)).state).toBe("done");
    await person.wait(10 * MINUTE);
  }
  return { customer, before };
}

async function undoPlan({ scope, visitor }: Customer) {
  const made = await house.uc.makeUndoPlan(scope);
  if (!made.ok) throw new Error(made.problem.say);
  const shown = await house.uc.plan(scope, visitor, /plan\/([0-9a-f-]+)/.exec(made.value.href)?.[1] ?? "");
  if (!shown.ok) throw new Error(shown.problem.say);
  return shown.value;
}

describe("undo everything", () => {
  it("lists the steps last done first, in one plan, and puts the tenant back to where it was", async () => {
    const { customer, before } = await setUp("fresh");
    const page = await house.uc.undo(customer.scope, customer.visitor);
    expect(page).toMatchObject({ ok: true, value: { rows: STEPS.toReversed().map((id) => ({ id })) } });
    const plan = await undoPlan(customer);
    expect(new Set(plan.changes.map((change) => change.part)).size).toBeGreaterThan(2);
    const run = await person.agree(customer, plan);
    await person.carryOut(customer, run);
    expect((await person.run(customer, run)).state).toBe("done");
    await person.wait(HOUR);
    expect(await person.differencesFrom(customer, before)).toEqual([]);
    expect(await house.uc.undo(customer.scope, customer.visitor)).toMatchObject({ ok: true, value: { rows: [] } });
  }, 60_000);

  it("is refused while nothing is left to take back", async () => {
    const customer = await house.customer("fresh");
    expect(await house.uc.makeUndoPlan(customer.scope)).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });

  it("stops at the part that moved, keeps what was done, and offers what is left", async () => {
    const { customer } = await setUp("fresh");
    const plan = await undoPlan(customer);
    const run = await person.agree(customer, plan);
    const [policy] = await person.objects(customer, "HostedConnectionFilterPolicy");
    await person.edit(customer, ["exchange", "HostedConnectionFilterPolicy", "0", "IPAllowList"], ["192.0.2.1"]);
    await person.wait(10 * MINUTE);
    await person.carryOut(customer, run);
    const shown = await person.run(customer, run);
    expect(shown.lines.filter((line) => line.state === "done").length).toBeGreaterThan(0);
    expect(await person.objects(customer, "HostedConnectionFilterPolicy")).toMatchObject([
      { Guid: policy?.Guid, IPAllowList: ["192.0.2.1"] },
    ]);
  }, 60_000);
});
