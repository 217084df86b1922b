/** The way a message took, as log lines: in, out, and what was done with it since. */

import type { Tenant } from "../tenant";
import type { Context } from "./context";
import { entryWith } from "./entries";
import type { Entry } from "./entry";
import { type Answer, type Refusal, refusals } from "./errors";
import { heldFrom, movesOf, verdictOf } from "./standing";

type Line = { at: number; message: string };

/** A message by MX is on its way for a moment; a journaled one has arrived before the vendor sees it. */
const onItsWayMs = 2_000;

function inbound({ cloudflare }: Tenant, entry: Entry): Line[] {
  const { at, mode, helo, sender, recipients, messageId, postfix } = entry;
  const how = mode === "JOURNAL" ? "journal report received" : `connect from [${helo ?? "unknown"}]`;
  return [
    { at, message: `${postfix}: ${how}` },
    { at, message: `${postfix}: message-id=${messageId}` },
    { at, message: `${postfix}: from=<${sender}>, nrcpt=${recipients.length}` },
    { at, message: `${postfix}: final disposition ${verdictOf(cloudflare, entry)}` },
  ];
}

function outbound(tenant: Tenant, entry: Entry): Line[] {
  const { origin, at, mode, postfix, recipients } = entry;
  const held = heldFrom(tenant, entry);
  const sent = (to: string) => (origin.kind === "mx" ? origin.copies.find((copy) => copy.to === to)?.place : null);
  const way = recipients.map((to): Line => {
    const place = sent(to);
    if (held.includes(to)) return { at, message: `${postfix}: to=<${to}>, status=quarantined` };
    if (place?.kind === "refused")
      return { at, message: `${postfix}: to=<${to}>, status=bounced (${place.reply.code} ${place.reply.text})` };
    return { at, message: `${postfix}: to=<${to}>, status=sent (250 2.6.0 Queued mail for delivery)` };
  });
  const moves = movesOf(tenant.cloudflare, entry).map(
    (move): Line => ({
      at: move.at,
      message: `${postfix}: move to ${move.destination} for <${move.recipient}> by ${move.requestedBy}: ${move.status}`,
    }),
  );
  return [...(mode === "JOURNAL" ? [] : way), ...moves];
}

const shown = (lines: Line[]) =>
  lines.map(({ at, message }, index) => ({ lineno: index + 1, logged_at: new Date(at).toISOString(), message }));

export function trace({ tenant, params, world }: Context): Answer | Refusal {
  const entry = entryWith(tenant, params["investigate_id"] ?? "");
  if (!entry) return refusals.noMessage();
  const isPending = entry.mode === "DIRECT" && world.clock.now() < entry.at + onItsWayMs;
  return {
    status: 200,
    result: {
      inbound: { lines: shown(inbound(tenant, entry)), pending: false },
      outbound: { lines: isPending ? [] : shown(outbound(tenant, entry)), pending: isPending },
    },
  };
}
