/** Which tenant a path names (`{id}`, a domain, `common`, `organizations`), and what is true of every request to Entra's pages. */
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import { type Refusal, refusals } from "./errors";
import type { Registration } from "./registrations";

/** Null = any organisation. */
export type Authority = { name: string; tenant: Tenant | null };

export function authorityOf(name: string, world: World): Authority | null {
  if (name === "common" || name === "organizations") return { name, tenant: null };
  const tenant = findTenant(world, name);
  return tenant ? { name, tenant } : null;
}

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** Registered for every application: loopback with any port (as Entra ignores a loopback's port), and the host the sandbox itself is reached at. */
export function isRegistered(redirectUri: string, own: URL): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return (protocol === "http:" || protocol === "https:") && [...LOOPBACK, own.hostname].includes(hostname);
}

/** What no redirect may tell, because the redirect itself is not to be trusted: shown on a page instead. */
export function pageRefusal(url: URL, authority: Authority | null, name: string, application: Registration | undefined): Refusal | null {
  if (!authority) return refusals.noTenant(name);
  const id = url.searchParams.get("client_id");
  if (!id) return refusals.missing("client_id");
  if (id !== application?.clientId) return refusals.noApplication(id, authority.tenant?.name ?? "any organization");
  const redirectUri = url.searchParams.get("redirect_uri");
  if (!redirectUri) return refusals.missing("redirect_uri");
  return isRegistered(redirectUri, url) ? null : refusals.redirect(redirectUri);
}
