/** Tenants: the list, one whole, a new one of a scenario, and edits for tests that meddle. */
import { z } from "zod";
import { json, type SandboxResponse } from "../http";
import { newTenant } from "../scenarios/index";
import type { Tenant } from "../tenant";
import { editExchange, findTenant, type World } from "../world";
import type { Control } from "./control";
import { noTenant, read } from "./read";

const newShape = z.strictObject({
  scenario: z.string(),
  name: z.string().optional(),
  domains: z.number().int().min(1).max(5000).optional(),
});
/** `traits.readLagMs`, or a list where a name holds a dot. No value takes the property away. */
const editShape = z.strictObject({ path: z.union([z.string(), z.array(z.string())]), value: z.unknown().optional() });

export const tenants: Control = (request, world, rest) => {
  if (rest === "") return request.method === "POST" ? create(request, world) : json(200, [...world.tenants.values()].map(summary));
  const [name = "", action] = rest.split("/");
  const tenant = findTenant(world, name);
  if (!tenant) return noTenant();
  if (action === undefined) return json(200, tenant);
  return action === "edit" && request.method === "POST" ? edit(request, world, tenant) : null;
};

const summary = ({ id, name, scenario, initialDomain, domains, users }: Tenant) => ({
  id,
  name,
  scenario,
  initialDomain,
  domains: domains.map((domain) => domain.id),
  users,
});

const create = (request: Parameters<Control>[0], world: World): SandboxResponse => {
  const asked = read(request, newShape);
  if (!asked.ok) return asked.response;
  const tenant = newTenant(asked.value.scenario, asked.value);
  if (!tenant) return json(400, { error: `There is no scenario "${asked.value.scenario}".` });
  world.tenants.set(tenant.id, tenant);
  world.save();
  return json(201, tenant);
};

function edit(request: Parameters<Control>[0], world: World, tenant: Tenant): SandboxResponse {
  const asked = read(request, editShape);
  if (!asked.ok) return asked.response;
  const path = typeof asked.value.path === "string" ? asked.value.path.split(".") : asked.value.path;
  const forbidden = path.some((step) => step === "__proto__" || step === "constructor");
  const parent = forbidden ? null : walk(tenant, path.slice(0, -1));
  const last = path.at(-1);
  if (!parent || last === undefined) return json(400, { error: `There is nothing at ${path.join(".")}.` });
  // Somebody else's change to Exchange lags like any other.
  if (path[0] === "exchange") editExchange(world, tenant, () => put(parent, last, asked.value.value));
  else put(parent, last, asked.value.value);
  world.save();
  return json(200, tenant);
}

function walk(from: object, path: string[]): object | null {
  let here: unknown = from;
  for (const step of path) here = typeof here === "object" && here !== null ? Reflect.get(here, step) : undefined;
  return typeof here === "object" && here !== null ? here : null;
}

function put(parent: object, property: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(parent, property);
  else Reflect.set(parent, property, value);
}
