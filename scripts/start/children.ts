/** Child processes on a leash: they end with us, whatever ends us, and are stopped in our order. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

export const root = join(import.meta.dirname, "../..");
const leash = pathToFileURL(join(root, "scripts/leash.mjs")).href;
const stopWithinMs = 15_000;

export type Child = {
  readonly name: string;
  readonly ended: Promise<string>;
  readonly hasEnded: () => boolean;
  readonly stop: () => Promise<void>;
};

export function startChild(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Child {
  // A group of its own, so that Ctrl-C reaches only us.
  const child = spawn(process.execPath, ["--import", leash, ...args], {
    cwd: root,
    env: { NODE_ENV: "production", ...env },
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    const over = (why: string) => {
      isOver = true;
      resolve(why);
    };
    child.once("error", (error) => over(error.message));
    child.once("exit", (code, signal) => over(signal ?? `exit code ${code}`));
  });
  return { name, ended, hasEnded: () => isOver, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const patience = new AbortController();
  const isLate = pause(stopWithinMs, true, { signal: patience.signal }).catch(() => false);
  if ((await Promise.race([ended, isLate])) === true) child.kill("SIGKILL");
  patience.abort();
  await ended;
}

/** Asks until somebody answers, or the child has ended. @returns whether it answers. */
export async function answers(url: string, child: Child, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (Date.now() < end && !child.hasEnded()) {
    const isThere = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" }).then(
      (response) => response.status < 500,
      () => false,
    );
    if (isThere) return true;
    await pause(100);
  }
  return false;
}
