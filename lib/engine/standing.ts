/** Where a run stands when it looks: what is over, what cannot be told, and why it must not go on. */
import type { Problem } from "@/lib/base/result";
import { type Change, digest, keyOf } from "@/lib/model/change";
import { type Check, SETTLED } from "@/lib/model/check";
import { objectKey } from "@/lib/model/object-key";
import type { Outcome, Part } from "@/lib/model/plan";
import { type Ask, asksOf, nameOf } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import type { Step } from "@/lib/steps/shape";
import type { Seen } from "./look";
import { isShown } from "./settling";

type Blindness = { readonly ask: Ask; readonly problem: Problem };
export type Standing = {
  readonly seen: Seen;
  /** The guard that bars the step; null when it may go on. */
  readonly barred: Check | null;
  /** Questions of this step that were not answered. */
  readonly blind: readonly Blindness[];
  /** Keys of the changes that are still to be made. */
  readonly left: ReadonlySet<string>;
  /** Whether the step could be judged at all. */
  readonly isJudged: boolean;
};

export function standingOf(step: Step, settings: unknown, profile: Profile, seen: Seen): Standing {
  const asks = Object.values(step.queries(settings, profile)).flatMap((q) => asksOf(q, seen.known));
  const blind = asks.flatMap((ask) => {
    const raw = seen.known.raw.get(nameOf(ask));
    return raw && !raw.ok ? [{ ask, problem: raw.problem }] : [];
  });
  const barred = seen.checks.find((c) => step.guards.includes(c.id) && c.verdict !== "pass") ?? null;
  return {
    seen,
    barred,
    blind,
    left: new Set([...seen.changes, ...seen.settling].map(keyOf)),
    isJudged: barred !== null || seen.checks.some((c) => c.id === SETTLED),
  };
}

/** A cloud that nobody gave us access to was not asked at all: that says nothing about the objects of others. */
const isUnasked = ({ problem }: Blindness): boolean => problem.code === "not-asked";

/** Why nothing can be said of a change: its question, or one about everything, was not answered. */
export function blindTo({ blind, isJudged }: Standing, c: Change): Problem | null {
  const found = blind.find((b) => !isJudged || (isUnasked(b) ? b.ask.kind === c.kind : ["", objectKey(c), c.name].includes(b.ask.of)));
  return found?.problem ?? null;
}

/** Whether a change has happened, whoever made it. A guard that bars empties the plan: then only what is seen as wanted is over. */
export const isOver = (standing: Standing, c: Change): boolean =>
  standing.barred ? isShown(c, standing.seen.known) : !standing.left.has(keyOf(c)) && blindTo(standing, c) === null;

const RETRIED: readonly Problem["code"][] = ["throttled", "unreachable", "busy", "not-ready"];
const RETRY_MS = 60_000;

export const stopped = (problem: Problem, instead: readonly Change[]): Outcome => ({ state: "stopped", problem, instead });
export const waiting = (problem: Problem, now: number): Outcome => ({
  state: "waiting",
  problem: { ...problem, retryAt: problem.retryAt ?? now + RETRY_MS },
});

/** What passes by itself is waited for; everything else needs a person. */
export const held = (problem: Problem, { seen }: Standing, now: number): Outcome =>
  problem.retryAt !== undefined || RETRIED.includes(problem.code) ? waiting(problem, now) : stopped(problem, seen.changes);

function byGuard(guard: Check, standing: Standing, now: number): Outcome {
  const more = { ...(guard.fix ? { fix: guard.fix } : {}), ...(guard.step ? { step: guard.step } : {}) };
  if (guard.verdict === "wait" || guard.verdict === "unknown")
    return waiting({ code: "not-ready", say: guard.saw, ...more, ...(guard.again === undefined ? {} : { retryAt: guard.again }) }, now);
  return stopped({ code: "moved", say: guard.saw, ...more }, standing.seen.changes);
}

/** Why a run must not begin, or not go on; null when it may. */
export function whyNot(part: Part, standing: Standing, hasBegun: boolean, now: number): Outcome | null {
  const { seen, barred, blind, isJudged } = standing;
  const [first] = blind;
  if (!isJudged && first) return held(first.problem, standing, now);
  if (barred) return byGuard(barred, standing, now);
  const agreed = new Set(part.changes.map(keyOf));
  const isStrange = seen.changes.some((c) => !agreed.has(keyOf(c)));
  if (!isStrange && (hasBegun || digest(seen.changes) === digest(part.changes))) return null;
  // What is missing from the plan may be done by somebody else, or only out of our sight.
  const hidden = part.changes.filter((c) => !standing.left.has(keyOf(c))).flatMap((c) => blindTo(standing, c) ?? []);
  if (!isStrange && hidden[0]) return held(hidden[0], standing, now);
  return stopped(
    {
      code: "moved",
      say: "Something changed in your tenant since you looked at this plan. Nothing more was changed.",
      fix: "Look at the new plan below and agree to it, or keep things as they are.",
    },
    seen.changes,
  );
}
