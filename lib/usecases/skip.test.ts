/** Skipping: with a reason that others can read, only where mail survives it, and taken up again at any time. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "@/lib/steps/index";
import { type Customer, type Practice, startPractice } from "./practice";
import { MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const REASON = "Our spam filter team has its own list.";

async function ready(): Promise<Customer> {
  const customer = await house.customer("fresh");
  await I.chooseDomains(customer);
  return customer;
}
const codeOf = async (customer: Customer, step: string) => (await I.stored(customer, step)).status.code;

describe("a step that is skipped", () => {
  it("says by whom and why, and is back on the list when it is taken up again", async () => {
    const customer = await ready();
    expect(await house.uc.skip(customer.scope, "allow-list", `  ${REASON}  `)).toMatchObject({ ok: true });
    const skipped = await I.stored(customer, "allow-list");
    expect(skipped).toMatchObject({ status: { code: "skipped" }, skipped: { by: "Admin", reason: REASON } });
    expect(await house.uc.unskip(customer.scope, "allow-list")).toMatchObject({ ok: true });
    expect(await I.stored(customer, "allow-list")).toMatchObject({ status: { code: "not-started" }, skipped: null });
  });

  it("lets those start that can do without it, and no others", async () => {
    const customer = await ready();
    await house.uc.skip(customer.scope, "organization-customization", REASON);
    expect(await house.uc.makePlan(customer.scope, "allow-list", "us", false)).toMatchObject({ ok: true });
    await house.uc.skip(customer.scope, "inbound-connector", REASON);
    expect(await codeOf(customer, "enhanced-filtering")).toBe("cannot-start");
    const plan = await house.uc.makePlan(customer.scope, "enhanced-filtering", "us", false);
    expect(plan).toMatchObject({ ok: false, problem: { code: "not-ready", step: "inbound-connector" } });
  });

  it("is not done behind anybody's back by a run that was waiting for it", async () => {
    const customer = await ready();
    const run = await I.does(customer, "allow-list", { way: "hand" });
    expect(run.state).toBe("needs-you");
    await house.uc.skip(customer.scope, "allow-list", REASON);
    expect(await I.run(customer, run.id)).toMatchObject({ state: "cancelled" });
    await I.wait(60 * MINUTE);
    await I.sweep(customer);
    expect(await codeOf(customer, "allow-list")).toBe("skipped");
  });

  it("while its changes are being made is refused as busy", async () => {
    const customer = await ready();
    const run = await I.agree(customer, await I.plan(customer, "allow-list"));
    expect(await house.uc.skip(customer.scope, "allow-list", REASON)).toMatchObject({ ok: false, problem: { code: "busy" } });
    await I.carryOut(customer, run);
    expect(await I.run(customer, run)).toMatchObject({ state: "done" });
  });
});

describe("a skip that is refused", () => {
  it("without a reason, or with a novel, keeps the field and says what to write", async () => {
    const { scope } = await ready();
    for (const reason of ["", "  ", "ok", "x".repeat(1_001)])
      expect(await house.uc.skip(scope, "allow-list", reason)).toMatchObject({
        ok: false,
        problem: { code: "rejected" },
        fields: { reason: expect.any(String) },
      });
    expect(await house.deps.store.events.list(scope, { kinds: ["skipped"] })).toEqual([]);
  });

  it("of a step that later steps lose mail without says so", async () => {
    const { scope } = await ready();
    for (const step of catalogue.filter((one) => !one.canSkip))
      expect(await house.uc.skip(scope, step.id, REASON)).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(catalogue.some((step) => !step.canSkip)).toBe(true);
  });

  it("taking up what was never skipped leaves no trace in the activity list", async () => {
    const { scope } = await ready();
    expect(await house.uc.unskip(scope, "allow-list")).toMatchObject({ ok: true });
    expect(await house.uc.unskip(scope, "no such step")).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await house.deps.store.events.list(scope, { kinds: ["unskipped"] })).toEqual([]);
  });
});
