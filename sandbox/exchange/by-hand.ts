/** A person at the portal makes a setting: the same rules as for a cmdlet, without a token and without being "received". */
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { bind } from "./bind";
import { cmdletNamed } from "./contract";
import { execute } from "./execute";

/** Null when it was done, else what the service says against it. */
export function byHand(world: World, tenant: Tenant, name: string, parameters: Record<string, unknown>): string | null {
  const cmdlet = cmdletNamed(name);
  if (!cmdlet) return `There is no ${name}.`;
  const bound = bind(cmdlet, parameters);
  if (!bound.ok) return bound.failure.text;
  const result = execute({ world, tenant, cmdlet, bound: bound.value, lies: false });
  if (!result) return `There is no ${name}.`;
  return result.ok ? null : result.failure.text;
}
