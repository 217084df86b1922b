/** Keeps the world in a folder as one JSON file, so that a restart finds everything as it was. Faults and received calls are of the process and go with it. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedZones } from "./scenarios/dns-hosts";
import { startingTenants } from "./scenarios/index";
import type { HostBehaviour } from "./smtp/behaviour";
import type { SentMail } from "./smtp/outbox";
import { liveZoneNames, mailZones, microsoftZones } from "./smtp/zones";
import type { Tenant, Zone } from "./tenant";
import { type EntraState, makeWorld, type World, type WorldStart } from "./world";

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
  let waiting: NodeJS.Immediate | undefined;
  const write = (world: World) => {
    waiting = undefined;
    writeFileSync(`${file}.next`, JSON.stringify(kept(world)), { mode: 0o600 });
    renameSync(`${file}.next`, file);
  };
  const save = (world: World) => {
    waiting ??= setImmediate(() => write(world));
  };
  const world = begun({ ...(read(file) ?? beginning()), save });
  const flush = () => {
    if (waiting) clearImmediate(waiting);
    write(world);
  };
  return { world, flush };
}

const beginning = (): WorldStart => ({ tenants: startingTenants(), sharedZones: [...sharedZones(), ...mailZones()] });

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
  if (value.v === version) return value;
  renameSync(file, `${file}.v${value.v}`);
  console.log(`The sandbox begins anew: what it kept was written by another version, and is now ${file}.v${value.v}`);
  return null;
}
