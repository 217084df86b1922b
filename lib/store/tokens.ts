/** The app-only token cache of a tenant, sealed by the caller: the database never sees a token. */
import type { TenantScope } from "@/lib/model/scope";
import type { Db } from "./client";
import { dateOf } from "./json";

export const tokens = (db: Db) => ({
  load: (scope: TenantScope): Promise<string | null> =>
    db.within(scope, async (tx) => (await tx.tokenCache.findUnique({ where: { tenantId: scope.tenant } }))?.sealed ?? null),

  save: (scope: TenantScope, sealed: string, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      const data = { sealed, updatedAt: dateOf(at) };
      await tx.tokenCache.upsert({ where: { tenantId: scope.tenant }, create: { tenantId: scope.tenant, ...data }, update: data });
    }),

  forget: (scope: TenantScope): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.tokenCache.deleteMany({ where: { tenantId: scope.tenant } });
    }),
});
