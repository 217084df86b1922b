/** How far a transaction reaches: one tenant, or the few looks across tenants that row-level security knows. */
import { type Actor, TenantScope } from "@/lib/model/scope";
import { Prisma } from "./generated/client";

export type Reach =
  | TenantScope
  /** Support's queue: may look, across tenants, at what the queue shows. */
  | { readonly staff: Actor }
  /** A job by name: may find due watches and open runs, across tenants. */
  | { readonly system: Actor }
  /** Whoever holds the cookie with this hash: may look up that session. */
  | { readonly session: string };

export const staffReach = (actor: Actor): Reach => {
  if (actor.kind !== "staff") throw new Error("Only staff look across tenants.");
  return { staff: actor };
};

export const systemReach = (actor: Actor): Reach => {
  if (actor.kind !== "system") throw new Error("Only jobs look for what is due.");
  return { system: actor };
};

const isScope = (reach: Reach): reach is TenantScope => reach instanceof TenantScope;

/** Two reaches that are one and the same: work already under way for it may go on in its transaction. */
export const isSameTenant = (a: Reach, b: Reach): boolean => isScope(a) && isScope(b) && a.tenant === b.tenant;

/** Says it to PostgreSQL, until the end of the transaction. All three every time: nothing is inherited. */
export function declare(reach: Reach): Prisma.Sql {
  const tenant = isScope(reach) ? reach.tenant : "";
  const across = isScope(reach) ? "" : "staff" in reach ? "staff" : "system" in reach ? "system" : "";
  const session = !isScope(reach) && "session" in reach ? reach.session : "";
  return Prisma.sql`SELECT set_config('cutover.tenant', ${tenant}, true), set_config('cutover.reach', ${across}, true), set_config('cutover.session', ${session}, true)`;
}
