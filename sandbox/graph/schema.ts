/** Checks a value against a schema of the slice; knows just the words of OpenAPI 3.0 that the slice uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  format?: string;
  enum?: unknown[];
  minItems?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
}

export type Schemas = Record<string, Schema>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** The schema behind a reference. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  return schema.$ref ? (schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}) : schema;
}

/** All properties a schema names, its parents' among them. */
export function propertiesOf(schema: Schema, schemas: Schemas): Record<string, Schema> {
  const own = resolve(schema, schemas);
  const parents = [...(own.allOf ?? []), ...(own.anyOf ?? [])].map((parent) => propertiesOf(parent, schemas));
  return Object.assign({}, ...parents, own.properties ?? {});
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

function typeFaults(value: unknown, schema: Schema, at: string): string[] {
  const fault = (wanted: string) => [`${at}: ${JSON.stringify(value)} is not ${wanted}`];
  if (schema.enum && !schema.enum.includes(value)) return fault(`one of ${schema.enum.join(", ")}`);
  if (schema.type === "string") {
    if (typeof value !== "string") return fault("a string");
    if (schema.format === "uuid" && !UUID.test(value)) return fault("a uuid");
    if (schema.format === "date-time" && !DATE_TIME.test(value)) return fault("a date and time");
  }
  if (schema.type === "boolean" && typeof value !== "boolean") return fault("a boolean");
  if (schema.type === "integer" && !Number.isInteger(value)) return fault("a whole number");
  if (schema.type === "object" && !isRecord(value)) return fault("an object");
  return schema.type === "array" && !Array.isArray(value) ? fault("a list") : [];
}

function arrayFaults(value: unknown[], schema: Schema, schemas: Schemas, at: string): string[] {
  const short = schema.minItems !== undefined && value.length < schema.minItems ? [`${at}: fewer than ${schema.minItems}`] : [];
  const long = schema.maxItems !== undefined && value.length > schema.maxItems ? [`${at}: more than ${schema.maxItems}`] : [];
  return [
    ...short,
    ...long,
    ...value.flatMap((item, index) => (schema.items ? faults(item, schema.items, schemas, `${at}[${index}]`) : [])),
  ];
}

function objectFaults(value: Record<string, unknown>, schema: Schema, schemas: Schemas, at: string): string[] {
  const missing = (schema.required ?? []).filter((name) => value[name] === undefined).map((name) => `${at}.${name}: missing`);
  const wrong = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    value[name] === undefined ? [] : faults(value[name], property, schemas, `${at}.${name}`),
  );
  return [...missing, ...wrong];
}

/** What is wrong with a value, one sentence a fault; empty when it fits. */
export function faults(value: unknown, given: Schema, schemas: Schemas, at = "body"): string[] {
  const schema = resolve(given, schemas);
  if (value === null) return schema.nullable || schema.anyOf?.some((one) => one.nullable) ? [] : [`${at}: null`];
  const parents = (schema.allOf ?? []).flatMap((parent) => faults(value, parent, schemas, at));
  const choices = (schema.anyOf ?? []).map((choice) => faults(value, choice, schemas, at));
  const none = choices.length > 0 && !choices.some((choice) => choice.length === 0) ? (choices[0] ?? []) : [];
  const own = typeFaults(value, schema, at);
  if (own.length > 0) return own;
  if (Array.isArray(value)) return [...parents, ...none, ...arrayFaults(value, schema, schemas, at)];
  return isRecord(value) ? [...parents, ...none, ...objectFaults(value, schema, schemas, at)] : [...parents, ...none];
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
