/** Runs: begun with their job and their event in one transaction, moved from state to state, found again after a crash. */
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { addEvent, type NewEvent } from "./events";
import { Prisma, type Run } from "./generated/client";
import { enqueueIn, type Job } from "./jobs";
import { column, dateOf, isUuid, msOf } from "./json";
import { systemReach } from "./reach";

const openStates = ["queued", "running", "needs-you", "waiting"] as const;
/** Those that are at work or about to be: at most one a tenant, by an index. */
const busyStates = ["queued", "running"] as const;
const endStates = ["stopped", "done", "cancelled"] as const;
export type RunState = (typeof openStates)[number] | (typeof endStates)[number];

export type RunRow = {
  /** The id of its plan: a plan is carried out once. */
  readonly id: string;
  readonly step: string;
  readonly state: RunState;
  readonly by: Actor;
  /** Keys of the changes that were left ticked; null for all. */
  readonly chosen: readonly string[] | null;
  readonly problem: Problem | null;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly finishedAt: number | null;
  readonly retryAt: number | null;
};
export type OpenRun = {
  readonly tenant: string;
  readonly id: string;
  readonly step: string;
  readonly state: RunState;
  readonly by: Actor;
  readonly updatedAt: number;
  readonly retryAt: number | null;
};
export type NewRun = {
  readonly plan: string;
  readonly step: string;
  readonly chosen: readonly string[] | null;
  readonly at: number;
  readonly job: Job;
  readonly event: NewEvent;
};
export type Move = {
  readonly state: RunState;
  /** The step at which it stands, where that moved on. */
  readonly step?: string;
  readonly at: number;
  readonly problem?: Problem | null;
  readonly retryAt?: number | null;
};

const by = column<Actor>();
const chosen = column<readonly string[] | null>();
const problem = column<Problem>();

const stateOf = (text: string): RunState => {
  const state = [...openStates, ...endStates].find((known) => known === text);
  if (!state) throw new Error(`A run has the unknown state ${text}.`);
  return state;
};
const isOpen = (state: RunState): boolean => openStates.some((open) => open === state);

export const runOf = (row: Run): RunRow => ({
  id: row.id,
  step: row.step,
  state: stateOf(row.state),
  by: by.read(row.by),
  chosen: chosen.read(row.chosen),
  problem: row.problem === null ? null : problem.read(row.problem),
  startedAt: msOf(row.startedAt),
  updatedAt: msOf(row.updatedAt),
  finishedAt: row.finishedAt && msOf(row.finishedAt),
  retryAt: row.retryAt && msOf(row.retryAt),
});

export async function readOpenRun(tx: Tx, scope: TenantScope): Promise<RunRow | null> {
  const row = await tx.run.findFirst({ where: { tenantId: scope.tenant, state: { in: [...busyStates] } } });
  return row && runOf(row);
}

/** The newest run of every step. */
export async function readLastRuns(tx: Tx, scope: TenantScope): Promise<readonly RunRow[]> {
  const rows = await tx.run.findMany({ where: { tenantId: scope.tenant }, distinct: ["step"], orderBy: { startedAt: "desc" } });
  return rows.map(runOf);
}

/** Whoever makes a run busy looks first whether another is; two at once would both see none, and the index would end one's transaction. */
const inTurn = (tx: Tx, scope: TenantScope) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${scope.tenant}, 3))`;

async function begin(tx: Tx, scope: TenantScope, run: NewRun): Promise<Result<RunRow>> {
  await inTurn(tx, scope);
  const at = dateOf(run.at);
  const row = { id: run.plan, tenantId: scope.tenant, step: run.step, state: "queued", startedAt: at, updatedAt: at };
  // Skips on either rule, "one run a plan" and "one busy run a tenant"; an exception would end the transaction for whoever shares it.
  const [made] = await tx.run.createManyAndReturn({
    data: [{ ...row, by: by.write(scope.actor), chosen: chosen.write(run.chosen) }],
    skipDuplicates: true,
  });
  if (made) {
    await addEvent(tx, scope, run.event);
    await enqueueIn(tx, run.job);
    return ok(runOf(made));
  }
  const before = await tx.run.findUnique({ where: { id: run.plan } });
  if (before) return ok(runOf(before)); // agreed twice, by a double click: one run
  return no("busy", "Another change is being made in this tenant.", { fix: "Wait until it is done, or cancel it." });
}

async function move(
  tx: Tx,
  scope: TenantScope,
  id: string,
  { state, step, at, problem: why = null, retryAt = null }: Move,
): Promise<RunRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.run.updateManyAndReturn({
    where: { id, tenantId: scope.tenant, state: { in: [...openStates] } },
    data: {
      state,
      ...(step === undefined ? {} : { step }),
      updatedAt: dateOf(at),
      problem: why === null ? Prisma.DbNull : problem.write(why),
      retryAt: retryAt === null ? null : dateOf(retryAt),
      finishedAt: isOpen(state) ? null : dateOf(at),
    },
  });
  return row ? runOf(row) : null;
}

export const runs = (db: Db) => ({
  /** @returns the run, the same one if this plan was begun before, or `busy` while another run of the tenant is at work. */
  begin: (scope: TenantScope, run: NewRun): Promise<Result<RunRow>> => db.within(scope, (tx) => begin(tx, scope, run)),

  /** @returns null when it has ended already: what has ended stays as it ended. */
  move: (scope: TenantScope, id: string, to: Move): Promise<RunRow | null> => db.within(scope, (tx) => move(tx, scope, id, to)),

  /** Puts an open run back in the queue, with its job; null when it has ended, or while another run of the tenant is at work. */
  requeue: (scope: TenantScope, id: string, { at, job }: { readonly at: number; readonly job: Job }): Promise<RunRow | null> =>
    db.within(scope, async (tx) => {
      await inTurn(tx, scope);
      const busy = await readOpenRun(tx, scope);
      if (busy && busy.id !== id) return null;
      const run = await move(tx, scope, id, { state: "queued", at });
      if (run) await enqueueIn(tx, job);
      return run;
    }),

  find: (scope: TenantScope, id: string): Promise<RunRow | null> =>
    db.within(scope, async (tx) => {
      if (!isUuid(id)) return null;
      const row = await tx.run.findUnique({ where: { id } });
      return row && runOf(row);
    }),

  open: (scope: TenantScope): Promise<RunRow | null> => db.within(scope, (tx) => readOpenRun(tx, scope)),

  lastOfEachStep: (scope: TenantScope): Promise<readonly RunRow[]> => db.within(scope, (tx) => readLastRuns(tx, scope)),

  list: (scope: TenantScope, limit = 50): Promise<readonly RunRow[]> =>
    db.within(scope, async (tx) =>
      (await tx.run.findMany({ where: { tenantId: scope.tenant }, orderBy: { startedAt: "desc" }, take: limit })).map(runOf),
    ),

  /** For jobs, across tenants: runs that a crash may have left, and waiting ones whose time has come by our clock. */
  due: (job: Actor, now: number): Promise<readonly OpenRun[]> =>
    db.within(systemReach(job), async (tx) => {
      const late = { OR: [{ state: { in: ["queued", "running"] } }, { state: "waiting", retryAt: { lte: dateOf(now) } }] };
      const rows = await tx.run.findMany({ where: late, orderBy: { updatedAt: "asc" }, take: 500 });
      return rows.map((row) => ({ ...runOf(row), tenant: row.tenantId }));
    }),
});
