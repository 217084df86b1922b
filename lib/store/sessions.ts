/** Signed-in people. The browser holds an id, we hold its hash: a copy of the database signs nobody in. */
import type { TenantScope } from "@/lib/model/scope";
import type { Db } from "./client";
import type { Session } from "./generated/client";
import { dateOf, msOf } from "./json";

export type SessionRow = {
  readonly idHash: string;
  readonly tenant: string;
  /** Object id of the person in their own tenant. */
  readonly oid: string;
  readonly name: string;
  readonly upn: string;
  readonly directoryRoles: readonly string[];
  readonly appRoles: readonly string[];
  readonly userAgent: string | null;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly rotatedAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
};
export type NewSession = Omit<SessionRow, "tenant" | "createdAt" | "lastSeenAt" | "rotatedAt" | "revokedAt"> & { readonly at: number };

const rowOf = ({ tenantId, ...row }: Session): SessionRow => ({
  ...row,
  tenant: tenantId,
  createdAt: msOf(row.createdAt),
  lastSeenAt: msOf(row.lastSeenAt),
  rotatedAt: msOf(row.rotatedAt),
  expiresAt: msOf(row.expiresAt),
  revokedAt: row.revokedAt && msOf(row.revokedAt),
});

const newRow = (scope: TenantScope, { at, expiresAt, directoryRoles, appRoles, ...who }: NewSession) => ({
  ...who,
  tenantId: scope.tenant,
  directoryRoles: [...directoryRoles],
  appRoles: [...appRoles],
  createdAt: dateOf(at),
  lastSeenAt: dateOf(at),
  rotatedAt: dateOf(at),
  expiresAt: dateOf(expiresAt),
});

/** The old cookie stays good for a moment: requests already under way carry it. Of two at once, one rotates: the other's heir would end with the old one. */
const rotate = (db: Db, scope: TenantScope, { from, to, at, graceMs }: Rotation): Promise<boolean> =>
  db.within(scope, async (tx) => {
    const old = await tx.session.findUnique({ where: { idHash: from } });
    if (!old || old.revokedAt || msOf(old.rotatedAt) >= at) return false; // replaced meanwhile, in this very moment perhaps
    const { count } = await tx.session.updateMany({
      where: { idHash: from, revokedAt: null, rotatedAt: old.rotatedAt },
      data: { rotatedAt: dateOf(at), expiresAt: dateOf(Math.min(msOf(old.expiresAt), at + graceMs)) },
    });
    if (count === 0) return false;
    await tx.session.create({ data: { ...old, idHash: to, rotatedAt: dateOf(at), lastSeenAt: dateOf(at) } });
    return true;
  });
export type Rotation = { readonly from: string; readonly to: string; readonly at: number; readonly graceMs: number };

export const sessions = (db: Db) => ({
  open: (scope: TenantScope, session: NewSession): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.session.create({ data: newRow(scope, session) });
    }),

  /** The one lookup without a tenant: the hash is the right to it. Revoked and expired ones are not found; idleness is for the caller to judge. */
  find: (idHash: string, now: number): Promise<SessionRow | null> =>
    db.within({ session: idHash }, async (tx) => {
      const row = await tx.session.findFirst({ where: { idHash, revokedAt: null, expiresAt: { gt: dateOf(now) } } });
      return row && rowOf(row);
    }),

  touch: (idHash: string, at: number): Promise<void> =>
    db.within({ session: idHash }, async (tx) => {
      await tx.session.updateMany({ where: { idHash }, data: { lastSeenAt: dateOf(at) } });
    }),

  /** @returns false when it was replaced or revoked meanwhile: then `to` signs nobody in. */
  rotate: (scope: TenantScope, rotation: Rotation): Promise<boolean> => rotate(db, scope, rotation),

  revoke: (idHash: string, at: number): Promise<void> =>
    db.within({ session: idHash }, async (tx) => {
      await tx.session.updateMany({ where: { idHash, revokedAt: null }, data: { revokedAt: dateOf(at) } });
    }),

  /** One sign-in with every cookie value it had: those of before its rotations too. */
  revokeSignIn: (scope: TenantScope, { oid, createdAt }: Pick<SessionRow, "oid" | "createdAt">, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      const where = { tenantId: scope.tenant, oid, createdAt: dateOf(createdAt), revokedAt: null };
      await tx.session.updateMany({ where, data: { revokedAt: dateOf(at) } });
    }),

  /** Every session of one person of the tenant. */
  revokeAllOf: (scope: TenantScope, oid: string, at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.session.updateMany({ where: { tenantId: scope.tenant, oid, revokedAt: null }, data: { revokedAt: dateOf(at) } });
    }),

  /** Those that still sign somebody in, newest first. */
  live: (scope: TenantScope, now: number): Promise<readonly SessionRow[]> =>
    db.within(scope, async (tx) => {
      const where = { tenantId: scope.tenant, revokedAt: null, expiresAt: { gt: dateOf(now) } };
      return (await tx.session.findMany({ where, orderBy: { lastSeenAt: "desc" } })).map(rowOf);
    }),

  /** Removes what ended before this. */
  forget: (scope: TenantScope, before: number): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.session.deleteMany({ where: { tenantId: scope.tenant, expiresAt: { lt: dateOf(before) } } });
    }),
});
