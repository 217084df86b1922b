/** The vendor's application in a tenant: authorised, its permissions taken away, deleted. */
import { guidFrom } from "../guid";
import type { OtherApplication, Tenant } from "../tenant";
import { graphResource } from "./permissions";
import { type Registration, retractionRoles, type VendorProduct, vendorProducts, vendorRegistrations } from "./registrations";

export const productOf = (clientId: string): VendorProduct | undefined =>
  vendorProducts.find((product) => vendorRegistrations[product].clientId === clientId);

export const principalIdOf = (tenant: Pick<Tenant, "id">, appId: string): string => guidFrom(`${tenant.id} service principal ${appId}`);

const known = ({ vendorApplication, otherApplications = [] }: Tenant, appId: string): OtherApplication | undefined =>
  [vendorApplication, ...otherApplications].flatMap((one) => one ?? []).find((one) => one.appId === appId);

/** As an administrator consents, or with other permissions than it asks for. The other product's application stays, as an enterprise application. */
export function authorizeVendor(
  tenant: Tenant,
  product: VendorProduct,
  now: number | null,
  roles: readonly string[] = retractionRoles,
): OtherApplication {
  const { clientId: appId, ownerId, name }: Registration = vendorRegistrations[product];
  const before = known(tenant, appId);
  const others = [tenant.vendorApplication, ...(tenant.otherApplications ?? [])].flatMap((one) => one ?? []);
  const application: OtherApplication = {
    ...(before ?? { id: principalIdOf(tenant, appId), appId, ownerId, name }),
    roles: [...new Set(roles)],
    at: now,
    revokedAt: null,
  };
  const rest = others.filter((one) => one.appId !== appId);
  tenant.vendorApplication = application;
  if (rest.length > 0) tenant.otherApplications = rest;
  else delete tenant.otherApplications;
  return application;
}

/** Under Enterprise applications > Permissions > Revoke: the application stays. */
export function revokeVendor(tenant: Tenant, now: number): void {
  if (tenant.vendorApplication) tenant.vendorApplication = { ...tenant.vendorApplication, roles: [], revokedAt: now };
}

export function removeVendor(tenant: Tenant): void {
  tenant.vendorApplication = null;
}

/** "Enabled for users to sign-in?" */
export function enableVendor(tenant: Tenant, isEnabled: boolean): void {
  if (!tenant.vendorApplication) return;
  const { disabled: _, ...application } = tenant.vendorApplication;
  tenant.vendorApplication = isEnabled ? application : { ...application, disabled: true };
}

/** Every enterprise application but Cutover's. */
export const otherApplications = (tenant: Tenant): OtherApplication[] =>
  [tenant.vendorApplication, ...(tenant.otherApplications ?? [])].flatMap((one) => one ?? []);

export const isGraphRole = (name: string): boolean => graphResource.roles.some(({ value }) => value === name);
