/** People without a directory role whom an admin lets act for the tenant. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db } from "./client";
import type { Invite } from "./generated/client";
import { column, dateOf, msOf } from "./json";

export type InviteRow = { readonly upn: string; readonly by: Actor; readonly at: number };

const by = column<Actor>();
/** Microsoft compares sign-in names without regard to case. */
const spelled = (upn: string): string => upn.trim().toLowerCase();
const rowOf = (row: Invite): InviteRow => ({ upn: row.upn, by: by.read(row.by), at: msOf(row.at) });

export const invites = (db: Db) => ({
  give: (scope: TenantScope, upn: string, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      const data = { by: by.write(scope.actor), at: dateOf(at), revokedAt: null };
      const key = { tenantId: scope.tenant, upn: spelled(upn) };
      await tx.invite.upsert({ where: { tenantId_upn: key }, create: { ...key, ...data }, update: data });
    }),

  revoke: (scope: TenantScope, upn: string, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.invite.updateMany({
        where: { tenantId: scope.tenant, upn: spelled(upn), revokedAt: null },
        data: { revokedAt: dateOf(at) },
      });
    }),

  isInvited: (scope: TenantScope, upn: string): Promise<boolean> =>
    db.within(scope, async (tx) => (await tx.invite.count({ where: { tenantId: scope.tenant, upn: spelled(upn), revokedAt: null } })) > 0),

  list: (scope: TenantScope): Promise<readonly InviteRow[]> =>
    db.within(scope, async (tx) =>
      (await tx.invite.findMany({ where: { tenantId: scope.tenant, revokedAt: null }, orderBy: { upn: "asc" } })).map(rowOf),
    ),
});
