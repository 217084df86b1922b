/** What the person chose for each step. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import type { Settings } from "./generated/client";
import { column, dateOf, msOf } from "./json";

export type SettingsRow = { readonly step: string; readonly value: unknown; readonly by: Actor; readonly at: number };
export type SettingsByStep = Readonly<Record<string, SettingsRow>>;

const value = column<unknown>();
const by = column<Actor>();

const rowOf = (row: Settings): SettingsRow => ({ step: row.step, value: value.read(row.value), by: by.read(row.by), at: msOf(row.at) });

export async function readSettings(tx: Tx, scope: TenantScope): Promise<SettingsByStep> {
  const rows = await tx.settings.findMany({ where: { tenantId: scope.tenant } });
  return Object.fromEntries(rows.map((row) => [row.step, rowOf(row)]));
}

export const settings = (db: Db) => ({
  all: (scope: TenantScope): Promise<SettingsByStep> => db.within(scope, (tx) => readSettings(tx, scope)),

  /** As saved, and held until the transaction ends: nobody else saves this step meanwhile. Null: never saved. */
  held: (scope: TenantScope, step: string): Promise<SettingsRow | null> =>
    db.within(scope, async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM settings WHERE tenant_id = ${scope.tenant}::uuid AND step = ${step} FOR UPDATE`;
      const row = await tx.settings.findUnique({ where: { tenantId_step: { tenantId: scope.tenant, step } } });
      return row && rowOf(row);
    }),

  save: (
    scope: TenantScope,
    { step, value: chosen, at }: { readonly step: string; readonly value: unknown; readonly at: number },
  ): Promise<SettingsRow> =>
    db.within(scope, async (tx) => {
      const data = { value: value.write(chosen), by: by.write(scope.actor), at: dateOf(at) };
      const where = { tenantId_step: { tenantId: scope.tenant, step } };
      return rowOf(await tx.settings.upsert({ where, create: { tenantId: scope.tenant, step, ...data }, update: data }));
    }),
});
