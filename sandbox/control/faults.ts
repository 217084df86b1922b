/** Faults on request: list, add, take away. */
import { z } from "zod";
import { json } from "../http";
import type { Control } from "./control";
import { read } from "./read";

const shape = z.strictObject({
  tenant: z.string().default("*"),
  service: z.enum(["entra", "graph", "exchange", "cloudflare", "dns"]),
  match: z.string().optional(),
  kind: z.enum(["latency", "429", "500", "503", "drop", "lie", "concurrency", "transient"]),
  ms: z.number().nonnegative().optional(),
  times: z.number().int().positive().optional(),
  retryAfter: z.number().nonnegative().optional(),
});

export const faults: Control = (request, world) => {
  const tenant = request.url.searchParams.get("tenant") ?? undefined;
  if (request.method === "DELETE") world.faults.clear(tenant);
  if (request.method !== "POST") return json(200, world.faults.list(tenant));
  const asked = read(request, shape);
  if (!asked.ok) return asked.response;
  const { match, ms, times, retryAfter, ...rest } = asked.value;
  const fault = {
    ...rest,
    ...(match === undefined ? {} : { match }),
    ...(ms === undefined ? {} : { ms }),
    ...(times === undefined ? {} : { times }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
  return json(201, world.faults.add(fault));
};
