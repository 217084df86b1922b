/** The sandbox's world: every tenant, the clock, what was received, which faults are on. One value, handed to every stand-in. */
import { type Clock, makeClock } from "./clock";
import { type Faults, makeFaults } from "./faults";
import { makeLog, type RequestLog } from "./log";
import type { HostBehaviour, HostBehaviours } from "./smtp/behaviour";
import type { SentMail } from "./smtp/outbox";
import type { ExchangeState, Tenant, Zone } from "./tenant";

/** Cutover's own registration, the same in every tenant. */
export const cutoverApp = {
  clientId: "c0ffee00-0000-4000-8000-000000000001",
  secret: "sandbox-secret",
  name: "Cutover",
  staffRole: "Support.Staff",
} as const;

export const operatorTenantId = "0be7a700-0000-4000-8000-000000000001";

/** What Entra keeps beside tenants; the shape of a key is the business of sandbox/entra, which exports it as JWK. */
export type EntraState = {
  /** Certificates registered for Cutover, PEM. */
  certificates: string[];
  signingKeys: Record<string, unknown>[];
};

export type World = {
  tenants: Map<string, Tenant>;
  /** Zones that belong to no tenant: the DNS hosts' own names, Microsoft's mail hosts. */
  sharedZones: Zone[];
  entra: EntraState;
  /** Mail and web hosts that are not well. */
  hosts: HostBehaviours;
  /** What Cutover sent to people, oldest first. */
  outbox: SentMail[];
  clock: Clock;
  log: RequestLog;
  faults: Faults;
  /** Say that something changed, so that it is kept. Cheap, may be called often. */
  save(): void;
};

export type WorldStart = {
  tenants: Tenant[];
  sharedZones: Zone[];
  entra?: EntraState;
  hosts?: [string, HostBehaviour][];
  outbox?: SentMail[];
  clockOffsetMs?: number;
  save?: (world: World) => void;
};

export function makeWorld(start: WorldStart): World {
  const world: World = {
    tenants: new Map(start.tenants.map((tenant) => [tenant.id, tenant])),
    sharedZones: start.sharedZones,
    entra: start.entra ?? { certificates: [], signingKeys: [] },
    hosts: new Map(start.hosts),
    outbox: start.outbox ?? [],
    clock: makeClock(start.clockOffsetMs),
    log: makeLog(),
    faults: makeFaults(),
    save: () => start.save?.(world),
  };
  return world;
}

/** A tenant by id, by initial domain or by one of its domains: Entra and Exchange take any of them in a path. */
export function findTenant(world: World, name: string): Tenant | undefined {
  const wanted = name.toLowerCase();
  return (
    world.tenants.get(wanted) ??
    [...world.tenants.values()].find((tenant) => tenant.initialDomain === wanted || tenant.domains.some((domain) => domain.id === wanted))
  );
}

/** Every zone of the world; a DNS server answers for those that name its address. */
export function allZones(world: World): Zone[] {
  return [...world.sharedZones, ...[...world.tenants.values()].flatMap((tenant) => tenant.zones)];
}

/** Change a tenant's Exchange objects: what reads show lags behind by the tenant's `readLagMs`. */
export function editExchange(world: World, tenant: Tenant, edit: (state: ExchangeState) => void): void {
  const now = world.clock.now();
  const longest = Math.max(tenant.traits.readLagMs, tenant.traits.worksLagMs);
  const kept = tenant.exchangeBefore.filter((before) => before.until + longest > now);
  tenant.exchangeBefore = [...kept, { until: now, state: structuredClone(tenant.exchange) }];
  edit(tenant.exchange);
  world.save();
}

/** A tenant's Exchange objects as a read shows them now; a lying service shows them as they were before the last write. */
export function readExchange(world: World, tenant: Tenant, lies = false): ExchangeState {
  const now = world.clock.now();
  const shown = lies ? tenant.exchangeBefore.at(-1) : tenant.exchangeBefore.find((before) => before.until + tenant.traits.readLagMs > now);
  return shown?.state ?? tenant.exchange;
}

/** A tenant's Exchange objects as mail meets them now: settings work later than reads show them. */
export function workingExchange(world: World, tenant: Tenant): ExchangeState {
  const now = world.clock.now();
  return tenant.exchangeBefore.find((before) => before.until + tenant.traits.worksLagMs > now)?.state ?? tenant.exchange;
}
