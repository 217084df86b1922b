/** The vendor's application in a tenant: shown, authorised with these or those permissions, revoked, switched off, deleted. */
import { z } from "zod";
import { vendorProducts } from "../entra/registrations";
import { authorizeVendor, enableVendor, isGraphRole, productOf, removeVendor, revokeVendor } from "../entra/vendor-grants";
import { json, type SandboxResponse } from "../http";
import type { Tenant } from "../tenant";
import { findTenant } from "../world";
import type { Control } from "./control";
import { noTenant, read } from "./read";

const shape = z.strictObject({
  tenant: z.string(),
  /** Graph app roles; absent = the least that retraction needs; null = its permissions are revoked. */
  roles: z.array(z.string().refine(isGraphRole, "is no app role of Microsoft Graph that the sandbox knows")).nullable().optional(),
  /** Absent = the product that is there, or area1. */
  product: z.enum(vendorProducts).optional(),
  /** "Enabled for users to sign-in?" */
  enabled: z.boolean().optional(),
  /** The enterprise application is deleted. */
  remove: z.literal(true).optional(),
});
type Wanted = z.infer<typeof shape>;

const shown = ({ vendorApplication, otherApplications = [] }: Tenant): SandboxResponse =>
  json(200, { vendorApplication, otherApplications });

function change(tenant: Tenant, { roles, product, enabled, remove }: Wanted, now: number): void {
  const isThere = tenant.vendorApplication !== null;
  const onlySwitched = enabled !== undefined && roles === undefined && product === undefined && isThere;
  if (remove) removeVendor(tenant);
  else if (roles === null) revokeVendor(tenant, now);
  else if (!onlySwitched) authorizeVendor(tenant, product ?? productOf(tenant.vendorApplication?.appId ?? "") ?? "area1", now, roles);
  if (enabled !== undefined) enableVendor(tenant, enabled);
}

export const vendorApplication: Control = (request, world) => {
  if (request.method === "GET") {
    const tenant = findTenant(world, request.url.searchParams.get("tenant") ?? "");
    return tenant ? shown(tenant) : noTenant();
  }
  if (request.method !== "POST") return null;
  const asked = read(request, shape);
  if (!asked.ok) return asked.response;
  const tenant = findTenant(world, asked.value.tenant);
  if (!tenant) return noTenant();
  change(tenant, asked.value, world.clock.now());
  world.save();
  return shown(tenant);
};
