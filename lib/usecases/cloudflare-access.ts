/** The sealed token of a tenant's Cloudflare account: where it may be opened, and by whom. */
import type { Result } from "@/lib/base/result";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";

/** Sealed for one tenant: another's row would not open. */
const contextOf = (scope: TenantScope): string => `cloudflare:${scope.tenant}`;

export const sealToken = (deps: Deps, scope: TenantScope, token: string): string => deps.seal.seal(token, contextOf(scope));
export const openToken = (deps: Deps, scope: TenantScope, sealed: string): Result<string> => deps.seal.open(sealed, contextOf(scope));

/** For the clouds alone. Null while no account is chosen, and for a token sealed with a key that this server no longer has. */
export function cloudflareAccess(
  deps: Deps,
  scope: TenantScope,
  held: { readonly sealed: string; readonly accountId: string | null } | null,
): CloudflareAccess | null {
  if (held === null || held.accountId === null) return null;
  const token = openToken(deps, scope, held.sealed);
  return token.ok ? { token: token.value, accountId: held.accountId } : null;
}
