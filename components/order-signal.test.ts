import { expect, it } from "vitest";
import { NO_ITEMS } from "@/lib/model/mail-order";
import { signalOfAuto, signalOfOrder } from "./order-signal";

const order = { kind: "retract", state: "running", destination: "JunkEmail", counts: NO_ITEMS, retryAt: null, problem: null } as const;
const far = (done: number, waiting: number) => ({ ...order, counts: { ...NO_ITEMS, done, waiting } });

it("every message draws anew, and only every tenth is said", () => {
  expect(signalOfOrder(far(51, 49)).key).not.toBe(signalOfOrder(far(52, 48)).key);
  expect(signalOfOrder(far(51, 49)).say).toEqual(signalOfOrder(far(59, 41)).say);
  expect(signalOfOrder(far(60, 40)).say).toEqual(["60 percent done."]);
});

it("an order that waits goes on being listened to; a draft and what is over do not", () => {
  expect(signalOfOrder({ ...order, state: "waiting", retryAt: 9 }).isSettled).toBe(false);
  for (const state of ["draft", "done", "cancelled", "stopped"] as const) expect(signalOfOrder({ ...order, state }).isSettled).toBe(true);
});

it("what failed and is tried again is said with its number; a limit with its reason", () => {
  const waiting = { ...order, state: "waiting", counts: { ...NO_ITEMS, done: 2, failed: 1 } } as const;
  expect(signalOfOrder(waiting).say).toEqual(["2 messages done, 1 failed. What failed is tried again by itself."]);
  expect(signalOfOrder({ ...waiting, problem: { code: "throttled", say: "Slow down." } }).say).toEqual([
    "It waits and goes on by itself. Slow down.",
  ]);
});

it("the end is said with its number", () => {
  expect(signalOfOrder({ ...far(3, 0), state: "done" }).say).toEqual(["3 messages were moved to Junk Email."]);
});

it("auto-retract is listened to while it is on, and a look that found nothing is not said again", () => {
  const auto = { state: "on", lookedAt: 1, counts: NO_ITEMS, problem: null, isTableOld: false } as const;
  expect(signalOfAuto(auto).isSettled).toBe(false);
  expect(signalOfAuto({ ...auto, lookedAt: 2 }).say).toEqual(signalOfAuto(auto).say);
  expect(signalOfAuto({ ...auto, state: "stopped" }).isSettled).toBe(true);
});
