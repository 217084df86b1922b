/** The TTL of mail records: another team's DNS, a day's wait, servers that disagree, and an old TTL that nobody saw (story 14). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, HOUR, MINUTE, SECOND, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const STEP = "mx-ttl";

async function ready(scenario: string): Promise<{ readonly customer: Customer; readonly domain: string }> {
  const customer = await house.customer(scenario);
  const [domain = ""] = await I.chooseDomains(customer);
  return { customer, domain };
}

const checkOf = async (customer: Customer, domain: string) => {
  const looked = await I.fresh(customer, STEP);
  return looked.checks.find((check) => check.id === domain);
};

describe("“our DNS is somebody else's, and its TTL is a day” (14)", () => {
  it("the plan waits for the person, the watch sees the edit, the wait is the old TTL's, and a day later it is done", async () => {
    const { customer, domain } = await ready("day-ttl");
    expect(await house.uc.makePlan(customer.scope, STEP, "us", false)).toMatchObject({ ok: false, problem: { code: "rejected" } });
    const run = await I.does(customer, STEP, { way: "hand" });
    expect(run).toMatchObject({ state: "needs-you", lines: [{ state: "asked" }] });
    expect((await I.stored(customer, STEP)).status.code).toBe("needs-you");

    // Nothing was done yet: the watch looks again, later and later, and asks nobody twice.
    for (let tries = 1; tries <= 3; tries++) {
      await I.wait(10 * MINUTE);
      await I.sweep(customer);
      expect((await house.deps.store.watches.all(customer.scope, STEP))[0]).toMatchObject({ state: "watching", tries });
      expect(await I.run(customer, run.id)).toMatchObject({ state: "needs-you", lines: [{ state: "asked", at: run.lines[0]?.at }] });
    }

    await I.dns({ zone: domain, ttl: 300 });
    await I.wait(10 * MINUTE);
    const seenAt = house.deps.clock.now();
    await I.sweep(customer);
    expect(await I.run(customer, run.id)).toMatchObject({ state: "done", lines: [{ state: "done" }] });
    expect((await I.stored(customer, STEP)).status.code).toBe("waiting");

    const check = await checkOf(customer, domain);
    expect(check).toMatchObject({ verdict: "wait" });
    expect(check?.saw).toContain("The old TTL was 1 day");
    const until = check?.again ?? 0;
    expect(Math.abs(until - (seenAt + DAY))).toBeLessThan(MINUTE);

    const appointment = await house.uc.calendar(customer.scope, STEP);
    const stamp = new Date(until).toISOString().replace(/[-:]|\.\d+/g, "");
    expect(appointment).toMatchObject({ ok: true, value: { fileName: "cutover-mx-ttl.ics" } });
    expect(appointment.ok && appointment.value.text).toContain(`DTSTART:${stamp}\r\n`);

    await I.wait(DAY - HOUR);
    await I.sweep(customer);
    expect((await I.stored(customer, STEP)).status.code).toBe("waiting");
    await I.wait(HOUR + MINUTE);
    await I.sweep(customer);
    expect((await I.stored(customer, STEP)).status.code).toBe("done");
    expect((await house.deps.store.watches.all(customer.scope, STEP))[0]).toMatchObject({ state: "done" });
    const kinds = (await house.deps.store.events.list(customer.scope, { step: STEP })).map((event) => event.kind);
    expect(kinds.filter((kind) => kind === "step-done")).toHaveLength(1);
    expect(await house.uc.calendar(customer.scope, STEP)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("one domain of two edited: the run writes that one down and goes on waiting for the other", async () => {
    const { customer, domain } = await ready("fresh");
    const run = await I.does(customer, STEP, { way: "hand" });
    expect(run.lines.map((line) => line.state)).toEqual(["asked", "asked"]);
    await I.dns({ zone: domain, ttl: 300 });
    await I.wait(MINUTE);
    await I.sweep(customer);
    expect(await I.run(customer, run.id)).toMatchObject({ state: "needs-you", lines: [{ state: "done" }, { state: "asked" }] });
  });

  it("taking it back by hand is waited for as well, and seen", async () => {
    const { customer, domain } = await ready("day-ttl");
    const run = await I.does(customer, STEP, { way: "hand" });
    await I.dns({ zone: domain, ttl: 300 });
    await I.wait(MINUTE);
    await house.uc.iDidIt(customer.scope, run.id);
    await I.carryOut(customer, run.id);
    await I.wait(2 * DAY);
    expect(await I.status(customer, STEP)).toBe("done");

    const undo = await I.does(customer, STEP, { way: "hand", isUndo: true });
    expect(undo).toMatchObject({ state: "needs-you" });
    await I.wait(10 * MINUTE);
    await I.sweep(customer);
    expect(await I.run(customer, undo.id)).toMatchObject({ state: "needs-you" });
    await I.dns({ zone: domain, ttl: 86_400 });
    await I.wait(10 * MINUTE);
    await I.sweep(customer);
    expect(await I.run(customer, undo.id)).toMatchObject({ state: "done" });
  });

  it("DNS that does not answer for a while neither ends the wait nor the run", async () => {
    const { customer, domain } = await ready("day-ttl");
    const run = await I.does(customer, STEP, { way: "hand" });
    await I.dns({ zone: domain, behaviour: "refused" });
    await I.wait(10 * MINUTE);
    await I.sweep(customer);
    expect(await I.run(customer, run.id)).toMatchObject({ state: "needs-you" });
    expect((await house.deps.store.watches.all(customer.scope, STEP))[0]).toMatchObject({ state: "watching" });
    await I.dns({ zone: domain, behaviour: "ok", ttl: 300 });
    await I.wait(10 * MINUTE);
    await I.sweep(customer);
    expect(await I.run(customer, run.id)).toMatchObject({ state: "done" });
  });
});

describe("a DNS host whose servers disagree", () => {
  it("is told with the name of each server and what it says", async () => {
    const { customer, domain } = await ready("split-dns");
    const check = await checkOf(customer, domain);
    expect(check).toMatchObject({ verdict: "fail" });
    expect(check?.saw).toMatch(/disagree/);
    expect(check?.saw).toMatch(/ns1\.bluehost\.com says TTL 300/);
    expect(check?.saw).toMatch(/ns2\.bluehost\.com says TTL 14400/);
  });
});

describe("a TTL that was short before anybody looked", () => {
  it("is not believed: a day is assumed, the old one is asked for, and the person's word makes the wait shorter", async () => {
    const { customer, domain } = await ready("hand-made");
    const firstLook = house.deps.clock.now();
    const unsure = await checkOf(customer, domain);
    expect(unsure).toMatchObject({ verdict: "wait" });
    expect(unsure?.saw).toMatch(/a day is assumed/);
    expect(Math.abs((unsure?.again ?? 0) - (firstLook + DAY))).toBeLessThan(MINUTE);
    const { fields } = await I.fresh(customer, STEP);
    expect(fields.map((field) => field.name)).toContain(`oldTtl.${domain}`);

    const saved = await house.uc.saveSettings(customer.scope, STEP, { [`oldTtl.${domain}`]: "3600" });
    expect(saved).toMatchObject({ ok: true });
    const sure = await checkOf(customer, domain);
    expect(sure?.saw).toMatch(/by your word/);
    expect(Math.abs((sure?.again ?? 0) - (firstLook + HOUR))).toBeLessThan(MINUTE);
    await I.wait(HOUR + 30 * SECOND);
    await I.sweep(customer);
    expect((await I.stored(customer, STEP)).status.code).toBe("done");
  });
});
