/** Exactly once: whatever is cut off, wherever, no message is moved twice and none is forgotten. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createStore } from "@/lib/store/store";
import { cutover } from "./cutover";
import { dyingWorker, Killed, type MailHouse, startPracticeMail } from "./mail-order-testing";
import { LOST } from "./vendor-testing";

let house: MailHouse;
beforeAll(async () => {
  house = await startPracticeMail();
});
afterAll(() => house.stop());
/** A worker killed at forty places, one after the other, on a machine that has other work. */
const KILLS_MS = 180_000;

let next = 0;
/** New messages of the vendor, by their ids. */
function arrived(count: number, more: Parameters<MailHouse["vendor"]["arrives"]>[1] = {}): readonly string[] {
  const ids = Array.from({ length: count }, () => `m${next++}`);
  for (const id of ids) house.vendor.arrives(id, more);
  house.wait(1_000);
  return ids;
}
const times = (ids: readonly string[]) => ids.map((id) => house.vendor.timesMoved(id));
const once = (ids: readonly string[]) => ids.map(() => 1);

async function killedAt(id: string, nth: number, when: "before" | "after"): Promise<boolean> {
  const worker = dyingWorker(house.deps, nth, when);
  return worker.work({ tenant: house.scope.tenant, order: id }).then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return true;
    },
  );
}

test.each(["before", "after"] as const)(
  "a worker killed %s any of its calls leaves an order that ends with every message moved once",
  async (when) => {
    for (let nth = 1; ; nth++) {
      const ids = arrived(3);
      const id = await house.agreed(ids);
      const wasKilled = await killedAt(id, nth, when);
      await house.goesOn(id, 10 * 60_000);
      expect([nth, times(ids)]).toEqual([nth, once(ids)]);
      expect([nth, (await house.order(id)).state, await house.counts(id)]).toMatchObject([nth, "done", { done: 3, failed: 0 }]);
      if (!wasKilled) break;
      expect(nth).toBeLessThan(40);
    }
  },
);

test.each(["before", "after"] as const)(
  "a release killed %s any of its calls delivers every message once",
  async (when) => {
    for (let nth = 1; ; nth++) {
      const ids = arrived(2, { isQuarantined: true, deliveryStatus: ["quarantined"] });
      const id = await house.agreed(ids, null);
      const wasKilled = await killedAt(id, nth, when);
      await house.goesOn(id, 10 * 60_000);
      expect([nth, times(ids), (await house.order(id)).state]).toEqual([nth, once(ids), "done"]);
      if (!wasKilled) break;
    }
  },
  KILLS_MS,
);

test("an answer that was lost is looked for in the record before anything is asked again, also where the vendor's clock is half an hour off", async () => {
  for (const skewMs of [0, -30 * 60_000, 30 * 60_000])
    for (const isDone of [true, false]) {
      house.vendor.traits.skewMs = skewMs;
      const ids = arrived(2);
      const id = await house.agreed(ids);
      house.vendor.traits.refuses = { problem: LOST, isDone };
      await house.work(id);
      house.vendor.traits.refuses = null;
      expect(await house.order(id)).toMatchObject({ state: "waiting", problem: LOST });
      await house.goesOn(id, 10 * 60_000);
      expect([skewMs, isDone, times(ids)]).toEqual([skewMs, isDone, once(ids)]);
    }
  house.vendor.traits.skewMs = 0;
});

test("nothing is asked again before the record had its five minutes", async () => {
  house.vendor.traits.indexMs = 270_000;
  const ids = arrived(2);
  const id = await house.agreed(ids);
  house.vendor.traits.refuses = { problem: LOST, isDone: true };
  await house.work(id);
  house.vendor.traits.refuses = null;
  await house.goesOn(id, 280_000, 10_000);
  expect(await house.counts(id)).toMatchObject({ asked: 2 });
  await house.goesOn(id, 10 * 60_000);
  expect(times(ids)).toEqual(once(ids));
  house.vendor.traits.indexMs = 0;
});

test("a record that spells folders in a way of its own is believed: what may be done is not done again", async () => {
  const ids = arrived(2);
  const id = await house.agreed(ids);
  house.vendor.traits.refuses = { problem: LOST, isDone: true };
  await house.work(id);
  house.vendor.traits.refuses = null;
  const { messages } = house.deps;
  const actions: typeof messages.actions = async (access, message) => {
    const log = await messages.actions(access, message);
    return log.ok ? { ok: true, value: log.value.map((entry) => ({ ...entry, folder: "Junk mail folder" })) } : log;
  };
  house.wait(10 * 60_000);
  await house.uc.work.due();
  await house.work(id, cutover({ ...house.deps, messages: { ...messages, actions } }));
  expect([times(ids), await house.counts(id)]).toMatchObject([once(ids), { done: 2 }]);
});

