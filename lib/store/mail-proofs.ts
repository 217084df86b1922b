/** End-to-end proofs: begun with their job and their event in one transaction, moved on line by line, found again after a wait or a crash. */
import { no, ok, type Result } from "@/lib/base/result";
import type { Circumstances, Legs, Proof } from "@/lib/model/mail-proof";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { addEvent, type NewEvent } from "./events";
import type { MailProof } from "./generated/client";
import { enqueueIn, type Job } from "./jobs";
import { column, dateOf, isUuid, msOf } from "./json";
import { systemReach } from "./reach";

type Body = { readonly from: string; readonly circumstances: Circumstances | null; readonly legs: Legs };
type Pasted = NonNullable<Proof["pasted"]>;
export type ProofRow = Proof & { readonly version: number; readonly updatedAt: number };
export type DueProof = { readonly id: string; readonly tenant: string; readonly dueAt: number };
export type NewProof = {
  readonly id: string;
  readonly at: number;
  readonly address: string;
  readonly from: string;
  readonly legs: Legs;
  readonly event: NewEvent;
  readonly job: Job;
};
export type ProofPart = {
  readonly at: number;
  readonly circumstances: Circumstances | null;
  readonly legs: Legs;
  /** null: nobody looks any more. */
  readonly dueAt: number | null;
  readonly tries: number;
  readonly events: readonly NewEvent[];
};

const by = column<Actor>();
const body = column<Body>();
const pasted = column<Pasted>();

const rowOf = (row: MailProof): ProofRow => ({
  id: row.id,
  isOpen: row.state === "open",
  by: by.read(row.by),
  madeAt: msOf(row.madeAt),
  updatedAt: msOf(row.updatedAt),
  address: row.address,
  ...body.read(row.body),
  pasted: row.pasted === null ? null : pasted.read(row.pasted),
  dueAt: row.dueAt && msOf(row.dueAt),
  tries: row.tries,
  version: row.version,
});

const latestIn = (tx: Tx, scope: TenantScope) =>
  tx.mailProof.findFirst({ where: { tenantId: scope.tenant }, orderBy: [{ madeAt: "desc" }, { id: "desc" }] });

/** One that only waits for message trace makes room; one that is still being sent does not. */
async function begin(tx: Tx, scope: TenantScope, proof: NewProof, mayEnd: (before: ProofRow) => boolean): Promise<Result<string>> {
  const { id, at, address, from, legs, event, job } = proof;
  const before = await latestIn(tx, scope);
  if (before?.state === "open" && mayEnd(rowOf(before)))
    await tx.mailProof.updateMany({
      where: { id: before.id, version: before.version },
      data: { state: "over", dueAt: null, version: before.version + 1 },
    });
  const when = { madeAt: dateOf(at), updatedAt: dateOf(at), dueAt: dateOf(at) };
  const data = {
    id,
    tenantId: scope.tenant,
    state: "open",
    by: by.write(scope.actor),
    address,
    body: body.write({ from, circumstances: null, legs }),
    ...when,
  };
  // Skips where one is open, by an index: two who press at once send two messages, not four.
  const [made] = await tx.mailProof.createManyAndReturn({ data: [data], skipDuplicates: true });
  if (!made) return no("busy", "Two test messages are being sent right now.", { fix: "Wait until they are." });
  await addEvent(tx, scope, event);
  await enqueueIn(tx, job);
  return ok(made.id);
}

export const mailProofs = (db: Db) => ({
  /** `busy` while one is open that `mayEnd` does not let go of. @returns its id. */
  begin: (scope: TenantScope, proof: NewProof, mayEnd: (before: ProofRow) => boolean): Promise<Result<string>> =>
    db.within(scope, (tx) => begin(tx, scope, proof, mayEnd)),

  latest: (scope: TenantScope): Promise<ProofRow | null> =>
    db.within(scope, async (tx) => {
      const row = await latestIn(tx, scope);
      return row && rowOf(row);
    }),

  find: (scope: TenantScope, id: string): Promise<ProofRow | null> =>
    db.within(scope, async (tx) => {
      const row = isUuid(id) ? await tx.mailProof.findFirst({ where: { id, tenantId: scope.tenant } }) : null;
      return row && rowOf(row);
    }),

  /** Committed when it resolves. @returns the row as it is then; null when somebody else was there first, or it is over. */
  note: (scope: TenantScope, row: ProofRow, part: ProofPart): Promise<ProofRow | null> =>
    db.within(scope, async (tx) => {
      const { from } = row;
      const { at, circumstances, legs, dueAt, tries, events } = part;
      const [held] = await tx.mailProof.updateManyAndReturn({
        where: { id: row.id, tenantId: scope.tenant, state: "open", version: row.version },
        data: {
          version: row.version + 1,
          updatedAt: dateOf(at),
          body: body.write({ from, circumstances, legs }),
          tries,
          ...(dueAt === null ? { state: "over", dueAt: null } : { dueAt: dateOf(dueAt) }),
        },
      });
      if (!held) return null;
      for (const event of events) await addEvent(tx, scope, event);
      return rowOf(held);
    }),

  /** The headers of a delivered message, in the place of those before. */
  paste: (scope: TenantScope, id: string, said: Pasted, event: NewEvent): Promise<boolean> =>
    db.within(scope, async (tx) => {
      const done = await tx.mailProof.updateMany({ where: { id, tenantId: scope.tenant }, data: { pasted: pasted.write(said) } });
      if (done.count > 0) await addEvent(tx, scope, event);
      return done.count > 0;
    }),

  /** For jobs, across tenants: what is due by our clock. */
  due: (job: Actor, now: number): Promise<readonly DueProof[]> =>
    db.within(systemReach(job), async (tx) => {
      const select = { id: true, tenantId: true, dueAt: true };
      const rows = await tx.mailProof.findMany({
        where: { state: "open", dueAt: { lte: dateOf(now) } },
        orderBy: { dueAt: "asc" },
        take: 200,
        select,
      });
      return rows.map(({ id, tenantId, dueAt }) => ({ id, tenant: tenantId, dueAt: dueAt ? msOf(dueAt) : now }));
    }),
});
