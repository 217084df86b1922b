/** A message as it comes out of an SMTP session, before anything was done to it. */
import { randomUUID } from "node:crypto";
import type { World } from "../world";
import { addressIn, decoded, headerOf, headersOf } from "./headers";
import type { Message, Session } from "./message";

export type Arriving = { rcpt: string; raw: string; traceId: string };

export function messageFrom(world: World, session: Session, { rcpt, raw, traceId }: Arriving): Message {
  const headers = headersOf(raw);
  return {
    id: randomUUID(),
    traceId,
    at: world.clock.now(),
    messageId: headerOf(headers, "Message-ID") ?? `<${traceId}@sandbox.example>`,
    mailFrom: session.mailFrom,
    from: addressIn(headerOf(headers, "From")) || session.mailFrom,
    to: rcpt.toLowerCase(),
    mailbox: null,
    subject: decoded(headerOf(headers, "Subject") ?? ""),
    raw,
    size: raw.length,
    fromIp: session.clientIp,
    place: { kind: "folder", folder: "Inbox" },
    events: [],
  };
}
