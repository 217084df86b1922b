/** Work to be done later: a job commits with the rows it is about, or not at all. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { systemReach } from "./reach";

export type Job = {
  readonly task: string;
  /** `tenant` must be the tenant in scope; the database refuses anything else. */
  readonly payload: { readonly tenant: string } & Readonly<Record<string, unknown>>;
  /** Of two waiting jobs with one key, the newer takes the place of the older. */
  readonly jobKey?: string;
  readonly maxAttempts?: number;
};

export async function enqueueIn(tx: Tx, { task, payload, jobKey, maxAttempts }: Job): Promise<void> {
  await tx.$executeRaw`SELECT cutover_enqueue(${task}, ${JSON.stringify(payload)}::json, ${jobKey ?? null}, ${maxAttempts ?? null}::int)`;
}

export type QueueState = {
  readonly workers: number;
  readonly waiting: number /** How long the oldest job that could run has waited. */;
  readonly oldestMs: number;
};

async function state(tx: Tx): Promise<QueueState> {
  const [row] = await tx.$queryRaw<{ workers: number; waiting: number; oldest_seconds: number }[]>`SELECT * FROM cutover_queue()`;
  if (!row) throw new Error("cutover_queue() gave no row.");
  return { workers: row.workers, waiting: row.waiting, oldestMs: Math.round(row.oldest_seconds * 1000) };
}

export const jobs = (db: Db) => ({
  enqueue: (scope: TenantScope, job: Job): Promise<void> => db.within(scope, (tx) => enqueueIn(tx, job)),
  /** For the health page. */
  state: (by: Actor): Promise<QueueState> => db.within(systemReach(by), state),
  /** A job that hands work on to tenants. */
  enqueueAs: (by: Actor, job: Job): Promise<void> => db.within(systemReach(by), (tx) => enqueueIn(tx, job)),
});
