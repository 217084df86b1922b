/** A worker process of the product's own (`npm run worker`), watched from outside: how much memory it has, and killed when a bench says so. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../start/children";

export type WorkerProcess = {
  /** MB that it had when it was ready and had nothing to do; null where the system does not say. */
  readonly idleMb: number | null;
  /** The most it has had since, in MB. */
  readonly peakMb: () => number | null;
  readonly kill: (signal: "SIGTERM" | "SIGKILL") => Promise<void>;
};

const READY_WITHIN_MS = 60_000;
/** Modules are loaded and their sources thrown away by then. */
const REST_MS = 3_000;

const placeOf = (pid: number) => `/proc/${pid}`;

function statusOf(pid: number, name: "VmRSS" | "VmHWM"): number | null {
  const file = `${placeOf(pid)}/status`;
  if (!existsSync(file)) return null;
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8"))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

/** The kernel's own record of the peak begins anew (proc(5), clear_refs). */
function forgetPeak(pid: number): void {
  const file = `${placeOf(pid)}/clear_refs`;
  if (existsSync(file)) writeFileSync(file, "5");
}

async function ready(child: ChildProcess): Promise<void> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes: Buffer) => (said = `${said}${bytes}`.slice(-5_000)));
  const end = Date.now() + READY_WITHIN_MS;
  while (!said.includes("The worker is ready")) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`The worker did not start:\n${said}`);
    await pause(50);
  }
}

export async function startWorkerProcess(settings: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const env = { PATH: process.env["PATH"] ?? "", NODE_ENV: "production" as const, LOG_LEVEL: "warn", ...settings };
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/worker.ts"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await ready(child);
  await pause(REST_MS);
  const pid = child.pid ?? 0;
  const idleMb = statusOf(pid, "VmRSS");
  forgetPeak(pid);
  return {
    idleMb,
    peakMb: () => statusOf(pid, "VmHWM"),
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
