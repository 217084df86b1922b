/** Out of the vendor's quarantine: to the next hop, which judges it as any other mail; made-up mail into its mailboxes. */
import { releaseGenerated } from "../history/generated";
import { releaseAtVendor } from "../mail/vendor";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import type { Context } from "./context";
import { finder } from "./entries";
import type { Entry } from "./entry";
import { type Answer, type Refusal, refusals } from "./errors";
import { mostIds } from "./moves";
import { heldFrom } from "./standing";

export type Released = { delivered: string[]; failed: string[]; undelivered: string[] };

/** The next hop's refusal keeps it from whom it was for. */
function handedOn(world: World, { origin, recipients }: Entry, held: string[]): Released {
  if (origin.kind !== "mx") return { delivered: held, failed: [], undelivered: recipients.filter((one) => !held.includes(one)) };
  const delivered: string[] = [];
  const failed: string[] = [];
  for (const copy of origin.copies.filter(({ to }) => held.includes(to))) {
    const problem = releaseAtVendor(world, copy);
    (problem === null && copy.place.kind === "folder" ? delivered : failed).push(copy.to);
  }
  return { delivered, failed, undelivered: recipients.filter((one) => !held.includes(one)) };
}

/** `undelivered`: from whom it was not held back. Which of the API's lists they stand in is not on record. */
export function release(world: World, tenant: Tenant, entry: Entry, requestedBy: string): Released {
  const held = heldFrom(tenant, entry);
  const done = handedOn(world, entry, held);
  if (entry.origin.kind === "made-up" && held.length > 0) releaseGenerated(tenant, entry.origin.number);
  for (const recipient of held) {
    const success = done.delivered.includes(recipient);
    const about = { messageId: entry.id, operation: "QUARANTINE_RELEASE" as const, at: world.clock.now(), requestedBy, recipient };
    tenant.cloudflare.actions.push({ ...about, success, status: success ? "delivered" : "failed" });
  }
  world.save();
  return done;
}

export function releaseMany({ world, tenant, token, body, lies }: Context): Answer | Refusal {
  const ids = [body["ids"] ?? []].flat().map(String);
  if (ids.length > mostIds) return refusals.invalid([{ pointer: "/ids", message: `must have at most ${mostIds} items` }]);
  const find = finder(tenant);
  const result = ids.map((id) => {
    const entry = find(id);
    if (!entry) return { id, delivered: [], failed: [], undelivered: [] };
    if (lies) return { id, delivered: entry.recipients, failed: [], undelivered: [] };
    return { id: entry.id, ...release(world, tenant, entry, token.name) };
  });
  return { status: 200, result };
}
