/** Reports on message trace: begun with their job, moved on a page at a time, found again after a wait or a crash. */
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Position } from "@/lib/model/trace";
import { addCounts, type Counts, type Group, noCounts } from "@/lib/model/trace-groups";
import type { Premises } from "@/lib/model/trace-premises";
import type { Db, Tx } from "./client";
import { addEvent, type NewEvent } from "./events";
import { Prisma, type TraceReport } from "./generated/client";
import { enqueueIn, type Job } from "./jobs";
import { column, dateOf, isUuid, msOf } from "./json";
import { systemReach } from "./reach";
import { addGroups } from "./trace-groups";

const openStates = ["queued", "running", "waiting"] as const;
const endStates = ["stopped", "done", "cancelled"] as const;
export type TraceState = (typeof openStates)[number] | (typeof endStates)[number];

type Kept = { readonly counts: Counts; readonly sizes: Readonly<Record<string, number>> };
/** Times in ms since 1970. */
export type TraceReportRow = {
  readonly id: string;
  readonly state: TraceState;
  readonly by: Actor;
  readonly days: number;
  readonly madeAt: number;
  readonly updatedAt: number;
  readonly finishedAt: number | null;
  readonly premises: Premises | null;
  readonly position: Position | null;
  readonly counts: Counts;
  readonly version: number;
  readonly pages: number;
  readonly rows: number;
  readonly reachedAt: number | null;
  readonly retryAt: number | null;
  readonly tries: number;
  readonly problem: Problem | null;
};
export type DueTrace = Pick<TraceReportRow, "id" | "state" | "updatedAt" | "retryAt"> & { readonly tenant: string };
export type NewTrace = { readonly days: number; readonly at: number; readonly event: NewEvent; readonly job: (id: string) => Job };
/** What one page came to. */
export type TracePart = {
  readonly at: number;
  readonly rows: number;
  readonly counts: Counts;
  readonly groups: ReadonlyMap<string, Group>;
  readonly reachedAt: number | null;
  /** null: nothing is left. */
  readonly position: Position | null;
};
export type TraceMove = {
  readonly state: TraceState;
  readonly at: number;
  readonly problem?: Problem | null;
  readonly retryAt?: number | null;
  readonly tries?: number;
};

const by = column<Actor>();
const premises = column<Premises>();
const position = column<Position>();
const kept = column<Kept>();
const problem = column<Problem>();

const stateOf = (text: string): TraceState => {
  const state = [...openStates, ...endStates].find((known) => known === text);
  if (!state) throw new Error(`A report has the unknown state ${text}.`);
  return state;
};

const rowOf = (row: TraceReport): TraceReportRow => ({
  id: row.id,
  state: stateOf(row.state),
  by: by.read(row.by),
  days: row.days,
  madeAt: msOf(row.madeAt),
  updatedAt: msOf(row.updatedAt),
  finishedAt: row.finishedAt && msOf(row.finishedAt),
  premises: row.premises === null ? null : premises.read(row.premises),
  position: row.position === null ? null : position.read(row.position),
  counts: kept.read(row.counts).counts,
  version: row.version,
  pages: row.pages,
  rows: row.rows,
  reachedAt: row.reachedAt && msOf(row.reachedAt),
  retryAt: row.retryAt && msOf(row.retryAt),
  tries: row.tries,
  problem: row.problem === null ? null : problem.read(row.problem),
});

async function begin(tx: Tx, scope: TenantScope, { days, at, event, job }: NewTrace): Promise<Result<string>> {
  const when = { madeAt: dateOf(at), updatedAt: dateOf(at) };
  const counts = kept.write({ counts: noCounts, sizes: {} });
  // Skips where one is open already, by an index: two who press at once begin one.
  const [made] = await tx.traceReport.createManyAndReturn({
    data: [{ tenantId: scope.tenant, state: "queued", by: by.write(scope.actor), days, counts, ...when }],
    skipDuplicates: true,
  });
  if (!made) return no("busy", "Cutover is looking already.", { fix: "Wait until it is done, or cancel it and look anew." });
  // They hold names and addresses of people who wrote: no more of them than somebody looks at.
  await tx.traceReport.deleteMany({ where: { tenantId: scope.tenant, id: { not: made.id }, state: { in: [...endStates] } } });
  await addEvent(tx, scope, event);
  await enqueueIn(tx, job(made.id));
  return ok(made.id);
}

