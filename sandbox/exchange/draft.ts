/** An object as a call would leave it: every bound parameter applied, lists edited or replaced, nothing stored. */
import type { ExchangeObject, Tenant } from "../tenant";
import type { Bound } from "./bind";
import type { Kind } from "./kinds/kind";
import { isDelta, type Value } from "./values";

/** Parameters that steer a call and are no property of the object. */
const steering = new Set([
  "Identity",
  "Confirm",
  "WhatIf",
  "Force",
  "MakeDefault",
  "IgnoreDehydratedFlag",
  "BypassValidation",
  "BypassSecurityGroupManagerCheck",
  "WarningAction",
  "ErrorAction",
  "Verbose",
  "Debug",
]);

export function draft(kind: Kind, object: ExchangeObject, bound: Bound, tenant: Tenant): ExchangeObject {
  const next = structuredClone(object);
  for (const [parameter, value] of bound) {
    if (steering.has(parameter)) continue;
    const kept = kind.kept?.(parameter, value, tenant);
    if (kept) Object.assign(next, kept);
    else next[parameter] = applied(kind, parameter, object[parameter], value);
  }
  return next;
}

function applied(kind: Kind, parameter: string, before: unknown, value: Value): unknown {
  const canonical = (entry: string) => kind.canonical?.(parameter, entry) ?? entry;
  if (Array.isArray(value)) return [...new Set(value.map(canonical))];
  if (!isDelta(value)) return value;
  const remove = new Set(value.delta.remove.map((entry) => canonical(entry).toLowerCase()));
  const stays = (Array.isArray(before) ? before.map(String) : []).filter((entry) => !remove.has(entry.toLowerCase()));
  return [...new Set([...stays, ...value.delta.add.map(canonical)])];
}
