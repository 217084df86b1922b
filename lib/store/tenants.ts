/** The tenant's own row. */
import type { TenantScope } from "@/lib/model/scope";
import type { Db } from "./client";
import type { Prisma, Tenant } from "./generated/client";
import { dateOf, msOf } from "./json";

export type ProfileId = "area1" | "cloudflare";
/** Whether we read the tenant ourselves, or the admin uploads what a script read. */
export type Access = "consent" | "without";

export type TenantRow = {
  readonly id: string;
  readonly name: string;
  readonly profile: ProfileId;
  /** null until the admin chose. */
  readonly access: Access | null;
  readonly consentedAt: number | null;
  readonly createdAt: number;
  readonly lastSeenAt: number;
};

export type TenantEdit = {
  readonly name?: string;
  readonly profile?: ProfileId;
  readonly access?: Access | null;
  readonly consentedAt?: number | null;
};

export const tenantOf = (row: Tenant): TenantRow => ({
  id: row.id,
  name: row.name,
  profile: row.profile === "area1" ? "area1" : "cloudflare",
  access: row.access === "consent" || row.access === "without" ? row.access : null,
  consentedAt: row.consentedAt && msOf(row.consentedAt),
  createdAt: msOf(row.createdAt),
  lastSeenAt: msOf(row.lastSeenAt),
});

const dataOf = ({ consentedAt, ...rest }: TenantEdit): Prisma.TenantUpdateInput =>
  consentedAt === undefined ? rest : { ...rest, consentedAt: consentedAt === null ? null : dateOf(consentedAt) };

export const tenants = (db: Db) => ({
  find: (scope: TenantScope): Promise<TenantRow | null> =>
    db.within(scope, async (tx) => {
      const row = await tx.tenant.findUnique({ where: { id: scope.tenant } });
      return row && tenantOf(row);
    }),

  /** Somebody of this tenant is here: makes the row the first time, notes the day every time. */
  arrive: (
    scope: TenantScope,
    { name, profile = "cloudflare", at }: { readonly name: string; readonly profile?: ProfileId; readonly at: number },
  ): Promise<TenantRow> =>
    db.within(scope, async (tx) => {
      const row = await tx.tenant.upsert({
        where: { id: scope.tenant },
        create: { id: scope.tenant, name, profile, createdAt: dateOf(at), lastSeenAt: dateOf(at) },
        update: { lastSeenAt: dateOf(at) },
      });
      return tenantOf(row);
    }),

  /** Only what is given changes. */
  edit: (scope: TenantScope, edit: TenantEdit): Promise<TenantRow> =>
    db.within(scope, async (tx) => tenantOf(await tx.tenant.update({ where: { id: scope.tenant }, data: dataOf(edit) }))),
});
