/** Back to the scenario's start: one tenant, or the whole starting set (tenants made since then go). */
import { z } from "zod";
import { json } from "../http";
import { rebuilt, startingTenants } from "../scenarios/index";
import { findTenant } from "../world";
import type { Control } from "./control";
import { noTenant, read } from "./read";

const shape = z.strictObject({ tenant: z.string().optional() });

export const reset: Control = (request, world) => {
  if (request.method !== "POST") return null;
  const asked = read(request, shape);
  if (!asked.ok) return asked.response;
  if (asked.value.tenant === undefined) {
    world.tenants.clear();
    for (const tenant of startingTenants()) world.tenants.set(tenant.id, tenant);
    world.faults.clear();
    world.log.clear();
    world.clock.reset();
    world.hosts.clear();
    world.outbox.length = 0;
  } else {
    const tenant = findTenant(world, asked.value.tenant);
    if (!tenant) return noTenant();
    world.tenants.set(tenant.id, rebuilt(tenant));
    world.faults.clear(tenant.id);
  }
  world.save();
  return json(200, { ok: true });
};
