/** Other processes, by their id alone. */
import { existsSync, readFileSync } from "node:fs";

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // there, but somebody else's
  }
}

/** The id may have gone to another program since it was written down. Where there is no /proc, being alive has to do. */
export function isRunning(pid: number, program: string): boolean {
  if (!isAlive(pid)) return false;
  if (!existsSync("/proc/self/cmdline")) return true;
  try {
    const isDefunct = /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    return !isDefunct && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(program);
  } catch {
    return false; // gone while we looked
  }
}
