/** The standing order: what is detected is moved once, whatever is late, doubled, cut off or wrong about the time; and never together with the vendor. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { cutover } from "./cutover";
import { dyingWorker, Killed, type MailHouse, startPracticeMail } from "./mail-order-testing";
import { LOST } from "./vendor-testing";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let house: MailHouse;
beforeAll(async () => {
  house = await startPracticeMail();
});
afterAll(() => house.stop());
/** A worker killed at forty places, one after the other, on a machine that has other work. */
const KILLS_MS = 180_000;

let next = 0;
const arrives = (more: Parameters<MailHouse["vendor"]["arrives"]>[1] = {}): string => {
  const id = `m${next++}`;
  house.vendor.arrives(id, more);
  return id;
};
const times = (...ids: readonly string[]) => ids.map((id) => house.vendor.timesMoved(id));
const state = async (id: string) => (await house.order(id)).state;

let auto: string;
beforeEach(async () => {
  auto = await house.turnsOn();
  house.wait(1_000);
});
afterEach(async () => {
  const { traits } = house.vendor;
  Object.assign(traits, {
    skewMs: 0,
    indexMs: 0,
    pageSize: 1_000,
    isOverlapping: false,
    losesPlaces: false,
    refuses: null,
    fails: () => null,
  });
  await house.uc.autoRetract.turnOff(house.scope);
  house.wait(2 * HOUR);
});

test("a token of another account stops it before anything there is moved: nobody agreed to that", async () => {
  await house.goesOn(auto, MINUTE);
  await house.enterToken("another");
  const there = arrives();
  await house.goesOn(auto, 3 * MINUTE);
  await house.enterToken("account");
  expect(await house.order(auto)).toMatchObject({
    state: "stopped",
    problem: { say: expect.stringContaining("another Cloudflare account") },
  });
  expect(times(there)).toEqual([0]);
});

test("what was there when it was turned on stays, and what comes after is moved within minutes, once, as the table says", async () => {
  await house.uc.autoRetract.turnOff(house.scope);
  house.wait(2 * HOUR);
  const old = arrives();
  auto = await house.turnsOn({ SPAM: "junk", MALICIOUS: "hard" });
  const [spam, bulk, bec, clean] = [
    arrives(),
    arrives({ disposition: "BULK" }),
    arrives({ disposition: "MALICIOUS-BEC" }),
    arrives({ disposition: "NONE" }),
  ];
  await house.goesOn(auto, 5 * MINUTE);
  expect(times(old, spam, bulk, bec, clean)).toEqual([0, 1, 0, 1, 0]);
  expect(house.vendor.moved.find(({ id }) => id === bec)?.to).toBe("RecoverableItemsPurges");
  expect(house.vendor.moved.find(({ id }) => id === spam)?.to).toBe("JunkEmail");
});

test.each([-25 * MINUTE, 25 * MINUTE])(
  "a vendor's clock that is wrong by %d ms loses and doubles nothing, nor takes up what is old where it is behind",
  async (skewMs) => {
    await house.uc.autoRetract.turnOff(house.scope);
    house.wait(2 * HOUR);
    house.vendor.traits.skewMs = skewMs;
    const old = arrives();
    house.wait(2 * MINUTE);
    auto = await house.turnsOn();
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      ids.push(arrives());
      await house.goesOn(auto, 2 * MINUTE);
    }
    await house.goesOn(auto, 90 * MINUTE, 5 * MINUTE);
    expect(times(...ids)).toEqual(ids.map(() => 1));
    // A vendor that is ahead shows what it stamped before our "on" only afterwards: by its own time it is new.
    if (skewMs < 0) expect(times(old)).toEqual([0]);
  },
);

test("our own clock, hours ahead and set back, neither holds the looks up nor stops them", async () => {
  house.vendor.traits.skewMs = -5 * HOUR;
  house.wait(5 * HOUR);
  await house.goesOn(auto, 2 * MINUTE);
  house.wait(-5 * HOUR);
  house.vendor.traits.skewMs = 0;
  const id = arrives();
  await house.goesOn(auto, 3 * MINUTE);
  expect([await state(auto), times(id)]).toEqual(["waiting", [1]]);
});

test("a list whose places are lost at once is not asked for without end, and is read when they last again", async () => {
  Object.assign(house.vendor.traits, { pageSize: 2, losesPlaces: true });
  const ids = Array.from({ length: 5 }, () => arrives());
  const before = house.vendor.traits.searches;
  await house.goesOn(auto, 10 * MINUTE);
  expect(await state(auto)).toBe("waiting");
  expect(house.vendor.traits.searches - before).toBeLessThan(30);
  house.vendor.traits.losesPlaces = false;
  await house.goesOn(auto, 10 * MINUTE);
  expect(times(...ids)).toEqual(ids.map(() => 1));
});

