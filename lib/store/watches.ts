/** Durable re-checks, one a tenant and step: due by our clock, claimed by one worker at a time. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { Prisma, type Watch } from "./generated/client";
import { column, dateOf, msOf } from "./json";
import { systemReach } from "./reach";

export type WatchState = "watching" | "done" | "expired";
export type WatchRow = {
  readonly step: string;
  readonly state: WatchState;
  readonly dueAt: number;
  readonly since: number;
  readonly tries: number;
  /** null: until it settles. */
  readonly deadline: number | null;
  readonly lastResult: unknown;
};
export type DueWatch = WatchRow & { readonly tenant: string };
export type NewWatch = { readonly step: string; readonly dueAt: number; readonly since: number; readonly deadline?: number | null };
export type WatchResult = { readonly state: WatchState; readonly dueAt: number; readonly tries: number; readonly lastResult: unknown };

const lastResult = column<unknown>();
const stateOf = (text: string): WatchState => (text === "done" || text === "expired" ? text : "watching");

export const watchOf = (row: Watch): WatchRow => ({
  step: row.step,
  state: stateOf(row.state),
  dueAt: msOf(row.dueAt),
  since: msOf(row.since),
  tries: row.tries,
  deadline: row.deadline && msOf(row.deadline),
  lastResult: row.lastResult === null ? null : lastResult.read(row.lastResult),
});

export async function readWatches(tx: Tx, scope: TenantScope, step?: string): Promise<readonly WatchRow[]> {
  const rows = await tx.watch.findMany({
    where: { tenantId: scope.tenant, ...(step === undefined ? {} : { step }) },
    orderBy: { step: "asc" },
  });
  return rows.map(watchOf);
}

async function begin(tx: Tx, scope: TenantScope, { step, dueAt, since, deadline = null }: NewWatch): Promise<void> {
  const until = deadline === null ? null : dateOf(deadline);
  const fresh = {
    state: "watching",
    dueAt: dateOf(dueAt),
    since: dateOf(since),
    tries: 0,
    deadline: until,
    lastResult: Prisma.DbNull,
    lockedUntil: null,
  };
  const where = { tenantId_step: { tenantId: scope.tenant, step } };
  await tx.watch.upsert({ where, create: { tenantId: scope.tenant, step, ...fresh }, update: fresh });
}

/** One statement, so that of two workers each due watch goes to one. A worker that died gives it back when the lock runs out. */
async function claimDue(tx: Tx, now: number, lockMs: number, limit: number): Promise<readonly DueWatch[]> {
  const rows = await tx.$queryRaw<Watch[]>`
    UPDATE watch SET locked_until = ${dateOf(now + lockMs)}
    WHERE (tenant_id, step) IN (
      SELECT tenant_id, step FROM watch
      WHERE state = 'watching' AND due_at <= ${dateOf(now)} AND (locked_until IS NULL OR locked_until <= ${dateOf(now)})
      ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING tenant_id AS "tenantId", step, state, due_at AS "dueAt", since, tries, deadline, last_result AS "lastResult", locked_until AS "lockedUntil"`;
  return rows.map((row) => ({ ...watchOf(row), tenant: row.tenantId }));
}

export const watches = (db: Db) => ({
  all: (scope: TenantScope, step?: string): Promise<readonly WatchRow[]> => db.within(scope, (tx) => readWatches(tx, scope, step)),

  /** Begins it, or begins it anew. */
  begin: (scope: TenantScope, watch: NewWatch): Promise<void> => db.within(scope, (tx) => begin(tx, scope, watch)),

  /** What the look came to, and gives the lock back. */
  note: (scope: TenantScope, step: string, { state, dueAt, tries, lastResult: seen }: WatchResult): Promise<void> =>
    db.within(scope, async (tx) => {
      const data = { state, dueAt: dateOf(dueAt), tries, lastResult: lastResult.write(seen), lockedUntil: null };
      await tx.watch.updateMany({ where: { tenantId: scope.tenant, step }, data });
    }),

  end: (scope: TenantScope, step: string): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.watch.deleteMany({ where: { tenantId: scope.tenant, step } });
    }),

  /** For jobs, across tenants: what is due by our clock, each handed to one worker for `lockMs`. */
  claimDue: (
    job: Actor,
    { now, lockMs, limit = 50 }: { readonly now: number; readonly lockMs: number; readonly limit?: number },
  ): Promise<readonly DueWatch[]> => db.within(systemReach(job), (tx) => claimDue(tx, now, lockMs, limit)),
});
