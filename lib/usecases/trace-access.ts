/** Whether message trace may be read: asked when a report begins, and again before every page of it. */
import { no } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";

export const NO_ACCESS = no("not-asked", "Cutover needs access to your Microsoft 365 organisation to read its message trace.", {
  fix: "Give access in the first step, or run the command below.",
  step: "connect-tenant",
});
export const mayRead = async (deps: Deps, scope: TenantScope): Promise<boolean> =>
  (await deps.store.tenants.find(scope))?.access === "consent";
