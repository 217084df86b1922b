/** A server program as a child in a process group of its own: started, waited for, and stopped together with everything it started. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { vi } from "vitest";

export type Daemon = {
  /** Everything it wrote so far. */
  readonly said: () => string;
  /** Ends when neither the program nor a child of it is left. */
  readonly stop: () => Promise<void>;
};

type Program = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** A file: postfix opens its standard output once more by name, which cannot be done with a pipe. */
  readonly log: string;
  readonly saysWhenReady: RegExp;
};

const READY_WITHIN_MS = 15_000;
const GONE_WITHIN_MS = 10_000;

/** State and process group stand after the name, which may hold spaces and brackets (proc(5)). */
function groupOf(pid: string): number | null {
  try {
    const [state, , group] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return state === "Z" ? null : Number(group);
  } catch {
    return null;
  }
}

/** A zombie counts as gone: it only waits for whoever adopted it. */
const livingIn = (group: number): readonly string[] => readdirSync("/proc").filter((name) => /^\d+$/.test(name) && groupOf(name) === group);

/** Ends the group when we are gone, however that came about: then nobody holds the other end of its input. @returns what ends the watch. */
function watch(group: number | undefined): () => void {
  if (group === undefined) return () => {};
  const watchman = spawn("sh", ["-c", 'read _; kill -TERM -"$1"', "sh", String(group)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  return () => void watchman.kill("SIGKILL");
}

/** @throws Error with everything it said, when it does not start. */
export async function startDaemon({ name, command, args, log, saysWhenReady }: Program): Promise<Daemon> {
  const output = openSync(log, "a");
  const child = spawn(command, [...args], { detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const unwatch = watch(child.pid);
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true;
      resolve();
    };
    child.once("error", end);
    child.once("exit", end);
  });
  const said = () => readFileSync(log, "utf8");

  const stop = async () => {
    const { pid } = child;
    if (!isOver) child.kill("SIGTERM");
    if (pid === undefined) return;
    const isGone = await vi.waitUntil(() => livingIn(pid).length === 0, { timeout: GONE_WITHIN_MS, interval: 20 }).catch(() => false);
    if (!isGone) process.kill(-pid, "SIGKILL");
    await over;
    unwatch();
    if (!isGone) throw new Error(`${name} had to be killed:\n${said()}`);
  };

  const isReady = await vi
    .waitUntil(() => isOver || saysWhenReady.test(said()), { timeout: READY_WITHIN_MS, interval: 20 })
    .then(() => !isOver)
    .catch(() => false);
  if (isReady) return { said, stop };
  const why = isOver ? "ended at its start" : "did not start in time";
  await stop();
  throw new Error(`${name} ${why}:\n${said()}`);
}
