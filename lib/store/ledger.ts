/** What we meant to do and what came of it: written line by line, each committed before the next act; never changed. */
import { type Change, keyOf } from "@/lib/model/change";
import type { Entry, What } from "@/lib/model/plan";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { Prisma, type Entry as Row } from "./generated/client";
import { column, dateOf, msOf } from "./json";

type Evidence = NonNullable<Entry["evidence"]>;
const by = column<Actor>();
const change = column<Change>();
const evidence = column<Evidence>();

const whats = ["intent", "done", "found", "asked", "failed", "unsure"] as const;
const whatOf = (text: string): What => {
  const what = whats.find((known) => known === text);
  if (!what) throw new Error(`The ledger says ${text}, which this code does not know.`);
  return what;
};

export const entryOf = (row: Row): Entry => ({
  run: row.runId,
  step: row.step,
  at: msOf(row.at),
  by: by.read(row.by),
  change: change.read(row.change),
  what: whatOf(row.what),
  ...(row.made === null ? {} : { made: row.made }),
  ...(row.evidence === null ? {} : { evidence: evidence.read(row.evidence) }),
});

export type Lines = { readonly step?: string; readonly run?: string };

/** In the order they were written. */
export async function readEntries(tx: Tx, scope: TenantScope, { step, run }: Lines = {}): Promise<readonly Entry[]> {
  const where = { tenantId: scope.tenant, ...(step === undefined ? {} : { step }), ...(run === undefined ? {} : { runId: run }) };
  return (await tx.entry.findMany({ where, orderBy: { id: "asc" } })).map(entryOf);
}

export const ledger = (db: Db) => ({
  entries: (scope: TenantScope, of: Lines = {}): Promise<readonly Entry[]> => db.within(scope, (tx) => readEntries(tx, scope, of)),

  /** Committed when it resolves. */
  write: (scope: TenantScope, entry: Entry): Promise<void> =>
    db.within(scope, async (tx) => {
      const { run: runId, step, what, made = null } = entry;
      const said = { by: by.write(entry.by), change: change.write(entry.change), changeKey: keyOf(entry.change) };
      const proof = entry.evidence ? evidence.write(entry.evidence) : Prisma.DbNull;
      await tx.entry.create({ data: { tenantId: scope.tenant, runId, step, what, made, at: dateOf(entry.at), ...said, evidence: proof } });
    }),
});
