/** A real PostgreSQL under data/, on loopback, for whoever has none: started, adopted after a crash, stopped. */
import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { ensureCluster, owner } from "./cluster";
import { type Home, home } from "./home";
import { keptPort } from "./ports";
import { isRunning } from "./processes";
import { readSecrets } from "./secrets";

export type Postgres = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** True when it was running already: left behind by a start that was killed, or serving another process of ours. */
  readonly isAdopted: boolean;
  readonly stop: () => Promise<void>;
};
type Options = {
  /** For tests: nothing needs to survive a power cut. */
  readonly isThrowaway?: boolean;
};

const database = "cutover";
const withinMs = 30_000;

export async function startPostgres(dataFolder: string, { isThrowaway = false }: Options = {}): Promise<Postgres> {
  const { postgresPassword: password } = readSecrets(dataFolder);
  const at = home(dataFolder);
  ensureCluster(at, password, isThrowaway);
  const running = (await adopt(at, password)) ?? (await launch(at, dataFolder, password, isThrowaway));
  await ensureDatabase(running.url, urlOf(running.port, password, "postgres"));
  return running;
}

const urlOf = (port: number, password: string, name = database): string => `postgresql://${owner}:${password}@127.0.0.1:${port}/${name}`;

const handle = (port: number, pid: number, password: string, isAdopted: boolean): Postgres => ({
  url: urlOf(port, password),
  port,
  pid,
  isAdopted,
  stop: () => stop(pid),
});

async function launch(at: Home, dataFolder: string, password: string, isThrowaway: boolean): Promise<Postgres> {
  const port = await keptPort(join(dataFolder, "pg-port"));
  const logFile = join(dataFolder, "pg.log");
  const log = openSync(logFile, "a", 0o600);
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", ...(isThrowaway ? ["fsync=off"] : [])];
  const flags = ["-D", at.cluster, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])];
  // A group of its own: Ctrl-C reaches us first, and we stop the database last.
  const options = { ...at.runner, cwd: "/", detached: true, env: { ...process.env, LC_ALL: "C" } };
  const server = spawn(join(at.bin, "postgres"), flags, { ...options, stdio: ["ignore", log, log] });
  server.on("error", () => undefined);
  server.unref();
  const { pid = 0 } = server;
  if (await answersWithin(pid, urlOf(port, password, "postgres"), at.cluster)) return handle(port, pid, password, false);
  const tail = readFileSync(logFile, "utf8").trim().split("\n").slice(-3).join(" | ");
  throw new Error(`The embedded PostgreSQL did not start. Its last words: ${tail}`);
}

/** The server that postmaster.pid names, if it is ours and answers. */
async function adopt(at: Home, password: string): Promise<Postgres | undefined> {
  const file = join(at.cluster, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const [first, , , fourth] = readFileSync(file, "utf8").split("\n");
  const pid = Number(first);
  const port = Number(fourth);
  if (await answersWithin(pid, urlOf(port, password, "postgres"), at.cluster)) return handle(port, pid, password, true);
  if (isRunning(pid, "postgres"))
    throw new Error(
      `A PostgreSQL (process ${pid}) holds ${at.cluster} but does not accept our password. Stop it, then start Cutover again.`,
    );
  // Stale, from a kill or a crash. PostgreSQL would take any live process with that id for a server of its own.
  rmSync(file, { force: true });
  return undefined;
}

async function answersWithin(pid: number, url: string, cluster: string): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end && isRunning(pid, "postgres")) {
    if ((await ask<{ data_directory: string }>(url, "show data_directory"))?.[0]?.data_directory === cluster) return true;
    await pause(40);
  }
  return false;
}

async function ensureDatabase(url: string, maintenance: string): Promise<void> {
  if (!(await ask(url, "select 1")) && !(await ask(maintenance, `create database ${database}`)))
    throw new Error("Could not make the database in the embedded PostgreSQL.");
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly Row[] | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Row>(sql)).rows;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stop(pid: number): Promise<void> {
  if (!isRunning(pid, "postgres")) return;
  process.kill(pid, "SIGINT"); // "fast": ends the sessions, writes a checkpoint
  const end = Date.now() + withinMs;
  while (isRunning(pid, "postgres") && Date.now() < end) await pause(30);
}