test("pages that come doubled and overlap are moved once", async () => {
  Object.assign(house.vendor.traits, { pageSize: 3, isOverlapping: true });
  const ids = Array.from({ length: 10 }, () => arrives());
  await house.goesOn(auto, 3 * MINUTE);
  expect(times(...ids)).toEqual(ids.map(() => 1));
});

test("a verdict that changes a day after delivery is moved within the hour", async () => {
  const late = arrives({ disposition: "NONE" });
  await house.goesOn(auto, 23 * HOUR, 30 * MINUTE);
  house.vendor.judges(late, "MALICIOUS");
  await house.goesOn(auto, 70 * MINUTE, 10 * MINUTE);
  expect(times(late)).toEqual([1]);
});

test("an outage of days is made up for", async () => {
  await house.goesOn(auto, MINUTE);
  const ids = [arrives()];
  house.wait(60 * HOUR);
  ids.push(arrives());
  house.wait(12 * HOUR);
  await house.goesOn(auto, 2 * MINUTE);
  expect(times(...ids)).toEqual([1, 1]);
});

test.each(["before", "after"] as const)(
  "killed %s any of its calls, a look ends with every message moved once",
  async (when) => {
    Object.assign(house.vendor.traits, { pageSize: 2 });
    for (let nth = 1; ; nth++) {
      await house.uc.autoRetract.turnOff(house.scope);
      house.wait(2 * HOUR);
      auto = await house.turnsOn();
      const ids = [arrives(), arrives({ disposition: "MALICIOUS" }), arrives()];
      house.wait(MINUTE);
      await house.uc.work.due();
      const worker = dyingWorker(house.deps, nth, when);
      const wasKilled = await worker.work({ tenant: house.scope.tenant, order: auto }).then(
        () => false,
        (error: unknown) => error instanceof Killed || Promise.reject(error),
      );
      await house.goesOn(auto, 5 * MINUTE, 2.5 * MINUTE);
      expect([nth, await state(auto), times(...ids)]).toEqual([nth, "waiting", [1, 1, 1]]);
      if (!wasKilled) break;
      expect(nth).toBeLessThan(60);
    }
  },
  KILLS_MS,
);

test("a message that shows a move is left alone, and one that a person moved does not stop the order", async () => {
  const [mine, theirs] = [arrives(), arrives()];
  house.vendor.movesItself(theirs, "admin@fabrikam.example");
  await house.goesOn(auto, 3 * MINUTE);
  expect(times(mine, theirs)).toEqual([1, 0]);
  expect(await state(auto)).toBe("waiting");
  expect(await house.items(auto)).toEqual(
    expect.arrayContaining([expect.objectContaining({ message: theirs, state: "left", reason: "moved" })]),
  );
});

test("a message that the vendor's own feature moved stops the order, which says so, and nothing is moved any more", async () => {
  const theirs = arrives();
  house.vendor.movesItself(theirs);
  house.wait(MINUTE);
  const mine = arrives();
  await house.goesOn(auto, 3 * MINUTE);
  expect(await house.order(auto)).toMatchObject({ state: "stopped", problem: { say: expect.stringContaining("Both would move") } });
  expect(times(mine, theirs)).toEqual([0, 0]);
  expect((await house.events())[0]).toBe("auto-stopped");
  const page = await house.uc.autoRetract.page(house.scope, house.visitor);
  expect(page.ok && page.value).toMatchObject({ state: "stopped", problem: { say: expect.stringContaining("Both") } });
});

test("a token that is refused or gone stops it loudly; what the step's findings read says when and why", async () => {
  arrives();
  house.vendor.traits.refuses = { problem: { code: "denied", say: "Cloudflare does not accept this API token." }, isDone: false };
  await house.goesOn(auto, 2 * MINUTE);
  expect(await state(auto)).toBe("stopped");
  const saved = (await house.deps.store.settings.all(house.scope))["auto-retract"]?.value;
  expect(saved).toMatchObject({ by: "cutover", running: null, stopped: { say: "Cloudflare does not accept this API token." } });
});

