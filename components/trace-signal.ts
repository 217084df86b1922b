/** What the live page of a report on message trace is told: how far it is, and when that means something new. */
import type { TraceView } from "@/lib/usecases/views/trace";
import type { Signal } from "./live-words";

type Report = NonNullable<TraceView["report"]>;

/** Said at every tenth at the most: a page every second is no news to somebody who listens. */
const tenth = (share: number): number => Math.floor(share * 10) * 10;

function sentence({ state, share, problem }: Report): string {
  switch (state) {
    case "done":
      return "The report is finished.";
    case "cancelled":
      return "The report was cancelled.";
    case "stopped":
      return `The report stopped. ${problem?.say ?? ""}`.trim();
    case "waiting":
      return "The report waits and goes on by itself.";
    default:
      return `${tenth(share)} percent read.`;
  }
}

export function signalOfTrace({ report, reviewed }: Pick<TraceView, "report" | "reviewed">): Signal {
  if (!report) return { key: "none", say: [], isSettled: true };
  const { id, state, pages, retryAt } = report;
  const isSettled = state === "done" || state === "cancelled" || state === "stopped";
  return { key: JSON.stringify([id, state, pages, retryAt, reviewed?.at ?? null]), say: [sentence(report)], isSettled };
}
