/** The account's zones: those hosted at Cloudflare. */
import type { CloudflareAccount, Tenant, Zone } from "../tenant";
import { hexId, ownZones } from "./account";
import type { Context, Operations } from "./context";
import { ordered, paged } from "./paging";

export const zoneId = (account: CloudflareAccount, zone: Zone) => hexId(`${account.accountId}/zone/${zone.name}`);

/** Zones begin long before the story does. */
const since = "2024-01-01T00:00:00.000Z";

export function shownZone(tenant: Tenant, zone: Zone) {
  const account = { id: tenant.cloudflare.accountId, name: tenant.name };
  return {
    id: zoneId(tenant.cloudflare, zone),
    name: zone.name,
    status: "active",
    paused: false,
    type: "full",
    development_mode: 0,
    name_servers: zone.nameServers.map((server) => server.name),
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    created_on: since,
    modified_on: since,
    activated_on: since,
    vanity_name_servers: [],
    account,
    owner: { ...account, type: "organization" },
    plan: { id: "0feeeeeeeeeeeeeeeeeeeeeeeeeeeeee", name: "Free Website", price: 0, currency: "USD", is_subscribed: false },
    meta: { step: 2, phishing_detected: false, page_rule_quota: 3, custom_certificate_quota: 0 },
  };
}

export const findZone = (tenant: Tenant, id: string): Zone | null =>
  ownZones(tenant).find((zone) => zoneId(tenant.cloudflare, zone) === id) ?? null;

type Shown = ReturnType<typeof shownZone>;

function tests(query: URLSearchParams): ((zone: Shown) => boolean)[] {
  const name = query.get("name")?.toLowerCase();
  const types = query.getAll("type");
  const same = (key: string, value: (zone: Shown) => string) => {
    const wanted = query.get(key);
    return wanted === null ? [] : [(zone: Shown) => value(zone) === wanted];
  };
  return [
    ...(name === undefined ? [] : [(zone: Shown) => zone.name === name]),
    ...(types.length === 0 ? [] : [(zone: Shown) => types.includes(zone.type)]),
    ...same("status", (zone) => zone.status),
    ...same("account.id", (zone) => zone.account.id),
    ...same("account.name", (zone) => zone.account.name),
  ];
}

function list({ tenant, query, lies }: Context) {
  const all = lies ? [] : ownZones(tenant).map((zone) => shownZone(tenant, zone));
  const asked = tests(query);
  const isAny = query.get("match") === "any" && asked.length > 0;
  const found = all.filter((zone) => (isAny ? asked.some((test) => test(zone)) : asked.every((test) => test(zone))));
  return paged(ordered(found, query.get("order"), query.get("direction")), query, 20);
}

export const zoneOperations: Operations = {
  "zones.list": list,
  "zones.get": ({ tenant, zone }) => ({ status: 200, result: zone ? shownZone(tenant, zone) : null }),
};
