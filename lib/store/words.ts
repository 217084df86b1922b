/** What a person says they did and nobody can read. Said again, the newer word holds; the older stays. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import type { Word } from "./generated/client";
import { column, dateOf, msOf } from "./json";

export type WordRow = { readonly step: string; readonly key: string; readonly value: unknown; readonly by: Actor; readonly at: number };
export type NewWord = { readonly step: string; readonly key: string; readonly value: unknown; readonly at: number };

const value = column<unknown>();
const by = column<Actor>();

const rowOf = (row: Word): WordRow => ({
  step: row.step,
  key: row.key,
  value: value.read(row.value),
  by: by.read(row.by),
  at: msOf(row.at),
});

/** The newest of every step and key. */
export async function readWords(tx: Tx, scope: TenantScope, step?: string): Promise<readonly WordRow[]> {
  const where = { tenantId: scope.tenant, ...(step === undefined ? {} : { step }) };
  const rows = await tx.word.findMany({ where, distinct: ["step", "key"], orderBy: [{ step: "asc" }, { key: "asc" }, { id: "desc" }] });
  return rows.map(rowOf);
}

export const words = (db: Db) => ({
  give: (scope: TenantScope, word: NewWord): Promise<void> =>
    db.within(scope, async (tx) => {
      const { step, key, at } = word;
      await tx.word.create({
        data: { tenantId: scope.tenant, step, key, value: value.write(word.value), by: by.write(scope.actor), at: dateOf(at) },
      });
    }),
  current: (scope: TenantScope, step?: string): Promise<readonly WordRow[]> => db.within(scope, (tx) => readWords(tx, scope, step)),
});
