/** Why an order cannot go on at the moment, and what that means: a pause, or a stop that only a person ends. */
import type { Problem } from "@/lib/base/result";
import { type MailOrder, RETRY_MS } from "@/lib/model/mail-order";

/** What may pass by itself. The rest is for a person: a token that is refused, a request that is not accepted. */
const PASSING: readonly Problem["code"][] = ["throttled", "unreachable", "busy", "unreadable", "not-ready", "unsure"];
/** Nothing was carried out, for certain: what was claimed waits again. Of everything else only the record tells. */
const NOT_DONE: readonly Problem["code"][] = [
  ...(["throttled", "unreachable", "busy", "not-ready"] as const),
  ...(["denied", "consent-missing", "rejected", "not-asked", "gone"] as const),
];
const FIRST_PAUSE_MS = 15_000;
/** A day of pauses; nobody waits longer for what a person agreed to. */
const MOST_PAUSES = 288;

export const isPassing = ({ code }: Problem): boolean => PASSING.includes(code);
export const isNotDone = ({ code }: Problem): boolean => NOT_DONE.includes(code);

export type Halt = { readonly isStop: boolean; readonly retryAt: number; readonly tries: number };

/** A limit of the vendor always passes: it is no failure and is not counted. */
export function haltOf({ kind, tries: before }: Pick<MailOrder, "kind" | "tries">, problem: Problem, at: number): Halt {
  const tries = problem.code === "throttled" ? before : before + 1;
  const pauseMs = Math.min(RETRY_MS, FIRST_PAUSE_MS * 2 ** before);
  const isTooOften = kind !== "auto" && tries > MOST_PAUSES;
  return { isStop: !isPassing(problem) || isTooOften, retryAt: Math.max(at + 1_000, problem.retryAt ?? at + pauseMs), tries };
}
