/** Keeps the world in a folder as one JSON file, so that a restart finds everything as it was. Faults and received calls are of the process and go with it. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedZones } from "./scenarios/dns-hosts";
import { startingTenants } from "./scenarios/index";
import type { Tenant, Zone } from "./tenant";
import { type EntraState, makeWorld, type World } from "./world";

/** The file is our own writing; a file of another version is left alone and the start says so. */
type Kept = { v: 1; tenants: Tenant[]; sharedZones: Zone[]; entra: EntraState; clockOffsetMs: number };

export type KeptWorld = { world: World; flush(): void };

export function openWorld(folder: string | undefined): KeptWorld {
  if (folder === undefined) {
    return { world: makeWorld({ tenants: startingTenants(), sharedZones: sharedZones() }), flush: () => {} };
  }
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
  const world = makeWorld({ ...(existsSync(file) ? read(file) : { tenants: startingTenants(), sharedZones: sharedZones() }), save });
  const flush = () => {
    if (waiting) clearImmediate(waiting);
    write(world);
  };
  return { world, flush };
}

const kept = (world: World): Kept => ({
  v: 1,
  tenants: [...world.tenants.values()],
  sharedZones: world.sharedZones,
  entra: world.entra,
  clockOffsetMs: world.clock.offsetMs(),
});

function read(file: string): Kept {
  const value: Kept = JSON.parse(readFileSync(file, "utf8"));
  if (value.v !== 1) throw new Error(`${file} was written by another version of the sandbox; remove it to begin anew.`);
  return value;
}
