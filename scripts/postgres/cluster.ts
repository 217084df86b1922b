/** The files of the embedded PostgreSQL, made once. */

import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Home } from "./home";

export const owner = "cutover_owner";

/** A first start that was cut short is begun again: only a cluster that was finished carries the mark. */
export function ensureCluster(at: Home, password: string, isThrowaway = false): void {
  const mark = join(at.cluster, "made-by-cutover");
  if (existsSync(mark)) return;
  if (existsSync(join(at.cluster, "postmaster.pid")))
    throw new Error(`${at.cluster} was not made by Cutover. Move it away, or set DATABASE_URL.`);
  empty(at.cluster);
  initialise(at, password, isThrowaway ? ["--no-sync"] : []);
  writeFileSync(mark, "This folder is Cutover's embedded PostgreSQL.\n");
}

function empty(folder: string): void {
  for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true, force: true });
}

function initialise(at: Home, password: string, more: readonly string[]): void {
  // initdb reads the password from a file that its own user can open, and nobody else.
  const folder = mkdtempSync(join(tmpdir(), "cutover-"));
  const file = join(folder, "password");
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  for (const path of [folder, file])
    if (at.runner.uid !== undefined && at.runner.gid !== undefined) chownSync(path, at.runner.uid, at.runner.gid);
  const access = ["--pgdata", at.cluster, "--username", owner, "--pwfile", file, "--auth", "scram-sha-256"];
  // The builtin provider sorts and folds the same on every machine, whatever locales it has.
  const locale = ["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"];
  try {
    execFileSync(join(at.bin, "initdb"), [...access, ...locale, ...more], {
      ...at.runner,
      cwd: "/",
      stdio: "pipe",
      env: { ...process.env, LC_ALL: "C" },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
