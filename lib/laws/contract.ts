/** The published cmdlets, read as data: what the in-memory tenant refuses because the real service would. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const parameter = z.object({ required: z.boolean().nullish(), values: z.array(z.unknown()).nullish() });
const cmdlet = z.object({ parameters: z.record(z.string(), parameter) });

const raw: unknown = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../sandbox/contracts/exchange-cmdlets.json", import.meta.url)), "utf8"),
);
const contract = z
  .record(z.string(), z.unknown())
  .transform(
    (all) => new Map(Object.entries(all).flatMap(([name, value]) => (name.startsWith("_") ? [] : [[name, cmdlet.parse(value)] as const]))),
  )
  .parse(raw);

const isListed = (values: readonly unknown[], value: unknown) =>
  values.some((v) => v === value || String(v).toLowerCase() === String(value).toLowerCase());

/** What the service would say against a call; null when it takes it. */
export function whyRefused(name: string, given: Readonly<Record<string, unknown>>): string | null {
  const known = contract.get(name);
  if (!known) return `The term '${name}' is not recognized as a name of a cmdlet.`;
  for (const [property, value] of Object.entries(given)) {
    const allowed = known.parameters[property];
    if (!allowed) return `A parameter cannot be found that matches parameter name '${property}' of ${name}.`;
    if (allowed.values && allowed.values.length > 0 && value !== null && typeof value !== "object" && !isListed(allowed.values, value))
      return `Cannot convert value "${String(value)}" of ${property}. Specify one of: ${allowed.values.join(", ")}.`;
  }
  const missing = Object.entries(known.parameters).find(
    ([property, p]) => p.required === true && given[property] === undefined && property !== "Identity",
  );
  return missing ? `Cannot process command because of a missing mandatory parameter: ${missing[0]} of ${name}.` : null;
}
