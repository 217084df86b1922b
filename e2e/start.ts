/** What the stories run against, from nothing each time: what an earlier run left, also one that was killed, is removed first. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "@/scripts/postgres/processes";
import { clear } from "./server";

const data = process.env["DATA_DIR"] || "data/e2e";
const file = join(data, "start.pid");
const other = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
if (isRunning(other, "start.ts")) throw new Error(`The browser stories are already running (process ${other}). Stop them first.`);
await clear(data);
await import("@/scripts/start");
