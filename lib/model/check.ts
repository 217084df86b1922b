/** A finding: what we saw, whether it is right, what to do, and when to look again. */
import type { Problem } from "@/lib/base/result";
import type { Change } from "./change";

export type Verdict = "pass" | "warn" | "wait" | "fail" | "unknown";
export type Check = {
  readonly id: string;
  readonly verdict: Verdict;
  /** What the check is about, as a short heading: "MX of contoso.com". */
  readonly about?: string;
  /** What we saw, in words. */
  readonly saw: string;
  /** What to do now, a verb first. Every `fail`, `warn` and `unknown` has one. */
  readonly fix?: string;
  /** When to look again, in ms since 1970. Every `wait` has one. */
  readonly again?: number;
  /** The step to open for the fix. */
  readonly step?: string;
  /** Nobody can read it: a person said so. Always `unknown`, never `pass`. */
  readonly onWord?: true;
};

type More = Pick<Check, "about" | "step">;
export const pass = (id: string, saw: string, more: More = {}): Check => ({ id, verdict: "pass", saw, ...more });
export const warn = (id: string, saw: string, fix: string, more: More = {}): Check => ({ id, verdict: "warn", saw, fix, ...more });
export const fail = (id: string, saw: string, fix: string, more: More = {}): Check => ({ id, verdict: "fail", saw, fix, ...more });
export const wait = (id: string, saw: string, again: number, more: More & Pick<Check, "fix"> = {}): Check => ({
  id,
  verdict: "wait",
  saw,
  again,
  ...more,
});
export const unknown = (id: string, problem: Problem, more: More = {}): Check => ({
  id,
  verdict: "unknown",
  saw: problem.say,
  fix: problem.fix ?? "Look again. If it stays, open the details and send them to support.",
  ...(problem.retryAt === undefined ? {} : { again: problem.retryAt }),
  ...(problem.step === undefined ? {} : { step: problem.step }),
  ...more,
});

/** What a person said they did, where nothing can be read: remembered, never taken for seen. */
export const onWord = (id: string, saw: string, fix: string, more: More = {}): Check => ({
  id,
  verdict: "unknown",
  saw,
  fix,
  onWord: true,
  ...more,
});

export const SETTLED = "settled";
/** "It is as it should be" is not a second opinion: it is "there is nothing to change". */
export const settled = (changes: readonly Change[]): Check =>
  changes.length > 0
    ? fail(
        SETTLED,
        changes.length === 1 ? "One setting is not as it should be." : `${changes.length} settings are not as they should be.`,
        "Look at the plan and agree to it, or make the change by hand.",
      )
    : pass(SETTLED, "Everything is as it should be.");
