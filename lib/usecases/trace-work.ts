/** The work of a report on message trace: what it is judged by, then page after page, each kept before the next is asked for. */
import type { Problem } from "@/lib/base/result";
import { traceReportJob } from "@/lib/jobs/trace-report";
import type { TenantScope } from "@/lib/model/scope";
import { firstPosition, turn, type Window } from "@/lib/model/trace";
import { grouped } from "@/lib/model/trace-groups";
import { type Judge, judgeBy } from "@/lib/model/trace-reasons";
import type { TraceReportRow } from "@/lib/store/trace-reports";
import { scopeForJob } from "./access";
import type { Deps } from "./deps";
import { loadSetup } from "./setup";
import { mayRead, NO_ACCESS } from "./trace-access";
import { readPremises } from "./trace-premises";

const DAY_MS = 86_400_000;
export const windowOf = ({ madeAt, days }: Pick<TraceReportRow, "madeAt" | "days">): Window => ({
  from: madeAt - days * DAY_MS,
  until: madeAt,
});

/** A worker has other tenants as well: after so many pages the job goes to the end of the queue. */
const PAGES_A_JOB = 40;

const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 30 * 60_000;
/** What may pass by itself. The quota always does; it is no failure and is not counted. */
const PASSING: readonly Problem["code"][] = ["throttled", "unreachable", "busy", "unreadable"];

const STUCK: Problem = {
  code: "unreadable",
  say: "Exchange Online gave the same rows of message trace again and again, so we cannot read on.",
  fix: "Cancel this look and begin a new one. If it happens again, send this page to support.",
};

type Work = { readonly deps: Deps; readonly scope: TenantScope };

/** Waits, or gives up for now; where it stood stays either way. */
async function halt({ deps, scope }: Work, row: TraceReportRow, problem: Problem): Promise<void> {
  const at = deps.clock.now();
  const isQuota = problem.code === "throttled";
  const tries = isQuota ? row.tries : row.tries + 1;
  const from = ["queued", "running"] as const;
  if (!PASSING.includes(problem.code) || tries > MOST_TRIES) {
    await deps.store.traceReports.move(scope, row.id, from, { state: "stopped", at, problem, tries: 0 });
    return;
  }
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
  const retryAt = Math.max(at + 1_000, problem.retryAt ?? at + pauseMs);
  await deps.store.traceReports.move(scope, row.id, from, { state: "waiting", at, problem, retryAt, tries });
}

/** @returns the report as it stands, ready for its next page; null when there is nothing (more) to do. */
async function prepared(work: Work, row: TraceReportRow): Promise<TraceReportRow | null> {
  const { deps, scope } = work;
  if (row.premises) {
    const isOn = await deps.store.traceReports.move(scope, row.id, ["queued", "running"], { state: "running", at: deps.clock.now() });
    return isOn ? deps.store.traceReports.find(scope, row.id) : null;
  }
  const setup = await loadSetup(deps, scope);
  const premises = setup.ok ? await readPremises(setup.value, row.madeAt) : setup;
  if (!premises.ok) {
    await halt(work, row, premises.problem);
    return null;
  }
  const facts = { premises: premises.value, position: firstPosition(windowOf(row)), at: deps.clock.now() };
  const isOn = await deps.store.traceReports.prepare(scope, row.id, facts);
  return isOn ? deps.store.traceReports.find(scope, row.id) : null;
}

/** @returns whether to go on. */
async function onePage(work: Work, row: TraceReportRow, judge: Judge): Promise<boolean> {
  const { deps, scope } = work;
  if (row.position === null) return false;
  const page = await deps.traces.page(scope.tenant, row.position);
  if (!page.ok) {
    await halt(work, row, page.problem);
    return false;
  }
  const { fresh, next, isStuck } = turn(row.position, page.value, windowOf(row));
  if (isStuck) {
    await halt(work, { ...row, tries: MOST_TRIES }, STUCK);
    return false;
  }
  const reachedAt = fresh.reduce<number | null>((oldest, { at }) => (oldest === null || at < oldest ? at : oldest), row.reachedAt);
  const part = { at: deps.clock.now(), rows: fresh.length, ...grouped(fresh, judge), reachedAt, position: next };
  return (await deps.store.traceReports.take(scope, row, part)) && next !== null;
}

async function pages(work: Work, id: string): Promise<void> {
  const { deps, scope } = work;
  const found = await deps.store.traceReports.find(scope, id);
  if (!found || (found.state !== "queued" && found.state !== "running")) return;
  const isBarred = async (at: TraceReportRow): Promise<boolean> => {
    if (await mayRead(deps, scope)) return false;
    await halt(work, at, NO_ACCESS.problem);
    return true;
  };
  if (await isBarred(found)) return;
  let row = await prepared(work, found);
  if (!row?.premises) return;
  const judge = judgeBy(row.premises);
  for (let page = 0; page < PAGES_A_JOB; page++) {
    if (row?.state !== "running" || (await isBarred(row)) || !(await onePage(work, row, judge))) return;
    row = await deps.store.traceReports.find(scope, id);
  }
  await deps.store.jobs.enqueue(scope, traceReportJob(scope.tenant, id));
}

/** Does nothing when another worker is at this report. If that one dies, the sweep finds the report again. */
export const traceReport =
  (deps: Deps) =>
  async ({ tenant, report }: { readonly tenant: string; readonly report: string }): Promise<void> => {
    const scope = scopeForJob(tenant, "trace-report");
    await deps.clock.refresh();
    // A lock of its own, not the tenant's: changes may be made while a report is read.
    await deps.store.exclusively(`trace-report:${report}`, () => pages({ deps, scope }, report));
  };
