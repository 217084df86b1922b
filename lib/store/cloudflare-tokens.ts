/** The API token of a tenant's Cloudflare account, sealed by the caller, and what was found out about it. */
import type { Problem } from "@/lib/base/result";
import type { Verified } from "@/lib/model/cloudflare-token";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import type { CloudflareToken } from "./generated/client";
import { column, dateOf, msOf } from "./json";

/** `problem`: why the last look at it failed for good; what was found before stays. */
export type TokenFound = Omit<Verified, "account"> & { readonly accountName: string; readonly problem: Problem | null };
export type CloudflareTokenRow = {
  readonly sealed: string;
  readonly lastFour: string;
  /** null until somebody says which. */
  readonly accountId: string | null;
  readonly found: TokenFound;
  readonly by: Actor;
  readonly enteredAt: number;
  readonly verifiedAt: number;
};
export type NewToken = Pick<CloudflareTokenRow, "sealed" | "lastFour" | "accountId" | "found"> & { readonly at: number };

const found = column<TokenFound>();
const by = column<Actor>();

const rowOf = (row: CloudflareToken): CloudflareTokenRow => ({
  sealed: row.sealed,
  lastFour: row.lastFour,
  accountId: row.accountId,
  found: found.read(row.found),
  by: by.read(row.by),
  enteredAt: msOf(row.enteredAt),
  verifiedAt: msOf(row.verifiedAt),
});

export async function readCloudflareToken(tx: Tx, scope: TenantScope): Promise<CloudflareTokenRow | null> {
  const row = await tx.cloudflareToken.findUnique({ where: { tenantId: scope.tenant } });
  return row && rowOf(row);
}

export const cloudflareTokens = (db: Db) => ({
  find: (scope: TenantScope): Promise<CloudflareTokenRow | null> => db.within(scope, (tx) => readCloudflareToken(tx, scope)),

  /** In the place of the one before. */
  save: (scope: TenantScope, token: NewToken): Promise<void> =>
    db.within(scope, async (tx) => {
      const { sealed, lastFour, accountId, at } = token;
      const times = { enteredAt: dateOf(at), verifiedAt: dateOf(at) };
      const data = { sealed, lastFour, accountId, found: found.write(token.found), by: by.write(scope.actor), ...times };
      await tx.cloudflareToken.upsert({ where: { tenantId: scope.tenant }, create: { tenantId: scope.tenant, ...data }, update: data });
    }),

  /** What a look at this very token found. @returns false when another stands in its place by now. */
  note: (scope: TenantScope, token: Omit<NewToken, "lastFour">): Promise<boolean> =>
    db.within(scope, async (tx) => {
      const { sealed, accountId, at } = token;
      const data = { accountId, found: found.write(token.found), verifiedAt: dateOf(at) };
      return (await tx.cloudflareToken.updateMany({ where: { tenantId: scope.tenant, sealed }, data })).count > 0;
    }),

  /** @returns false when there was none. */
  forget: (scope: TenantScope): Promise<boolean> =>
    db.within(scope, async (tx) => (await tx.cloudflareToken.deleteMany({ where: { tenantId: scope.tenant } })).count > 0),
});
