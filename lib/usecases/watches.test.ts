/** Watches: due by our clock, later and later, to an end, and in one worker's hands at a time. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SETTLED, wait } from "@/lib/model/check";
import { nextLookAt, WATCH_LIFE_MS } from "./note-look";
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

const watchOf = async ({ scope }: Customer, step = STEP) => {
  const [watch] = await house.deps.store.watches.all(scope, step);
  if (!watch) throw new Error(`Nothing watches ${step}.`);
  return watch;
};
const looksAgain = ({ scope }: Customer) => house.uc.work.lookAgain({ tenant: scope.tenant, step: STEP });

/** Somebody was asked to shorten a TTL, and the watch looks for it. */
async function asked(): Promise<Customer> {
  const customer = await house.customer("day-ttl");
  await I.chooseDomains(customer);
  await I.does(customer, STEP, { way: "hand" });
  return customer;
}

describe("when a watched step is looked at again", () => {
  const now = Date.UTC(2026, 4, 3);
  const seen = (...checks: ReturnType<typeof wait>[]) => ({ checks });

  it("soon at first, then slower, and never slower than every ten minutes", () => {
    const waits = Array.from({ length: 30 }, (_, tries) => nextLookAt(seen(), now, tries) - now);
    expect(waits[0]).toBe(20 * SECOND);
    expect(waits.every((ms, i) => i === 0 || ms >= (waits[i - 1] ?? 0))).toBe(true);
    expect(waits.at(-1)).toBe(10 * MINUTE);
  });

  it("at the time the check names, the earliest of several", () => {
    expect(nextLookAt(seen(wait("a", "", now + 3 * HOUR), wait("b", "", now + HOUR)), now, 9)).toBe(now + HOUR);
  });

  it("a time that is a day away is looked at on the way, for it may be undone meanwhile", () => {
    expect(nextLookAt(seen(wait("a", "", now + DAY)), now, 0)).toBe(now + 6 * HOUR);
  });

  it("a time that is over, or a moment away, never makes it look without a pause", () => {
    expect(nextLookAt(seen(wait("a", "", now - HOUR)), now, 0)).toBe(now + 20 * SECOND);
    expect(nextLookAt(seen(wait("a", "", now + 1)), now, 0)).toBe(now + 5 * SECOND);
  });

  it("our own write that is not shown yet is looked for sooner than its last moment", () => {
    expect(nextLookAt(seen(wait(SETTLED, "", now + 5 * MINUTE)), now, 0)).toBe(now + 20 * SECOND);
    expect(nextLookAt(seen(wait(SETTLED, "", now + 5 * MINUTE)), now, 20)).toBe(now + 5 * MINUTE);
  });
});

describe("a watch", () => {
  it("is due by our clock alone: hours that the clock was moved are found at once", async () => {
    const customer = await asked();
    const worker = I.worker();
    await worker.due();
    expect(worker.timesGiven({ tenant: customer.scope.tenant })).toBe(0);
    await I.wait(6 * HOUR);
    await worker.due();
    expect(worker.timesGiven({ tenant: customer.scope.tenant, step: STEP })).toBe(1);
  });

  it("backs off while nothing changes, and the history of its tries is kept", async () => {
    const customer = await asked();
    const pauses: number[] = [];
    for (let tries = 1; tries <= 12; tries++) {
      await I.wait(11 * MINUTE);
      await looksAgain(customer);
      const watch = await watchOf(customer);
      expect(watch).toMatchObject({ state: "watching", tries });
      pauses.push(watch.dueAt - house.deps.clock.now());
    }
    expect(pauses[0]).toBeLessThan(MINUTE);
    expect(pauses.at(-1)).toBeGreaterThan(9 * MINUTE);
    expect((await watchOf(customer)).lastResult).toMatchObject({ checks: expect.any(Array) });
  });

  it("gives up after two weeks, says so once, and is begun anew by the person", async () => {
    const customer = await asked();
    const since = (await watchOf(customer)).since;
    await I.wait(WATCH_LIFE_MS - HOUR);
    await looksAgain(customer);
    expect(await watchOf(customer)).toMatchObject({ state: "watching", since });
    await I.wait(2 * HOUR);
    await looksAgain(customer);
    await looksAgain(customer);
    expect(await watchOf(customer)).toMatchObject({ state: "expired" });
    const expired = await house.deps.store.events.list(customer.scope, { kinds: ["watch-expired"] });
    expect(expired).toHaveLength(1);

    const [run] = await house.deps.store.runs.list(customer.scope);
    expect(await house.uc.iDidIt(customer.scope, run?.id ?? "")).toMatchObject({ ok: true });
    await I.carryOut(customer, run?.id ?? "");
    expect(await watchOf(customer)).toMatchObject({ state: "watching", tries: 0 });
  });

  it("goes to one of two workers, and from one that died to the other a minute later", async () => {
    const customer = await asked();
    const workers = [I.worker(), I.worker(), I.worker()];
    const given = () => workers.reduce((sum, worker) => sum + worker.timesGiven({ tenant: customer.scope.tenant, step: STEP }), 0);
    await I.wait(MINUTE);
    await Promise.all(workers.map((worker) => worker.due()));
    expect(given()).toBe(1);
    await I.wait(30 * SECOND);
    await Promise.all(workers.map((worker) => worker.due()));
    expect(given()).toBe(1);
    await I.wait(MINUTE);
    await Promise.all(workers.map((worker) => worker.due()));
    expect(given()).toBe(2);
  });

  it("that is looked at twice at once is told once", async () => {
    const customer = await asked();
    const [domain = ""] = customer.tenant.domains.map((one) => one.id);
    await I.dns({ zone: domain, ttl: 300 });
    await I.wait(MINUTE);
    await I.sweep(customer);
    await I.wait(2 * DAY);
    await Promise.all([looksAgain(customer), looksAgain(customer), I.fresh(customer, STEP)]);
    const done = await house.deps.store.events.list(customer.scope, { step: STEP, kinds: ["step-done"] });
    expect(done).toHaveLength(1);
  });
});
