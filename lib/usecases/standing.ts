/** Where every step of a setup stands, from what is stored: nothing is asked. */
import { z } from "zod";
import { judge, type Seen } from "@/lib/engine/look";
import { mineOf } from "@/lib/model/plan";
import { asksOf, type Known, nameOf, type Query } from "@/lib/model/query";
import { isMet, type Standing, type Status, statusOf } from "@/lib/model/status";
import type { Step } from "@/lib/steps/shape";
import type { MomentRow } from "@/lib/store/moments";
import { type Setup, stepById } from "./setup";

/** The last reading of everything, as if it had just been read. */
export const rememberedOf = (setup: Setup): Known => ({
  raw: new Map([
    ...[...setup.stored.moments].flatMap(([name, rows]) => {
      const last = rows.at(-1);
      return last ? [[name, { ok: true as const, value: last.raw }] as const] : [];
    }),
    ...setup.given,
  ]),
  past: setup.stored.moments,
});

/** Names of the questions that the step rests on. */
const asksNow = (setup: Setup, step: Step, known: Known): readonly string[] =>
  Object.values(step.queries(setup.settings(step), setup.profile)).flatMap((q) => asksOf(q, known).map(nameOf));

/** Of these questions, those that an upload answered for us: its stretches, the oldest first. */
export const uploadsFor = (setup: Setup, step: Step, known: Known): readonly MomentRow[] =>
  [...new Set(asksNow(setup, step, known))]
    .filter((name) => setup.given.has(name))
    .flatMap((name) => setup.stored.moments.get(name)?.findLast((row) => row.source === "upload") ?? [])
    .sort((a, b) => a.last - b.last);

/** Without these nothing can be said at all. A keyed answer may lack a key: one dead server does not blind the rest. */
const isNeeded = (q: Query): boolean => q.form === "ask" || q.form === "past";

/** When the oldest answer that the step rests on was last confirmed; null when one that it needs, or all of them, were never had. */
function seenAt(setup: Setup, step: Step, known: Known): number | null {
  const lastOf = (name: string) => setup.stored.moments.get(name)?.at(-1)?.last ?? null;
  const queries = Object.values(step.queries(setup.settings(step), setup.profile));
  const needed = queries.filter(isNeeded).flatMap((q) => asksOf(q, known).map((ask) => lastOf(nameOf(ask))));
  const times = asksNow(setup, step, known).map(lastOf);
  const had = times.filter((at) => at !== null);
  if (times.length === 0) return setup.tenant.world.now();
  return had.length === 0 || needed.includes(null) ? null : Math.min(...had);
}

export type Remembered = { readonly seen: Seen; readonly at: number };
/** What the last look came to, judged anew with today's clock and settings; null when nobody has looked. */
export function remembered(setup: Setup, step: Step): Remembered | null {
  const known = rememberedOf(setup);
  const at = seenAt(setup, step, known);
  return at === null ? null : { seen: judge(step, setup.settings(step), setup.tenant, known), at };
}

/** Something could never be read, and what could is wrong: that is worth saying before the rest is known. */
function wrongSoFar(setup: Setup, step: Step): Seen | null {
  const seen = judge(step, setup.settings(step), setup.tenant, rememberedOf(setup));
  return seen.checks.some((c) => c.verdict === "fail") ? seen : null;
}

const reasonOf = z.object({ reason: z.string() }).catch({ reason: "" });

export function skipOf(setup: Setup, step: string): Standing["skipped"] {
  const last = setup.stored.skips.find((e) => e.step === step);
  return last?.kind === "skipped" ? { by: last.actor.name, reason: reasonOf.parse(last.detail).reason, at: last.at } : null;
}

export const isOurs = (setup: Setup, step: string): boolean => mineOf(setup.stored.entries, step).length > 0;

export function lastRunOf(setup: Setup, step: string): Standing["run"] {
  const run = setup.stored.lastRuns.find((r) => r.step === step);
  return run ? { state: run.state, at: run.updatedAt, ...(run.retryAt === null ? {} : { retryAt: run.retryAt }) } : null;
}

function standingOf(setup: Setup, step: Step, missing: readonly string[], fresh?: Seen): Standing {
  const now = setup.tenant.world.now();
  const stored = fresh ? { seen: fresh, at: now } : remembered(setup, step);
  const wrong = stored ? null : wrongSoFar(setup, step);
  const seen = stored ? { ...stored.seen, at: stored.at } : wrong && { ...wrong, at: now };
  const done = setup.stored.dones.find((e) => e.step === step.id);
  return {
    missing,
    skipped: skipOf(setup, step.id),
    run: lastRunOf(setup, step.id),
    seen,
    hasBegun:
      setup.hasSettings(step) ||
      setup.stored.entries.some((e) => e.step === step.id) ||
      setup.stored.lastRuns.some((r) => r.step === step.id),
    doneAt: done?.kind === "step-done" ? done.at : null,
  };
}

/** Statuses in the catalogue's order, so that a step's needs are known before it. */
export function statusesOf(setup: Setup, fresh: ReadonlyMap<string, Seen> = new Map()): ReadonlyMap<string, Status> {
  const statuses = new Map<string, Status>();
  for (const step of setup.steps) {
    const missing = missingOf(step, statuses).map((need) => need.texts(setup.profile).title);
    statuses.set(step.id, statusOf(standingOf(setup, step, missing, fresh.get(step.id))));
  }
  return statuses;
}

/** The needs of a step that are not met. */
export function missingOf(step: Step, statuses: ReadonlyMap<string, Status>): readonly Step[] {
  return step.needs.flatMap((id) => {
    const need = stepById(id);
    const status = statuses.get(id);
    return need && !(status && isMet(status, need.isSkippedEnough)) ? [need] : [];
  });
}

/** Counts as done in "6 of 11 done". */
export const isMetCode = (code: Status["code"]): boolean => ["done", "done-on-word", "not-needed", "skipped"].includes(code);
