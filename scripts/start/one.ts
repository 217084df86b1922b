/** One start a data folder: two of them would stop each other's database. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../postgres/processes";

/** @returns how to let go. @throws one line when another start is alive. */
export function claim(dataFolder: string): () => void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
  const file = join(dataFolder, "start.pid");
  const other = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (other !== process.pid && isRunning(other, "start.ts"))
    throw new Error(`Cutover is already running from this folder (process ${other}). Stop it first.`);
  writeFileSync(file, `${process.pid}\n`);
  return () => rmSync(file, { force: true });
}
