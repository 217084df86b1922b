/** A right that an admin gives to people by their sign-in names, and may take back: invitations, and the right to read mail. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import type { Prisma } from "./generated/client";
import { column, dateOf, msOf } from "./json";

/** Times in ms since 1970. */
export type GivenRow = { readonly upn: string; readonly by: Actor; readonly at: number };

type Key = { readonly tenantId: string; readonly upn: string };
type Data = { readonly by: Prisma.InputJsonObject; readonly at: Date; readonly revokedAt: null };
type Where = { readonly tenantId: string; readonly upn?: string; readonly revokedAt: null };
type Stored = { readonly upn: string; readonly by: Prisma.JsonValue; readonly at: Date };
/** What the tables of such rights have in common. */
type Table = {
  readonly upsert: (ask: { where: { tenantId_upn: Key }; create: Key & Data; update: Data }) => PromiseLike<unknown>;
  readonly updateMany: (ask: { where: Where; data: { revokedAt: Date } }) => PromiseLike<unknown>;
  readonly count: (ask: { where: Where }) => PromiseLike<number>;
  readonly findMany: (ask: { where: Where; orderBy: { upn: "asc" } }) => PromiseLike<readonly Stored[]>;
};

const by = column<Actor>();
/** Microsoft compares sign-in names without regard to case. */
const spelled = (upn: string): string => upn.trim().toLowerCase();

export const given = (db: Db, tableOf: (tx: Tx) => Table) => ({
  give: (scope: TenantScope, upn: string, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      const data = { by: by.write(scope.actor), at: dateOf(at), revokedAt: null };
      const key = { tenantId: scope.tenant, upn: spelled(upn) };
      await tableOf(tx).upsert({ where: { tenantId_upn: key }, create: { ...key, ...data }, update: data });
    }),

  revoke: (scope: TenantScope, upn: string, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      const where = { tenantId: scope.tenant, upn: spelled(upn), revokedAt: null };
      await tableOf(tx).updateMany({ where, data: { revokedAt: dateOf(at) } });
    }),

  has: (scope: TenantScope, upn: string): Promise<boolean> =>
    db.within(
      scope,
      async (tx) => (await tableOf(tx).count({ where: { tenantId: scope.tenant, upn: spelled(upn), revokedAt: null } })) > 0,
    ),

  list: (scope: TenantScope): Promise<readonly GivenRow[]> =>
    db.within(scope, async (tx) => {
      const rows = await tableOf(tx).findMany({ where: { tenantId: scope.tenant, revokedAt: null }, orderBy: { upn: "asc" } });
      return rows.map((row) => ({ upn: row.upn, by: by.read(row.by), at: msOf(row.at) }));
    }),
});
