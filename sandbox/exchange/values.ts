/** One JSON value to what a parameter holds: PowerShell's conversions, and no more than those that the service was seen to make. */
import { z } from "zod";
import type { Parameter } from "./contract";
import { cannotTransform, done, type Failure, failed, invalid, notAnEnumerator, type Outcome } from "./failure";

export type Delta = { add: string[]; remove: string[] };
export type Value = string | number | boolean | null | string[] | { delta: Delta };

export const isDelta = (value: Value | undefined): value is { delta: Delta } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function convert(parameter: Parameter, raw: unknown): Outcome<Value> {
  if (parameter.isList) return convertList(parameter, raw);
  if (raw === null) return parameter.name === "Identity" ? failed(nullIdentity) : done(null);
  if (typeof raw === "object") return failed(cannotTransform(parameter.name, `of type "JObject" to type "${parameter.type}".`));
  return convertScalar(parameter, raw);
}

/** The real service answers a null Identity with all objects, or works on all of them: nobody must ever send one, so it is refused here. */
const nullIdentity: Failure = invalid("Cannot bind argument to parameter 'Identity' because it is null.");

function convertScalar(parameter: Parameter, raw: unknown): Outcome<Value> {
  const type = parameter.type ?? "";
  if (type === "SwitchParameter" || type.endsWith("Boolean")) return convertBoolean(parameter, raw);
  if (type === "Int32" || type === "SclValue") return convertInteger(parameter, raw);
  if (typeof raw === "boolean") return failed(cannotTransform(parameter.name, `"${raw}" to type "${type}".`));
  const text = String(raw);
  const names = (parameter.values ?? []).filter((value) => typeof value === "string");
  if (type === "TimeSpan" && names.length > 0 && !names.includes(text))
    return failed(invalid(`${parameter.name} must be ${names.join(", ")}.`));
  if (names.length > 0 && type !== "TimeSpan") return convertEnum(parameter, text, names);
  if (text.length > (parameter.maxLength ?? Number.POSITIVE_INFINITY)) return failed(tooLong(parameter, text));
  return done(text);
}

const tooLong = (parameter: Parameter, text: string): Failure =>
  invalid(
    `The length of the property ${parameter.name} is too long. The maximum length is ${parameter.maxLength} and the length of the value provided is ${text.length}.`,
  );

function convertBoolean(parameter: Parameter, raw: unknown): Outcome<Value> {
  if (typeof raw === "boolean") return done(raw);
  return failed(cannotTransform(parameter.name, `"${raw}" to type "System.Boolean". Boolean parameters accept only Boolean values.`));
}

function convertInteger(parameter: Parameter, raw: unknown): Outcome<Value> {
  const number = typeof raw === "string" && /^-?\d+$/.test(raw) ? Number(raw) : raw;
  if (typeof number !== "number" || !Number.isInteger(number))
    return failed(cannotTransform(parameter.name, `"${raw}" to type "System.Int32".`));
  const [least, most] = parameter.range ?? [-2147483648, 2147483647];
  if (number < least || number > most)
    return failed(invalid(`The value ${number} of ${parameter.name} must be between ${least} and ${most}.`));
  return done(number);
}

/** Case doesn't matter and an unambiguous beginning is enough (measured), which is how typos pass. */
function convertEnum(parameter: Parameter, text: string, names: string[]): Outcome<Value> {
  const wanted = text.toLowerCase();
  const exact = names.find((name) => name.toLowerCase() === wanted);
  const beginning = names.filter((name) => wanted !== "" && name.toLowerCase().startsWith(wanted));
  const match = exact ?? (beginning.length === 1 ? beginning[0] : undefined);
  return match === undefined ? failed(notAnEnumerator(parameter.name, parameter.type ?? "", text, names)) : done(match);
}

const scalars = z.array(z.union([z.string(), z.number()])).transform((items) => items.map(String));
const delta = z.record(z.string(), z.unknown());

function convertList(parameter: Parameter, raw: unknown): Outcome<Value> {
  if (raw === null) return done([]);
  if (typeof raw === "object" && !Array.isArray(raw)) return convertDelta(parameter, raw);
  const items = scalars.safeParse(Array.isArray(raw) ? raw : [raw]);
  if (!items.success) return failed(cannotTransform(parameter.name, `to type "${parameter.type}".`));
  const long = items.data.find((item) => item.length > (parameter.maxLength ?? Number.POSITIVE_INFINITY));
  return long === undefined ? done(items.data) : failed(tooLong(parameter, long));
}

const deltaTypes = ["#Exchange.GenericHashTable", "#Exchange.StringFieldDeltaUpdateData"];

function convertDelta(parameter: Parameter, raw: object): Outcome<Value> {
  const entries = Object.entries(delta.parse(raw)).map(([key, value]) => [key.toLowerCase(), value] as const);
  const keys = new Map(entries);
  const tag = keys.get("@odata.type");
  if (typeof tag !== "string" || !deltaTypes.includes(tag)) {
    return failed(
      cannotTransform(
        parameter.name,
        `of type "Newtonsoft.Json.Linq.JObject" to type "Microsoft.Exchange.Admin.OData.Core.PswsHashtable".`,
      ),
    );
  }
  if (parameter.type !== "MultiValuedProperty")
    return failed(cannotTransform(parameter.name, `of type "Hashtable" to type "${parameter.type}".`));
  const side = (name: string) => scalars.safeParse([keys.get(name) ?? []].flat());
  const add = side("add");
  const remove = side("remove");
  const unknown = [...keys.keys()].find((key) => !["@odata.type", "add", "remove"].includes(key));
  if (!add.success || !remove.success || unknown !== undefined)
    return failed(cannotTransform(parameter.name, `to type "MultiValuedProperty".`));
  return done({ delta: { add: add.data, remove: remove.data } });
}
