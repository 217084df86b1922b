/** What the live pages of orders and of auto-retract are told: what changed, and the sentence for who listens. */
import { figure } from "@/lib/model/figure";
import type { AutoView, OrderView } from "@/lib/usecases/views/mail-orders";
import type { Signal } from "./live-words";
import { didOf, meantOf, messages } from "./order-words";

type Order = Pick<OrderView, "kind" | "state" | "destination" | "counts" | "retryAt" | "problem">;

/** Said at every tenth at the most: a hundred messages more are no news to somebody who listens. */
function tenth(order: Order): number {
  const meant = meantOf(order);
  return meant === 0 ? 0 : Math.floor((order.counts.done / meant) * 10) * 10;
}

function sentence(order: Order): string {
  switch (order.state) {
    case "done":
      return `${didOf(order)}.`;
    case "cancelled":
      return `It was cancelled. ${didOf(order)}.`;
    case "stopped":
      return `It stopped. ${order.problem?.say ?? ""}`.trim();
    case "waiting":
      if (order.problem) return `It waits and goes on by itself. ${order.problem.say}`;
      return `${messages(order.counts.done)} done, ${figure(order.counts.failed)} failed. What failed is tried again by itself.`;
    default:
      return `${tenth(order)} percent done.`;
  }
}

export function signalOfOrder(order: Order): Signal {
  const { state, counts, retryAt, problem } = order;
  return {
    key: JSON.stringify([state, counts, retryAt, problem?.say ?? ""]),
    say: state === "draft" ? [] : [sentence(order)],
    isSettled: state === "draft" || state === "done" || state === "cancelled" || state === "stopped",
  };
}

type Auto = Pick<AutoView, "state" | "lookedAt" | "counts" | "problem" | "isTableOld">;

/** A look each minute that finds nothing is no news; what it found is said in round numbers. */
function autoSentence({ state, counts, problem }: Auto): string {
  if (state === "stopped") return `Auto-retract has stopped. ${problem?.say ?? ""}`.trim();
  if (state === "off") return "Auto-retract is off.";
  return `Auto-retract has moved ${figure(counts.done)}, ${figure(counts.failed)} failed.`;
}

export const signalOfAuto = (auto: Auto): Signal => ({
  key: JSON.stringify([auto.state, auto.lookedAt, auto.counts, auto.problem?.say ?? "", auto.isTableOld]),
  say: [autoSentence(auto)],
  isSettled: auto.state !== "on",
});
