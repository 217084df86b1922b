/** Where a step stands, as a function of its ledger and its last findings: never a stored column. */

import type { Change } from "./change";
import type { Check } from "./check";

export type StatusCode =
  | "cannot-start"
  | "not-started"
  | "needs-you"
  | "in-progress"
  | "waiting"
  | "done"
  | "done-on-word"
  | "changed"
  | "problem"
  | "skipped"
  | "not-needed";

export type Status = {
  readonly code: StatusCode;
  /** In words, for the task list: "Waiting, next look 12:40" without the time. */
  readonly say: string;
  /** A moment that belongs to it: next look, since when, in ms since 1970. */
  readonly at?: number;
};

export type RunState = "queued" | "running" | "needs-you" | "waiting" | "stopped" | "done" | "cancelled";

/** What a step's status is folded from. Times in ms since 1970. */
export type Standing = {
  /** Titles of the needs that are not met. */
  readonly missing: readonly string[];
  readonly skipped: { readonly by: string; readonly reason: string; readonly at: number } | null;
  /** The newest run of this step. */
  readonly run: { readonly state: RunState; readonly at: number; readonly retryAt?: number } | null;
  /** The newest reading; null when nobody has looked yet. */
  readonly seen: {
    readonly checks: readonly Check[];
    readonly changes: readonly Change[];
    readonly settling: readonly Change[];
    readonly at: number;
  } | null;
  /** Somebody chose settings, agreed to a plan or looked on purpose. */
  readonly hasBegun: boolean;
  /** When the step was first seen done, by the ledger. */
  readonly doneAt: number | null;
};

const DAY = (at: number) => new Date(at).toISOString().slice(0, 10);

function ofRun(run: Standing["run"]): Status | null {
  switch (run?.state) {
    case "queued":
    case "running":
      return { code: "in-progress", say: "In progress" };
    case "needs-you":
      return { code: "needs-you", say: "Needs you" };
    case "waiting":
      return { code: "waiting", say: "Waiting", ...(run.retryAt === undefined ? {} : { at: run.retryAt }) };
    case "stopped":
      return { code: "problem", say: "There is a problem" };
    default:
      return null;
  }
}

function ofChecks({ seen, doneAt, hasBegun }: Standing): Status {
  if (!seen) return hasBegun ? { code: "in-progress", say: "In progress" } : { code: "not-started", say: "Not started" };
  const verdicts = new Set(seen.checks.map((c) => c.verdict));
  if (verdicts.has("fail") && doneAt !== null) return { code: "changed", say: `Changed since ${DAY(doneAt)}`, at: doneAt };
  if (verdicts.has("fail")) return hasBegun ? { code: "needs-you", say: "Needs you" } : { code: "not-started", say: "Not started" };
  if (verdicts.has("wait")) {
    const again = Math.min(...seen.checks.flatMap((c) => (c.verdict === "wait" && c.again !== undefined ? [c.again] : [])));
    return { code: "waiting", say: "Waiting", ...(Number.isFinite(again) ? { at: again } : {}) };
  }
  if (seen.checks.some((c) => c.verdict === "unknown" && c.onWord) && seen.checks.every((c) => c.verdict !== "unknown" || c.onWord))
    return { code: "done-on-word", say: "Done, on your word" };
  if (verdicts.has("unknown"))
    return hasBegun ? { code: "problem", say: "There is a problem" } : { code: "not-started", say: "Not started" };
  return { code: "done", say: "Done" };
}

export function statusOf(standing: Standing): Status {
  if (standing.skipped) return { code: "skipped", say: `Skipped by ${standing.skipped.by}`, at: standing.skipped.at };
  const running = ofRun(standing.run);
  if (running && running.code !== "problem") return running;
  const found = ofChecks(standing);
  if (found.code === "done" || found.code === "waiting") return found; // done by hand meanwhile: an old failed run is history
  if (running) return running;
  return standing.missing.length > 0 && found.code !== "changed"
    ? { code: "cannot-start", say: `Cannot start yet: needs “${standing.missing.join("”, “")}”` }
    : found;
}

/** Whether a need is met by a step of this status. */
export const isMet = (status: Status, isSkippedEnough: boolean): boolean =>
  status.code === "done" ||
  status.code === "done-on-word" ||
  status.code === "not-needed" ||
  (status.code === "skipped" && isSkippedEnough);