async function move(tx: Tx, scope: TenantScope, id: string, from: readonly TraceState[], to: TraceMove): Promise<boolean> {
  const { state, at, problem: why = null, retryAt = null, tries } = to;
  const isEnd = endStates.some((end) => end === state && end !== "stopped");
  const done = await tx.traceReport.updateMany({
    where: { id, tenantId: scope.tenant, state: { in: [...from] } },
    data: {
      state,
      updatedAt: dateOf(at),
      finishedAt: isEnd ? dateOf(at) : null,
      retryAt: retryAt === null ? null : dateOf(retryAt),
      problem: why === null ? Prisma.DbNull : problem.write(why),
      ...(tries === undefined ? {} : { tries }),
    },
  });
  return done.count > 0;
}

/** The page counts only for whoever read it from where the report stands: all of it, or nothing. */
async function take(tx: Tx, scope: TenantScope, row: TraceReportRow, part: TracePart): Promise<boolean> {
  const where = { id: row.id, tenantId: scope.tenant, version: row.version, state: "running" };
  const [held] = await tx.traceReport.updateManyAndReturn({
    where,
    data: {
      version: row.version + 1,
      pages: row.pages + 1,
      rows: row.rows + part.rows,
      tries: 0,
      problem: Prisma.DbNull,
      retryAt: null,
      updatedAt: dateOf(part.at),
      position: part.position === null ? Prisma.DbNull : position.write(part.position),
      ...(part.reachedAt === null ? {} : { reachedAt: dateOf(part.reachedAt) }),
      ...(part.position === null ? { state: "done", finishedAt: dateOf(part.at) } : {}),
    },
  });
  if (!held) return false;
  const before = kept.read(held.counts);
  const sizes = await addGroups(tx, { scope, report: row.id }, part.groups, before.sizes);
  const counts = kept.write({ counts: addCounts(before.counts, part.counts), sizes });
  await tx.traceReport.updateMany({ where: { id: row.id, tenantId: scope.tenant }, data: { counts } });
  return true;
}

export const traceReports = (db: Db) => ({
  /** Begins with its job and its event, and removes older ones; `busy` while one of the tenant is open. @returns its id. */
  begin: (scope: TenantScope, report: NewTrace): Promise<Result<string>> => db.within(scope, (tx) => begin(tx, scope, report)),

  latest: (scope: TenantScope): Promise<TraceReportRow | null> =>
    db.within(scope, async (tx) => {
      const row = await tx.traceReport.findFirst({ where: { tenantId: scope.tenant }, orderBy: [{ madeAt: "desc" }, { id: "desc" }] });
      return row && rowOf(row);
    }),

  find: (scope: TenantScope, id: string): Promise<TraceReportRow | null> =>
    db.within(scope, async (tx) => {
      if (!isUuid(id)) return null;
      const row = await tx.traceReport.findFirst({ where: { id, tenantId: scope.tenant } });
      return row && rowOf(row);
    }),

  /** By what it judges, and where it begins: said once, before the first page. @returns false when it has been called off. */
  prepare: (scope: TenantScope, id: string, facts: { readonly premises: Premises; readonly position: Position; readonly at: number }) =>
    db.within(scope, async (tx) => {
      const data = {
        state: "running",
        premises: premises.write(facts.premises),
        position: position.write(facts.position),
        updatedAt: dateOf(facts.at),
      };
      const where = { id, tenantId: scope.tenant, state: { in: ["queued", "running"] }, pages: 0 };
      return (await tx.traceReport.updateMany({ where, data })).count > 0;
    }),

  /** One page, with its groups. @returns false, with nothing written, when somebody else was there first or it was called off. */
  take: (scope: TenantScope, row: TraceReportRow, part: TracePart): Promise<boolean> =>
    db.within(scope, (tx) => take(tx, scope, row, part)),

  /** @returns false when it is in none of the states it may be moved from. */
  move: (scope: TenantScope, id: string, from: readonly TraceState[], to: TraceMove, job?: Job): Promise<boolean> =>
    db.within(scope, async (tx) => {
      if (!isUuid(id)) return false;
      const isMoved = await move(tx, scope, id, from, to);
      if (isMoved && job) await enqueueIn(tx, job);
      return isMoved;
    }),

  /** For jobs, across tenants: waiting ones whose time has come by our clock, and those that a crash may have left. */
  due: (job: Actor, now: number): Promise<readonly DueTrace[]> =>
    db.within(systemReach(job), async (tx) => {
      const late = { OR: [{ state: { in: ["queued", "running"] } }, { state: "waiting", retryAt: { lte: dateOf(now) } }] };
      const select = { id: true, tenantId: true, state: true, updatedAt: true, retryAt: true };
      const rows = await tx.traceReport.findMany({ where: late, orderBy: { updatedAt: "asc" }, take: 200, select });
      return rows.map(({ id, tenantId, state, updatedAt, retryAt }) => ({
        ...{ id, tenant: tenantId, state: stateOf(state), updatedAt: msOf(updatedAt), retryAt: retryAt && msOf(retryAt) },
      }));
    }),
});
