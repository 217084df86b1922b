/** Is everything as it was? The normalised state of a tenant, and its comparison with an earlier one. */
import { z } from "zod";
import { json } from "../http";
import { findTenant } from "../world";
import type { Control } from "./control";
import { differences } from "./difference";
import { normalState } from "./normal";
import { noTenant, read } from "./read";

export const state: Control = (request, world) => {
  const tenant = findTenant(world, request.url.searchParams.get("tenant") ?? "");
  return tenant ? json(200, normalState(tenant, world.clock.now())) : noTenant();
};

const shape = z.strictObject({ tenant: z.string(), with: z.record(z.string(), z.unknown()) });

export const compare: Control = (request, world) => {
  if (request.method !== "POST") return null;
  const asked = read(request, shape);
  if (!asked.ok) return asked.response;
  const tenant = findTenant(world, asked.value.tenant);
  if (!tenant) return noTenant();
  // Through JSON, as the earlier one came: a property that is undefined is none.
  const now: unknown = JSON.parse(JSON.stringify(normalState(tenant, world.clock.now())));
  const found = differences(asked.value.with, now);
  return json(200, { equal: found.length === 0, differences: found });
};
