/** What consent changes in a tenant: the application's service principal, its granted app roles, its directory role. */
import { guidFrom } from "../guid";
import { directoryRoles, setApplicationRoles, type Tenant } from "../tenant";
import { graphResource, type Resource } from "./permissions";
import { askedByCutover } from "./registrations";

/** The app roles that Cutover holds on a resource in this tenant: the `roles` of a token issued now. */
export function grantedOn(tenant: Tenant, resource: Resource): string[] {
  if (!tenant.servicePrincipal) return [];
  if (resource.appId === graphResource.appId) return tenant.consent.graph;
  return tenant.consent.exchange ? ["Exchange.ManageAsApp"] : [];
}

/** Consent as an administrator gives it; the service principal comes with it. Grants that are there already stay. */
export function grantConsent(tenant: Tenant, wanted: readonly Resource[], now: number): void {
  tenant.servicePrincipal ??= {
    id: guidFrom(`${tenant.id} service principal ${now}`),
    directoryRoles: [],
    rolesChangedAt: now,
    rolesBefore: [],
  };
  for (const resource of wanted) {
    const names = askedByCutover(resource);
    if (resource.appId === graphResource.appId) tenant.consent.graph = [...new Set([...tenant.consent.graph, ...names])];
    else tenant.consent.exchange = true;
  }
  tenant.consent.at = now;
  tenant.consent.revokedAt = null;
}

/** The permissions taken away again, as under Enterprise applications > Permissions > Revoke: the application stays. */
export function revokeConsent(tenant: Tenant, now: number): void {
  tenant.consent = { ...tenant.consent, graph: [], exchange: false, revokedAt: now };
}

/** The enterprise application deleted: no token at all any more. */
export function removeApplication(tenant: Tenant, now: number): void {
  revokeConsent(tenant, now);
  tenant.servicePrincipal = null;
}

/** In the real Entra this is done by hand under Roles and administrators; a consent page cannot do it. */
export function assignExchangeRole(tenant: Tenant, now: number): void {
  setApplicationRoles(tenant, [...(tenant.servicePrincipal?.directoryRoles ?? []), directoryRoles.exchangeAdministrator], now);
}
