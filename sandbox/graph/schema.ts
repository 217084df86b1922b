/** What Graph's schemas name, their parents included, and what an answer says beyond that. */
import { isRecord, resolve, type Schema, type Schemas } from "../openapi";

/** All properties a schema names, its parents' among them. */
export function propertiesOf(schema: Schema, schemas: Schemas): Record<string, Schema> {
  const own = resolve(schema, schemas);
  const parents = [...(own.allOf ?? []), ...(own.anyOf ?? [])].map((parent) => propertiesOf(parent, schemas));
  return Object.assign({}, ...parents, own.properties ?? {});
}

/** Property names that the schema does not know, at any depth: a stand-in that says more than the service teaches its clients wrong. */
export function strangers(value: unknown, given: Schema, schemas: Schemas, at = "body"): string[] {
  if (Array.isArray(value)) {
    const items = resolve(given, schemas).items;
    return items ? value.flatMap((item, index) => strangers(item, items, schemas, `${at}[${index}]`)) : [];
  }
  if (!isRecord(value)) return [];
  const known = propertiesOf(given, schemas);
  return Object.entries(value).flatMap(([name, inner]) => {
    const property = known[name];
    if (property) return strangers(inner, property, schemas, `${at}.${name}`);
    return name.startsWith("@odata.") ? [] : [`${at}.${name}: not in the contract`];
  });
}
