/** Takes a data folder away, with whatever a killed process left running in it. */
import { existsSync, lstatSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { startPostgres } from "./server";

/** Its database's files may lie outside of it (see home.ts). */
export function remove(folder: string): void {
  const cluster = join(folder, "pg");
  if (existsSync(cluster) && lstatSync(cluster).isSymbolicLink()) rmSync(dirname(realpathSync(cluster)), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

export async function stopAndRemove(folder: string): Promise<void> {
  if (existsSync(join(folder, "pg", "postmaster.pid"))) await (await startPostgres(folder, { isThrowaway: true })).stop();
  remove(folder);
}
