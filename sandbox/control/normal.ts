/** A tenant's setup in a form that can be compared: without ids, serials and times, lists in order, objects by name. */
import { rowOf } from "../exchange/distribution-groups";
import {
  type DnsRecord,
  type ExchangeObject,
  type ExchangeState,
  type Group,
  type OtherApplication,
  ownCopy,
  type SecuredDomain,
  type Tenant,
  type Zone,
} from "../tenant";

export type Normal = {
  exchange: Record<string, Record<string, unknown>>;
  /** By address. */
  groups: Record<string, unknown>;
  zones: Record<string, unknown>;
  vendor: Record<string, unknown>;
  /** The vendor's own, under Enterprise applications; null where nobody authorised it. */
  vendorApplication: Record<string, unknown> | null;
};

/** `now`: of the sandbox. A server that follows late has its own copy only until then. */
export function normalState({ exchange, groups, zones, cloudflare, vendorApplication }: Tenant, now: number): Normal {
  return {
    exchange: Object.fromEntries(Object.entries(exchange).map(([noun, objects]) => [noun, byName(noun, objects)])),
    groups: Object.fromEntries(groups.map((group) => [group.address.toLowerCase(), groupState(group)])),
    zones: Object.fromEntries(zones.map((zone) => [zone.name, zoneState(zone, now)])),
    vendor: Object.fromEntries(cloudflare.domains.map((domain) => [domain.domain, securedState(domain)])),
    vendorApplication: vendorApplication && applicationState(vendorApplication),
  };
}

const applicationState = ({ appId, ownerId, name, roles, disabled }: OtherApplication) => ({
  ...{ appId, ownerId, name, roles: [...roles].sort(), isEnabled: disabled !== true },
});

const passing = /^(Guid|ExternalDirectoryObjectId|Name|When.*|LastValidationTimestamp)$/;

/** The order of mail flow rules is part of what they do, and stands in Priority. Microsoft's stub for "no global policy yet" is none. */
function byName(noun: string, objects: ExchangeState[string]): Record<string, unknown> {
  const real = objects.filter((object) => !(noun === "QuarantinePolicy" && object.Name === "DefaultGlobalPolicy"));
  return Object.fromEntries(real.map((object) => [object.Name, properties(object)]));
}

const groupState = (group: Group) => ({ ...properties(rowOf(group)), name: group.name, members: ordered(group.members) });

const properties = (object: ExchangeObject) =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([property]) => !passing.test(property))
      .map(([property, value]) => [property, ordered(value)]),
  );

/** Nothing, null and an empty list are the same to Exchange. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).sort();
  return value === undefined || value === "" ? null : value;
}

function zoneState({ records, nameServers }: Zone, now: number): unknown {
  const copies = nameServers.flatMap((server) => {
    const own = ownCopy(server, now);
    return own ? [[server.name, own.map(recordText).sort()] as const] : [];
  });
  return { records: records.map(recordText).sort(), copies: Object.fromEntries(copies) };
}

/** As in a zone file; an automatic TTL is its own. */
function recordText(record: DnsRecord): string {
  const ttl = record.auto ? "auto" : record.ttl;
  const data =
    record.type === "MX"
      ? `${record.preference} ${record.exchange}`
      : "address" in record
        ? record.address
        : "target" in record
          ? record.target
          : JSON.stringify(record.text);
  return `${record.name} ${ttl} ${record.type} ${data}`;
}

const ofTheVendor = new Set(["id", "createdAt", "modifiedAt", "challenge", "status"]);

function securedState(domain: SecuredDomain): unknown {
  const settings = Object.entries(domain).filter(([name]) => !ofTheVendor.has(name));
  return Object.fromEntries(settings.map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]));
}
