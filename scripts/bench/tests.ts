/** How long the last whole `npm test` took: scripts/test.ts writes it down, running it again here would take as long. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../start/children";
import { bounded, type Row, told } from "./report";

const MOST_MINUTES = 20;
const shape = z.object({ at: z.number(), ms: z.number(), cores: z.number() });

export function tests(): readonly Row[] {
  const file = join(root, "data/last-test.json");
  const read = existsSync(file) ? shape.safeParse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  if (!read?.success) return [told("npm test", "not passed whole on this machine yet")];
  const { at, ms, cores } = read.data;
  const minutes = ms / 60_000;
  const when = new Date(at).toISOString().slice(0, 16).replace("T", " ");
  const result = `${Math.floor(minutes)} min ${Math.round((minutes % 1) * 60)} s on ${cores} cores (${when} UTC)`;
  return [bounded("npm test", minutes, MOST_MINUTES, { result, bound: `${MOST_MINUTES} min` })];
}
