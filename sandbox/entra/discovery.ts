/** The documents a client finds its way by: openid-configuration, keys, instance discovery. */
import { json, type SandboxRequest, type SandboxResponse } from "../http";
import type { World } from "../world";
import { authorityOf } from "./authority";
import { refusals, refuse } from "./errors";
import { jwks } from "./keys";

export function openidConfiguration({ url }: SandboxRequest, world: World, name: string): SandboxResponse {
  const authority = authorityOf(name, world);
  if (!authority) return refuse(refusals.noTenant(name), world, url.origin);
  const base = `${url.origin}/${authority.tenant?.id ?? name}`;
  return json(200, {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    // the real documents of common and organizations say {tenantid} too
    issuer: `${url.origin}/${authority.tenant?.id ?? "{tenantid}"}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "oid", "wids", "roles"],
    code_challenge_methods_supported: ["S256"],
    tenant_region_scope: null,
  });
}

export function keys({ url }: SandboxRequest, world: World, name: string): SandboxResponse {
  return authorityOf(name, world) ? json(200, jwks(world)) : refuse(refusals.noTenant(name), world, url.origin);
}

export function instanceDiscovery({ url }: SandboxRequest): SandboxResponse {
  return json(200, {
    tenant_discovery_endpoint: `${url.origin}/organizations/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: url.host, preferred_cache: url.host, aliases: [url.host] }],
  });
}
