/** Who calls: the account a bearer token belongs to, and what that token may. */
import type { SandboxRequest } from "../http";
import type { CloudflareAccount, CloudflareToken, Tenant } from "../tenant";
import type { World } from "../world";
import type { Operation } from "./contract";
import { type Refusal, refusals } from "./errors";

export interface Caller {
  tenant: Tenant;
  account: CloudflareAccount;
  token: CloudflareToken;
}

export function callerOf(request: SandboxRequest, world: World): Caller | Refusal {
  const [, secret] = /^Bearer ([\w-]{40,})$/.exec(request.headers["authorization"] ?? "") ?? [];
  if (secret === undefined) return refusals.badHeader();
  for (const tenant of world.tenants.values()) {
    const token = tenant.cloudflare.tokens.find((one) => one.value === secret);
    if (token) return { tenant, account: tenant.cloudflare, token };
  }
  return request.url.pathname.endsWith("/user/tokens/verify") ? refusals.invalidToken() : refusals.unknownToken();
}

/** A token that was switched off or ran out still learns from `tokens/verify` that it did. */
export function mayCall({ account, token }: Caller, { id, path, groups }: Operation, params: Record<string, string>): Refusal | null {
  if (id === "user.tokens.verify") return null;
  if (token.status !== "active") return refusals.unknownToken();
  const held: readonly string[] = token.permissions;
  if (!groups.some((group) => held.includes(group))) return refusals.noPermission();
  if (params["account_id"] !== undefined && params["account_id"] !== account.accountId) return refusals.notYours();
  return path.includes("/email-security/") && !account.traits.hasEmailSecurity ? refusals.notBought() : null;
}
