/** `/{tenant}/oauth2/v2.0/token`: client credentials for applications, authorization codes for people. */
import { formOf, json, type SandboxRequest, type SandboxResponse } from "../http";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { authorityOf } from "./authority";
import { authenticateClient } from "./client";
import { redeemCode } from "./codes";
import { type Refusal, refusals, refuse } from "./errors";
import { type Resource, resourceOfScope } from "./permissions";
import { isCutover, type Registration, registrationOf } from "./registrations";
import { applicationToken, clientInfo, idToken, LIFETIME_S, personToken, vendorToken } from "./tokens";
import { otherApplications } from "./vendor-grants";

const noStore = { "cache-control": "no-store, no-cache", pragma: "no-cache" };
const life = { token_type: "Bearer", expires_in: LIFETIME_S, ext_expires_in: LIFETIME_S };

/** `lies` hands out a token without roles, as Entra does while a fresh grant has not arrived everywhere. */
export function token(request: SandboxRequest, world: World, name: string, lies: boolean): SandboxResponse {
  const { origin } = request.url;
  const answer = answerOf(request, world, name, lies);
  return isRefusal(answer) ? refuse(answer, world, origin) : json(200, answer, noStore);
}

type Tokens = { access_token: string; [name: string]: string | number };

const isRefusal = (answer: Tokens | Refusal): answer is Refusal => !("access_token" in answer);

function answerOf(request: SandboxRequest, world: World, name: string, lies: boolean): Tokens | Refusal {
  const form = formOf(request);
  const authority = authorityOf(name, world);
  if (!authority) return refusals.noTenant(name);
  const type = form.get("grant_type");
  if (!type) return refusals.missing("grant_type");
  const directory = authority.tenant?.name ?? authority.name;
  const stranger = authenticateClient(form, world, directory);
  if (stranger) return stranger;
  const application = registrationOf(form.get("client_id"));
  if (!application) return refusals.noApplication(form.get("client_id") ?? "", directory);
  if (type === "authorization_code") return forPerson(form, world, authority.tenant, request.url.origin);
  if (type !== "client_credentials") return refusals.grantType(type);
  return authority.tenant ? forApplication(form, { world, tenant: authority.tenant, application, lies }) : refusals.noTenant(name);
}

type Asking = { world: World; tenant: Tenant; application: Registration; lies: boolean };

function forApplication(form: URLSearchParams, asking: Asking): Tokens | Refusal {
  const scope = form.get("scope");
  if (!scope) return refusals.missing("scope");
  // one resource a request: two scopes, or one that is no `.default`, are refused alike
  if (!/^\S+\/\.default$/.test(scope)) return refusals.scope(scope);
  const resource = resourceOfScope(scope);
  if (!resource) return refusals.resource(scope.replace("/.default", ""), asking.tenant.name);
  return isCutover(asking.application) ? forCutover(asking, resource) : forVendor(asking, resource);
}

function forVendor({ world, tenant, application: { clientId, name }, lies }: Asking, resource: Resource): Tokens | Refusal {
  const installed = otherApplications(tenant).find((one) => one.appId === clientId);
  if (!installed) return refusals.noApplication(clientId, tenant.name);
  if (installed.disabled) return refusals.disabled(clientId, name);
  return { ...life, access_token: vendorToken(world, tenant, resource, installed, lies) };
}

function forCutover({ world, tenant, application: { clientId }, lies }: Asking, resource: Resource): Tokens | Refusal {
  // an application that was there and was deleted is told apart from one that never was
  if (!tenant.servicePrincipal && tenant.consent.revokedAt !== null) return refusals.noPrincipal(clientId, tenant.id);
  if (!tenant.servicePrincipal) return refusals.noApplication(clientId, tenant.name);
  return { ...life, access_token: applicationToken(world, tenant, resource, lies) };
}

function forPerson(form: URLSearchParams, world: World, tenant: Tenant | null, origin: string): Tokens | Refusal {
  const grant = redeemCode(world, form);
  if ("error" in grant) return grant;
  if (tenant && tenant.id !== grant.tenant.id) return refusals.noUser(grant.user.upn, tenant.name);
  return {
    ...life,
    scope: "openid profile User.Read email",
    access_token: personToken(world, grant.tenant, grant.user),
    id_token: idToken(world, grant.tenant, grant.user, origin, grant.nonce),
    client_info: clientInfo(grant.tenant, grant.user),
  };
}
