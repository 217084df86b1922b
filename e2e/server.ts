/** A Cutover and a sandbox of a story's own, on other ports and over another data folder, so that it can be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isRunning } from "@/scripts/postgres/processes";
import { portSettings, practiceSettings, type SandboxPorts } from "@/scripts/start/sandbox";
import { portsOfItsOwn } from "./ports";
import { type Sandbox, sandboxAt } from "./sandbox";

export type House = {
  readonly url: string;
  readonly sandbox: Sandbox;
  /** @returns what it said until it was ready. */
  readonly start: () => Promise<string>;
  /** kill -9 for the web process and for the start that watches it; the database is left behind. */
  readonly kill: () => Promise<void>;
  readonly end: () => Promise<void>;
};

type Started = { readonly child: ChildProcess; readonly ready: Promise<string>; readonly ended: Promise<void> };

function launch(script: string, env: Readonly<Record<string, string>>, isReady: RegExp): Started {
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<string>((resolve, reject) => {
    let said = "";
    const hear = (part: Buffer) => {
      said += part.toString();
      if (isReady.test(said)) resolve(said);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", () => reject(new Error(`${script} ended: ${said}`)));
  });
  return { child, ready, ended };
}

/** The web process among the children of the start: the one on a leash, whatever it calls itself later. */
function webOf(start: number): number | undefined {
  const parentOf = (pid: string) => /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  const running = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/status`));
  const web = running.find(
    (pid) => parentOf(pid) === String(start) && /leash|next-server/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8")),
  );
  return web === undefined ? undefined : Number(web);
}

/** Where the database really lives: elsewhere, when its own user can't reach this checkout. */
function homeOf(data: string): string {
  const cluster = join(data, "pg");
  return existsSync(cluster) ? dirname(realpathSync(cluster)) : data;
}

/** Removes a data folder; a database that a killed run left behind is stopped first. */
export async function clear(data: string): Promise<void> {
  const file = join(data, "pg", "postmaster.pid");
  const pid = existsSync(file) ? Number(readFileSync(file, "utf8").split("\n")[0]) : 0;
  if (isRunning(pid, "postgres")) process.kill(pid, "SIGINT");
  while (isRunning(pid, "postgres")) await pause(50);
  for (const folder of [homeOf(data), data]) rmSync(folder, { recursive: true, force: true });
}

type HousePorts = SandboxPorts & { readonly web: number };

export async function openHouse(folder: string, ports: HousePorts = portsOfItsOwn): Promise<House> {
  const data = mkdtempSync(join(folder, "house-"));
  const where = { ...portSettings(ports), SANDBOX_DATA: join(data, "sandbox") };
  const stage = launch("sandbox/main.ts", where, /ready on/);
  await stage.ready;
  const env = { ...practiceSettings(where), PORT: String(ports.web), DATA_DIR: data, LOG_LEVEL: "warn" };
  let house: Started | null = null;
  return {
    url: `http://localhost:${ports.web}`,
    sandbox: sandboxAt(`http://127.0.0.1:${ports.sandbox}`),
    start: () => {
      house = launch("scripts/start.ts", env, /Cutover is ready/);
      return house.ready;
    },
    kill: async () => {
      const start = house?.child.pid ?? 0;
      const web = webOf(start);
      if (web === undefined) throw new Error("There is no web process to kill.");
      process.kill(web, "SIGKILL");
      house?.child.kill("SIGKILL");
      await house?.ended;
    },
    end: async () => {
      house?.child.kill("SIGTERM");
      await house?.ended;
      stage.child.kill("SIGTERM");
      await stage.ended;
      await clear(data);
    },
  };
}
