/** What this process holds on to, once the collector has run. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What a heap may differ by after the collector ran, without anything being kept. */
export const FLAT_MB = 2;

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");
const mb = (bytes: number): number => bytes / 2 ** 20;

/** One collection keeps the pages it emptied for later; by the third they are given back. */
const COLLECTIONS = 3;

/** In MB: what is in use, and what the system has given us for it. */
export function held(): { readonly heapMb: number; readonly rssMb: number } {
  for (let nth = 0; nth < COLLECTIONS; nth++) if (typeof collect === "function") collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapMb: mb(heapUsed + external), rssMb: mb(rss) };
}