test("two workers at one order, also when the lock does not hold them apart, ask for every message once", async () => {
  const ids = arrived(20);
  const id = await house.agreed(ids);
  const other = createStore(house.databaseUrl);
  const free = <T>(_lock: string, work: () => Promise<T>) => work();
  const workers = [house.deps.store, other, other].map((store) => cutover({ ...house.deps, store: { ...store, exclusively: free } }));
  await Promise.all(workers.map((uc) => house.work(id, uc)));
  await house.goesOn(id, 10 * 60_000);
  expect(times(ids)).toEqual(once(ids));
  expect(await house.counts(id)).toMatchObject({ done: 20 });
  await other.close();
});

test("two who agree at once, or press twice, agree once", async () => {
  const [one = ""] = arrived(1);
  const drafted = await house.uc.orders.draft(house.mail, { kind: "retract", destination: "JunkEmail", ids: [one, one], search: null });
  const id = drafted.ok ? (/orders\/([0-9a-f-]+)/.exec(drafted.href ?? "")?.[1] ?? "") : "";
  const agree = () => house.uc.orders.agree(house.scope, house.visitor, id, { reason: "", isSure: false });
  const answers = await Promise.all([agree(), agree()]);
  expect(answers.every(({ ok }) => ok)).toBe(true);
  await house.goesOn(id, 60_000);
  expect(times([one])).toEqual([1]);
  const events = await house.deps.store.events.list(house.scope, { kinds: ["order-agreed"], limit: 5 });
  expect(events.filter(({ detail }) => JSON.stringify(detail).includes(id))).toHaveLength(1);
});

test("a message that failed for one of its people is tried again for them, and for nobody else counts as failed", async () => {
  const [id1 = ""] = arrived(1, { recipients: ["b@contoso.com", "c@contoso.com"] });
  house.vendor.traits.fails = (recipient) => (recipient.startsWith("c@") ? "throttled" : null);
  const id = await house.agreed([id1]);
  await house.work(id);
  const [item] = await house.items(id);
  expect(item).toMatchObject({
    state: "failed",
    tries: 1,
    outcomes: [
      { recipient: "b@contoso.com", success: true },
      { recipient: "c@contoso.com", success: false, status: "throttled" },
    ],
  });
  expect((item?.retryAt ?? 0) - house.deps.clock.now()).toBe(5 * 60_000);
  house.vendor.traits.fails = (recipient) => (recipient.startsWith("b@") ? "not_found" : null);
  await house.goesOn(id, 10 * 60_000);
  // For whom it worked once, it worked: what a second move says of them is no failure.
  expect(await house.items(id)).toMatchObject([{ state: "done", outcomes: [{ success: true }, { success: true }] }]);
  house.vendor.traits.fails = () => null;
});

test("a failure is tried for two hours and then stands with its reason; where time does not help it is not tried at all", async () => {
  const ids = arrived(1);
  house.vendor.traits.fails = () => "unauthorized";
  const id = await house.agreed(ids);
  await house.goesOn(id, 4 * 3_600_000, 5 * 60_000);
  expect(await house.items(id)).toMatchObject([{ state: "failed", tries: 24, retryAt: null }]);
  const page = await house.uc.orders.page(house.scope, house.visitor, id);
  expect(page.ok && page.value).toMatchObject({ state: "done", canRetry: true, counts: { failed: 1 } });
  expect(page.ok && page.value.items?.rows[0]?.results).toMatchObject([
    { success: false, say: expect.stringContaining("consent"), remedy: expect.stringContaining("authorises") },
  ]);
  house.vendor.traits.fails = () => null;
  await house.uc.orders.retry(house.scope, house.visitor, id);
  await house.goesOn(id, 60_000);
  expect(await house.order(id)).toMatchObject({ state: "done" });
  expect(times(ids)).toEqual([1]);
  house.vendor.traits.fails = () => "group_address";
  const other = await house.agreed(arrived(1));
  await house.work(other);
  expect(await house.items(other)).toMatchObject([{ state: "failed", tries: 1, retryAt: null }]);
  house.vendor.traits.fails = () => null;
});

test("a limit of the vendor's is waited for and costs no try; a token that is refused stops the order until somebody lets it go on", async () => {
  const ids = arrived(1);
  const id = await house.agreed(ids);
  const retryAt = house.deps.clock.now() + 300_000;
  house.vendor.traits.refuses = { problem: { code: "throttled", say: "Slow down.", retryAt }, isDone: false };
  await house.work(id);
  expect(await house.order(id)).toMatchObject({ state: "waiting", retryAt, tries: 0 });
  expect(await house.items(id)).toMatchObject([{ state: "waiting", tries: 0 }]);
  house.wait(300_000);
  house.vendor.traits.refuses = { problem: { code: "denied", say: "No." }, isDone: false };
  await house.uc.work.due();
  await house.work(id);
  expect(await house.order(id)).toMatchObject({ state: "stopped", problem: { say: "No." } });
  house.vendor.traits.refuses = null;
  await house.uc.orders.retry(house.scope, house.visitor, id);
  await house.goesOn(id, 60_000);
  expect(times(ids)).toEqual([1]);
});
