/** Edits a zone, or one server's own copy of it: the same as a person at the DNS host would. */
import { z } from "zod";
import { json } from "../http";
import { dropCopy, ownCopy } from "../tenant";
import { allZones } from "../world";
import type { Control } from "./control";
import { read } from "./read";

const cloudflare = z.object({
  id: z.string(),
  comment: z.string().optional(),
  tags: z.array(z.string()),
  createdAt: z.number(),
  modifiedAt: z.number(),
});
const common = {
  name: z.string(),
  ttl: z.number().int().nonnegative(),
  auto: z.literal(true).optional(),
  cloudflare: cloudflare.optional(),
};
const recordShape = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("MX"), preference: z.number().int(), exchange: z.string() }),
  z.strictObject({ ...common, type: z.enum(["A", "AAAA"]), address: z.string() }),
  z.strictObject({ ...common, type: z.enum(["NS", "CNAME"]), target: z.string() }),
  z.strictObject({ ...common, type: z.literal("TXT"), text: z.string() }),
]);
const shape = z.strictObject({
  zone: z.string(),
  /** Replaces all records. */
  records: z.array(recordShape).optional(),
  /** Sets the TTL of every MX record. */
  ttl: z.number().int().nonnegative().optional(),
  /** Only this name server's copy; without it every server holds the zone's own records again. */
  server: z.string().optional(),
  behaviour: z.enum(["ok", "silent", "refused", "lame"]).optional(),
});

export const dns: Control = (request, world) => {
  if (request.method !== "POST") return json(200, allZones(world));
  const asked = read(request, shape);
  if (!asked.ok) return asked.response;
  const { records, ttl, server, behaviour } = asked.value;
  const zone = allZones(world).find((one) => one.name === asked.value.zone.toLowerCase());
  const nameServer = zone?.nameServers.find((one) => one.name === server);
  if (!zone || (server !== undefined && !nameServer)) return json(404, { error: "No such zone or name server." });
  const base = records ?? (nameServer && ownCopy(nameServer, world.clock.now())) ?? zone.records;
  const next = base.map((record) => (ttl !== undefined && record.type === "MX" ? { ...record, ttl } : record));
  const changesRecords = records !== undefined || ttl !== undefined;
  if (nameServer && changesRecords) dropCopy(nameServer).recordsOverride = next;
  if (!nameServer && changesRecords) {
    zone.records = next;
    for (const one of zone.nameServers) dropCopy(one);
  }
  for (const one of zone.nameServers) if (behaviour && (server === undefined || one === nameServer)) one.behaviour = behaviour;
  zone.serial += 1;
  world.save();
  return json(200, zone);
};