test("what waited when it was turned off is not moved when it is turned on again, and what it moved once it never moves again", async () => {
  const done = arrives();
  await house.goesOn(auto, 2 * MINUTE);
  house.vendor.traits.refuses = { problem: LOST, isDone: false };
  const lost = arrives();
  await house.goesOn(auto, MINUTE);
  house.vendor.traits.refuses = { problem: { code: "throttled", say: "Slow down." }, isDone: false };
  const waited = arrives();
  await house.goesOn(auto, 2 * MINUTE);
  await house.uc.autoRetract.turnOff(house.scope);
  house.vendor.traits.refuses = null;
  house.wait(MINUTE);
  auto = await house.turnsOn();
  await house.goesOn(auto, 10 * MINUTE);
  expect(times(done, lost, waited)).toEqual([1, 0, 0]);
  expect((await house.items(auto)).filter(({ message }) => message === lost || message === waited)).toMatchObject([
    { state: "left" },
    { state: "left" },
  ]);
});

test("another table takes over at once without a gap, and leaves alone what the one before left alone", async () => {
  const bulk = arrives({ disposition: "BULK" });
  await house.goesOn(auto, 2 * MINUTE);
  const spam = arrives();
  await house.turnsOn({ SPAM: "trash", BULK: "junk" });
  const later = arrives({ disposition: "BULK" });
  await house.goesOn(auto, 2 * HOUR, 10 * MINUTE);
  expect(times(bulk, spam, later)).toEqual([0, 1, 1]);
});

test("what still waits when the table is changed goes by the new one, and what that leaves alone is left", async () => {
  await house.turnsOn({ SPAM: "hard", BULK: "hard", SPOOF: "junk" });
  house.vendor.traits.refuses = { problem: { code: "throttled", say: "Slow down." }, isDone: false };
  const [spam, bulk, spoof] = [arrives(), arrives({ disposition: "BULK" }), arrives({ disposition: "SPOOF" })];
  await house.goesOn(auto, 2 * MINUTE);
  await house.turnsOn({ SPAM: "trash", SPOOF: "junk" });
  house.vendor.traits.refuses = null;
  await house.goesOn(auto, 10 * MINUTE);
  const went = (id: string) => house.vendor.moved.filter((move) => move.id === id).map(({ to }) => to);
  expect([went(spam), went(bulk), went(spoof)]).toEqual([["DeletedItems"], [], ["JunkEmail"]]);
  expect((await house.items(auto)).find(({ message }) => message === bulk)).toMatchObject({ state: "left", reason: "table" });
});

test("a look that fails just as it is turned off is not made up for when it is turned on again", async () => {
  const id = arrives();
  const { messages } = house.deps;
  const offMeanwhile: typeof messages.move = async () => {
    await house.uc.autoRetract.turnOff(house.scope);
    return { ok: false, problem: { code: "throttled", say: "Slow down." } };
  };
  house.wait(MINUTE);
  await house.uc.work.due();
  await house.work(auto, cutover({ ...house.deps, messages: { ...messages, move: offMeanwhile } }));
  auto = await house.turnsOn();
  await house.goesOn(auto, 10 * MINUTE);
  expect(times(id)).toEqual([0]);
});

test("mail that is held in the quarantine is not touched, and neither is what somebody released", async () => {
  const held = arrives({ isQuarantined: true, deliveryStatus: ["quarantined"] });
  await house.goesOn(auto, 2 * MINUTE);
  await house.agreed([held], null).then((id) => house.goesOn(id, MINUTE));
  await house.goesOn(auto, 2 * HOUR, 10 * MINUTE);
  expect(house.vendor.moved.filter(({ id }) => id === held).map(({ to }) => to)).toEqual(["released"]);
});

test("what a person puts back stays where they put it", async () => {
  const id = arrives();
  await house.goesOn(auto, 2 * MINUTE);
  const drafted = await house.uc.orders.putBack(house.scope, house.visitor, auto, [id]);
  const back = drafted.ok ? (/orders\/([0-9a-f-]+)/.exec(drafted.href ?? "")?.[1] ?? "") : "";
  await house.uc.orders.agree(house.scope, house.visitor, back, { reason: "", isSure: false });
  await house.goesOn(back, MINUTE);
  await house.goesOn(auto, 3 * HOUR, 10 * MINUTE);
  expect(house.vendor.moved.filter((move) => move.id === id).map(({ to }) => to)).toEqual(["JunkEmail", "Inbox"]);
});

test("what was settled is forgotten after 60 days and never taken up again by it", async () => {
  const id = arrives();
  await house.goesOn(auto, 2 * MINUTE);
  for (let day = 0; day < 62; day += 2) {
    house.wait(2 * 24 * HOUR);
    await house.goesOn(auto, MINUTE);
  }
  expect((await house.items(auto)).map(({ message }) => message)).not.toContain(id);
  expect(times(id)).toEqual([1]);
});
