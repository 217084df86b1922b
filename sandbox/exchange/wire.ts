/** An object as it goes over the wire: the directory's envelope, the kind's spellings, and a sidecar beside every typed property. */
import type { ExchangeObject, Tenant } from "../tenant";
import type { Bound } from "./bind";
import { containerOf } from "./call";
import { kinds } from "./kinds/index";

export type WireOptions = {
  noun: string;
  tenant: Tenant;
  bound: Bound /** Lists in another order, as the service does at times. */;
  reordered: boolean;
};

export function toWire(object: ExchangeObject, { noun, tenant, bound, reordered }: WireOptions): Record<string, unknown> {
  const kind = kinds.get(noun);
  const spelt = { ...object, ...(kind?.isRow ? {} : envelope(object, noun, tenant)), ...kind?.wire?.(object, bound) };
  const out: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(spelt)) {
    if (value === undefined) continue;
    Object.assign(out, sidecar(property, value));
    out[property] = Array.isArray(value) && reordered ? [...value].reverse() : dated(property, value);
  }
  return out;
}

function envelope(object: ExchangeObject, noun: string, tenant: Tenant): Record<string, unknown> {
  const container = containerOf(tenant.initialDomain);
  return {
    Identity: object.Name,
    Id: object.Name,
    DistinguishedName: `CN=${object.Name},${container}`,
    ExchangeObjectId: object.Guid,
    OrganizationId: `EURPR01A001.PROD.OUTLOOK.COM/Microsoft Exchange Hosted Organizations/${tenant.initialDomain}`,
    WhenCreated: object["WhenCreatedUTC"],
    WhenChanged: object["WhenChangedUTC"],
    ObjectClass: ["top", `msExch${noun}`],
    ExchangeVersion: "0.20 (15.0.0.0)",
    IsValid: true,
    OriginatingServer: "SANDBOX01A001DC01.EURPR01A001.PROD.OUTLOOK.COM",
  };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function sidecar(property: string, value: unknown): Record<string, string> {
  if (isListOfObjects(value)) return { [`${property}@odata.type`]: "#Collection(Exchange.GenericHashTable)" };
  if (Array.isArray(value)) return { [`${property}@odata.type`]: "#Collection(String)" };
  if (typeof value === "number") return { [`${property}@data.type`]: "System.Int32" };
  if (/^(When.*|Received|Date|LastValidationTimestamp)$/.test(property) && typeof value === "string")
    return { [`${property}@data.type`]: "System.DateTime" };
  // MessageTraceId has none (live capture in graph2otel's tests).
  if (/(Guid|ExchangeObjectId|ImmutableId)$/.test(property) && typeof value === "string" && guid.test(value)) {
    return { [`${property}@data.type`]: "System.Guid", [`${property}@odata.type`]: "#Guid" };
  }
  return {};
}

const isListOfObjects = (value: unknown) => Array.isArray(value) && typeof value[0] === "object";

/** Seven fraction digits; `Z` on the UTC properties, `+00:00` on the local ones. */
function dated(property: string, value: unknown): unknown {
  if (!property.startsWith("When") || typeof value !== "string") return value;
  return value.replace(/\.(\d{3})Z$/, (_, fraction: string) => `.${fraction}0000${property.endsWith("UTC") ? "Z" : "+00:00"}`);
}
