/** The built product over a sandbox and a database of its own, started as `npm start` would and stopped again. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../postgres/ports";
import { stopAndRemove } from "../postgres/remove";
import { root } from "../start/children";
import { portSettings, type SandboxPorts } from "../start/sandbox";

export type Ports = SandboxPorts & { readonly web: number };
export type Product = {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly dataFolder: string;
  readonly ports: Ports;
  readonly stop: () => Promise<void>;
};

const READY_WITHIN_MS = 120_000;
/** Nothing else of our own environment: a real Entra or database set for `npm start` must not be benched, let alone changed. */
const KEPT = ["PATH", "HOME", "LANG", "TMPDIR", "SystemRoot"];

/** Off: the bench does the worker's work itself, so that it can count it. */
export type Worker = "inline" | "off";

function environment(ports: Ports, dataFolder: string, worker: Worker): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(KEPT.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return {
    ...kept,
    NODE_ENV: "production",
    PORT: String(ports.web),
    ...portSettings(ports),
    DATA_DIR: dataFolder,
    WORKER: worker,
    LOG_LEVEL: "warn",
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Begins with an empty `folder` of data/ and leaves it behind for whoever wants to look. @throws with the product's own words when it does not start. */
export async function startProduct(folder: string, ports: Ports, worker: Worker = "inline"): Promise<Product> {
  const dataFolder = join(root, "data", folder);
  if ((await freePort(ports.web, "0.0.0.0")) === null) throw new Error(`Port ${ports.web} is in use: is this running already?`);
  await stopAndRemove(dataFolder);
  const options = { cwd: root, env: environment(ports, dataFolder, worker) };
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes: Buffer) => {
      said = `${said}${bytes}`.slice(-10_000);
    });
  const end = Date.now() + READY_WITHIN_MS;
  while (!said.includes("Cutover is ready")) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop(child);
      throw new Error(`The product did not start:\n${said}`);
    }
    await pause(50);
  }
  return {
    url: `http://localhost:${ports.web}`,
    sandboxUrl: `http://127.0.0.1:${ports.sandbox}`,
    dataFolder,
    ports,
    stop: () => stop(child),
  };
}
