/** Checks a value against a schema of a contract; knows just the words of OpenAPI 3.0 that the contracts here use. */
export interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  format?: string;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

export type Schemas = Record<string, Schema>;

/** `pointer` is a JSON pointer (RFC 6901), as the API's errors carry it. */
export interface Fault {
  pointer: string;
  message: string;
}

export interface Checking {
  schemas: Schemas;
  /** Properties that an object's schema does not name are faults, also where it does not say so. */
  closed?: boolean;
}

const formats: Record<string, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The schema behind a reference. */
export function resolve(schema: Schema, schemas: Schemas): Schema {
  return schema.$ref ? (schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}) : schema;
}

const isOfType: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  object: isRecord,
  array: Array.isArray,
};

function between(value: number, least: number | undefined, most: number | undefined, of: string): string | null {
  if (least !== undefined && value < least) return `must have ${of} of at least ${least}`;
  return most !== undefined && value > most ? `must have ${of} of at most ${most}` : null;
}

function ownFault(value: unknown, schema: Schema): string | null {
  if (schema.type && !isOfType[schema.type]?.(value)) return `must be of type ${schema.type}`;
  if (schema.enum && !schema.enum.includes(value)) return `must be one of ${schema.enum.filter((one) => one !== null).join(", ")}`;
  if (typeof value === "number") return between(value, schema.minimum, schema.maximum, "a value");
  if (Array.isArray(value)) return between(value.length, schema.minItems, schema.maxItems, "a number of items");
  if (typeof value !== "string") return null;
  if (schema.format && formats[schema.format]?.test(value) === false) return `must be a ${schema.format}`;
  return between(value.length, schema.minLength, schema.maxLength, "a length");
}

function objectFaults(value: Record<string, unknown>, schema: Schema, checking: Checking, at: string): Fault[] {
  const known = schema.properties ?? {};
  const isClosed = schema.additionalProperties === false || (checking.closed === true && schema.properties !== undefined);
  const missing = (schema.required ?? []).filter((name) => value[name] === undefined);
  const strange = isClosed ? Object.keys(value).filter((name) => known[name] === undefined) : [];
  return [
    ...missing.map((name) => ({ pointer: `${at}/${name}`, message: "is required" })),
    ...strange.map((name) => ({ pointer: `${at}/${name}`, message: "is not a known property" })),
    ...Object.entries(known).flatMap(([name, property]) =>
      value[name] === undefined ? [] : faults(value[name], property, checking, `${at}/${name}`),
    ),
  ];
}

/** Of several shapes the one that is meant: the one that names the value's `type`, else the one with the fewest faults. */
function choiceFaults(value: unknown, choices: Schema[], checking: Checking, at: string): Fault[] {
  const all = choices.map((choice) => resolve(choice, checking.schemas));
  const typed = isRecord(value) ? all.filter((choice) => choice.properties?.["type"]?.enum?.includes(value["type"])) : [];
  const found = (typed.length > 0 ? typed : all).map((choice) => faults(value, choice, checking, at));
  return found.sort((one, other) => one.length - other.length)[0] ?? [];
}

const isNullable = (schema: Schema): boolean => schema.nullable === true || (schema.anyOf ?? []).some((one) => one.nullable === true);

/** What is wrong with a value; empty when it fits. */
export function faults(value: unknown, given: Schema, checking: Checking, at = ""): Fault[] {
  const schema = resolve(given, checking.schemas);
  if (value === null) return isNullable(schema) ? [] : [{ pointer: at, message: "must not be null" }];
  const own = ownFault(value, schema);
  if (own) return [{ pointer: at, message: own }];
  const choices = schema.oneOf ?? schema.anyOf;
  return [
    ...(schema.allOf ?? []).flatMap((part) => faults(value, part, { schemas: checking.schemas }, at)),
    ...(choices ? choiceFaults(value, choices, checking, at) : []),
    ...(Array.isArray(value)
      ? value.flatMap((item, index) => (schema.items ? faults(item, schema.items, checking, `${at}/${index}`) : []))
      : []),
    ...(isRecord(value) ? objectFaults(value, schema, checking, at) : []),
  ];
}
