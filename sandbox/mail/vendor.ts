/** The vendor's MX hosts: known domains only, a disposition, the vendor's own quarantine, or header and hand-over to the next hop. */
import { createHash, randomUUID } from "node:crypto";
import { egress } from "../scenarios/egress";
import type { SecuredDomain, Tenant } from "../tenant";
import type { World } from "../world";
import { covers, span, textOf } from "./addresses";
import { type Arriving, messageFrom } from "./arriving";
import { type Disposition, dispositionOf, tagged } from "./disposition";
import { domainOf, headerOf, headersOf, withHeaders } from "./headers";
import type { Message, Place, Reply, Session } from "./message";
import { microsoftData, microsoftRcpt } from "./microsoft";
import { hopCountExceeded, isVendorHost, ownerOf } from "./routes";
import { mailDate } from "./stamps";
import { remember } from "./store";

type Known = { tenant: Tenant; domain: SecuredDomain };

/** A domain whose ownership is not proven (yet) is none. */
function knownTo(world: World, address: string): Known | null {
  const name = domainOf(address);
  for (const tenant of world.tenants.values()) {
    const domain = tenant.cloudflare.domains.find((one) => one.domain.toLowerCase() === name);
    if (domain?.status === "ACTIVE") return { tenant, domain };
  }
  return null;
}

/** At RCPT TO: null = go on, else the refusal. */
export function vendorRcpt(world: World, session: Session, rcpt: string): Reply | null {
  const known = knownTo(world, rcpt);
  if (!known?.domain.allowed_delivery_modes.includes("DIRECT")) return { code: 550, text: `5.7.1 <${rcpt}>: Relaying denied` };
  const { ip_restrictions: only, require_tls_inbound: needsTls } = known.domain;
  if (only.length > 0 && !covers(only, session.clientIp))
    return { code: 550, text: `5.7.1 Client host [${session.clientIp}] is not allowed` };
  return needsTls === true && !session.isTls ? { code: 530, text: "5.7.0 Must issue a STARTTLS command first" } : null;
}

export function vendorData(world: World, session: Session, rcpts: string[], raw: Buffer): Reply {
  const traceId = randomUUID();
  for (const rcpt of rcpts) {
    const known = knownTo(world, rcpt);
    if (known) take(world, session, { known, rcpt, raw: raw.toString("latin1"), traceId });
  }
  world.save();
  return { code: 250, text: `2.0.0 Ok: queued as ${traceId.slice(0, 8)}` };
}

type Taken = Arriving & { known: Known };

function take(world: World, session: Session, { known, rcpt, raw, traceId }: Taken): void {
  const { tenant, domain } = known;
  const disposition = dispositionOf(raw);
  const received = {
    name: "Received",
    value: `from ${session.helo} ([${session.clientIp}]) by ${session.serverHost} with ESMTPS id ${traceId.slice(0, 8)}; ${mailDate(world.clock.now())}`,
  };
  const product = tenant.traits.vendorHeader === "byHost" ? (ownerOf(session.serverHost) ?? "cloudflare") : tenant.traits.vendorHeader;
  const marked = withHeaders(tagged(raw, disposition, { product, tags: tenant.traits.vendorTags }), [received]);
  const message = messageFrom(world, session, { rcpt, raw: marked, traceId });
  const place = isHeld(tenant, domain, disposition) ? vendorQuarantine(disposition) : handOver(world, domain, message, session.serverHost);
  remember(world, tenant, "vendor", { ...message, place });
  tenant.mail.processed[domain.domain] = (tenant.mail.processed[domain.domain] ?? 0) + 1;
}

const isHeld = ({ traits }: Tenant, domain: SecuredDomain, disposition: Disposition) =>
  disposition !== "NONE" && (domain.drop_dispositions.includes(disposition) || traits.vendorAlwaysQuarantines.includes(disposition));

const vendorQuarantine = (disposition: Disposition): Place => ({
  kind: "quarantine",
  by: "vendor",
  type: "Vendor",
  policy: null,
  reason: `The vendor's disposition is ${disposition}.`,
  release: "admin",
  notified: [],
});

/** Folder Inbox in the vendor's list means: taken by the next hop. */
function handOver(world: World, domain: SecuredDomain, { to, raw, mailFrom }: Message, helo: string): Place {
  const transport = domain.transport?.toLowerCase().replace(/\.$/, "") ?? "";
  if (isVendorHost(transport)) return { kind: "refused", reply: hopCountExceeded };
  if (ownerOf(transport) !== "microsoft")
    return { kind: "refused", reply: { code: 451, text: `4.4.4 No answer from next hop '${transport}'` } };
  const onward: Session = {
    serverHost: transport,
    clientIp: egressAddress(raw),
    isTls: domain.require_tls_outbound === true,
    helo,
    mailFrom,
  };
  const refusal = microsoftRcpt(world, onward, to);
  const reply = refusal ?? microsoftData(world, onward, [to], Buffer.from(raw, "latin1"));
  return reply.code < 400 ? { kind: "folder", folder: "Inbox" } : { kind: "refused", reply };
}

/** Out of the vendor's own quarantine to the next hop, which judges it as any other mail. Null = done. */
export function releaseAtVendor(world: World, message: Message): string | null {
  const known = knownTo(world, message.to);
  if (!known) return `The vendor no longer knows ${domainOf(message.to)}.`;
  message.place = handOver(world, known.domain, message, "mxa.global.inbound.cf-emailsecurity.net");
  world.save();
  return null;
}

/** Any of the published addresses, the same for the same Message-ID. */
function egressAddress(raw: string): string {
  const hash = createHash("sha256")
    .update(headerOf(headersOf(raw), "Message-ID") ?? raw)
    .digest();
  const [first, last] = span(egress[hash.readUInt16BE(0) % egress.length] ?? "") ?? [0, 0];
  return textOf(first + (hash.readUInt16BE(2) % (last - first + 1)));
}
