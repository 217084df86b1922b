/** What did you receive? Every call, oldest first. */
import { z } from "zod";
import { json } from "../http";
import type { Control } from "./control";

const serviceShape = z.enum(["entra", "graph", "exchange", "cloudflare", "dns", "smtp", "web"]).optional().catch(undefined);

export const received: Control = (request, world) => {
  const { searchParams } = request.url;
  const since = searchParams.get("since");
  const service = serviceShape.parse(searchParams.get("service") ?? undefined);
  return json(200, world.log.read({ tenant: searchParams.get("tenant") ?? undefined, since: since ? Number(since) : undefined, service }));
};
