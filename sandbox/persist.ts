/** Keeps the world in a folder as one JSON file, so that a restart finds everything as it was. Faults and received calls are of the process and go with it. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeAccount } from "./cloudflare/account";
import { guidFrom } from "./guid";
import { noMail } from "./mail/message";
import { ordinaryTraits } from "./scenarios/base";
import { sharedZones } from "./scenarios/dns-hosts";
import { startingTenants } from "./scenarios/index";
import type { HostBehaviour } from "./smtp/behaviour";
import type { SentMail } from "./smtp/outbox";
import { liveZoneNames, mailZones, microsoftZones } from "./smtp/zones";
import type { DnsRecord, Tenant, Zone } from "./tenant";
import { type EntraState, makeWorld, type World, type WorldStart } from "./world";

/** A write alone is made at once; of many, writing takes a tenth of the time at most. */
const restForWork = 9;

/** The file is our own writing; a file of another version is put aside and the start says so. */
const version = 2;
type Kept = {
  v: typeof version;
  tenants: Tenant[];
  sharedZones: Zone[];
  entra: EntraState;
  hosts: [string, HostBehaviour][];
  outbox: SentMail[];
  clockOffsetMs: number;
};

export type KeptWorld = { world: World; flush(): void };

export function openWorld(folder: string | undefined): KeptWorld {
  if (folder === undefined) return { world: begun(beginning()), flush: () => {} };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "sandbox.json");
  let waiting: NodeJS.Timeout | undefined;
  let nextAt = 0;
  const write = (world: World) => {
    waiting = undefined;
    const began = Date.now();
    writeFileSync(`${file}.next`, JSON.stringify(kept(world)), { mode: 0o600 });
    renameSync(`${file}.next`, file);
    nextAt = Date.now() + (Date.now() - began) * restForWork;
  };
  const save = (world: World) => {
    waiting ??= setTimeout(() => write(world), Math.max(0, nextAt - Date.now()));
  };
  const world = begun({ ...(read(file) ?? beginning()), save });
  const flush = () => {
    clearTimeout(waiting);
    write(world);
  };
  return { world, flush };
}

const firstZones = () => [...sharedZones(), ...mailZones()];
const beginning = (): WorldStart => ({ tenants: startingTenants(), sharedZones: firstZones() });

/** Microsoft's zones follow from the tenants, so they are made anew each time. */
function begun(start: WorldStart): World {
  const world = makeWorld(start);
  world.sharedZones.push(...microsoftZones(world.tenants));
  return world;
}

const kept = (world: World): Kept => ({
  v: version,
  tenants: [...world.tenants.values()],
  sharedZones: world.sharedZones.filter((zone) => !liveZoneNames.includes(zone.name)),
  entra: world.entra,
  hosts: [...world.hosts],
  outbox: world.outbox,
  clockOffsetMs: world.clock.offsetMs(),
});

function read(file: string): Kept | null {
  if (!existsSync(file)) return null;
  const value: Kept = JSON.parse(readFileSync(file, "utf8"));
  if (value.v === version)
    return { ...value, tenants: withNewTenants(value.tenants.map(completedTenant)), sharedZones: completedZones(value.sharedZones) };
  renameSync(file, `${file}.v${value.v}`);
  console.log(`The sandbox begins anew: what it kept was written by another version, and is now ${file}.v${value.v}`);
  return null;
}

/** What a state written before journaling or retraction lacks, as a new tenant has it. */
function completedTenant(tenant: Tenant): Tenant {
  const account = makeAccount(tenant.id, tenant.seed.slug);
  const traits = { ...account.traits, ...tenant.cloudflare.traits };
  return {
    ...tenant,
    groupChanges: tenant.groupChanges ?? [],
    contacts: tenant.contacts ?? [],
    vendorApplication: tenant.vendorApplication ?? null,
    groups: tenant.groups.map((group) => ({ ...group, id: group.id ?? guidFrom(`${tenant.id}/group/${group.address}`) })),
    traits: { ...ordinaryTraits, ...tenant.traits },
    mail: { ...noMail(), ...tenant.mail },
    cloudflare: { ...account, ...tenant.cloudflare, traits },
  };
}

/** Tenants of scenarios that came since. */
function withNewTenants(tenants: Tenant[]): Tenant[] {
  const known = new Set(tenants.map((tenant) => tenant.id));
  return [...tenants, ...startingTenants().filter((tenant) => !known.has(tenant.id))];
}

/** Names of mail hosts that came since. */
function completedZones(zones: Zone[]): Zone[] {
  const known = firstZones();
  const added = zones.filter((zone) => !known.some(({ name }) => name === zone.name));
  const completed = known.map((zone) => {
    const kept = zones.find(({ name }) => name === zone.name);
    const isNew = ({ type, name }: DnsRecord) => !kept?.records.some((one) => one.type === type && one.name === name);
    return kept ? { ...kept, records: [...kept.records, ...zone.records.filter(isNew)] } : zone;
  });
  return [...completed, ...added];
}
