/** Finds the zone a name belongs to, fast: a thousand domains are asked about at once, and zones come and go while we run. */
import type { Tenant, Zone } from "../tenant";
import type { World } from "../world";

export interface Place {
  zone: Zone;
  /** Null where the zone belongs to no tenant. */
  tenant: Tenant | null;
}

interface Entry extends Place {
  list: Zone[];
  at: number;
}

export interface Atlas {
  /** The closest enclosing zone, with `among` only of those it lets through. */
  find(name: string, among?: (zone: Zone) => boolean): Place | null;
  /** Is there anything at or below this name? Decides between "no such name" and "nothing of that type". */
  hasBelow(name: string): boolean;
  /** The address of a name server, where no zone holds its A record. */
  addressOf(serverName: string): string | null;
  /** The sandbox's time: a lagging server's own copy has an end. */
  now(): number;
}

interface Index {
  zones: Map<string, Entry>;
  above: Set<string>;
  servers: Map<string, string>;
  /** What changes whenever a tenant or zone is added or taken away. */
  size: string;
  madeAt: number;
}

/** An edit that renames a zone in place changes no count; after this long an index is made anew before "no such name" is said. */
const STALE_MS = 50;

function sizeOf(world: World): string {
  let zones = 0;
  for (const tenant of world.tenants.values()) zones += tenant.zones.length;
  return `${world.sharedZones.length}/${world.tenants.size}/${zones}`;
}

function makeIndex(world: World): Index {
  const index: Index = { zones: new Map(), above: new Set(), servers: new Map(), size: sizeOf(world), madeAt: Date.now() };
  const add = (list: Zone[], tenant: Tenant | null) => {
    for (const [at, zone] of list.entries()) {
      index.zones.set(zone.name, { zone, tenant, list, at });
      for (let rest = parentOf(zone.name); rest; rest = parentOf(rest)) index.above.add(rest);
      for (const server of zone.nameServers) index.servers.set(server.name, server.address);
    }
  };
  add(world.sharedZones, null);
  for (const tenant of world.tenants.values()) add(tenant.zones, tenant);
  return index;
}

/** `a.b.example` -> `b.example` -> `example` -> ``. */
export function parentOf(name: string): string {
  const dot = name.indexOf(".");
  return dot < 0 ? "" : name.slice(dot + 1);
}

export function makeAtlas(world: World): Atlas {
  let index = makeIndex(world);
  const isCurrent = (entry: Entry) =>
    entry.list[entry.at] === entry.zone &&
    entry.zone.name !== "" &&
    (entry.tenant
      ? world.tenants.get(entry.tenant.id) === entry.tenant && entry.tenant.zones === entry.list
      : world.sharedZones === entry.list);
  const renew = () => {
    index = makeIndex(world);
  };
  const lookUp = (name: string, among: (zone: Zone) => boolean): Entry | null => {
    for (let rest = name; rest; rest = parentOf(rest)) {
      const entry = index.zones.get(rest);
      if (entry?.zone.name === rest && among(entry.zone)) return entry;
    }
    return null;
  };
  return {
    find: (name, among = () => true) => {
      if (index.size !== sizeOf(world)) renew();
      const entry = lookUp(name, among);
      if (entry && isCurrent(entry)) return entry;
      if (entry || Date.now() - index.madeAt > STALE_MS) renew();
      return lookUp(name, among);
    },
    hasBelow: (name) => name === "" || index.above.has(name),
    addressOf: (serverName) => index.servers.get(serverName) ?? null,
    now: world.clock.now,
  };
}
