/** Mail that left through the outgoing server: what Cutover sent to people, kept to be looked at. */
import { randomUUID } from "node:crypto";
import PostalMime from "postal-mime";
import type { World } from "../world";

export type SentMail = {
  id: string;
  at: number;
  /** Envelope. */
  from: string;
  to: string[];
  /** The whole message, one character a byte (latin1). */
  raw: string;
};

const kept = 200;

export function keepSent(world: World, from: string, to: string[], raw: Buffer): SentMail {
  const mail: SentMail = { id: randomUUID(), at: world.clock.now(), from, to, raw: raw.toString("latin1") };
  world.outbox.push(mail);
  world.outbox.splice(0, world.outbox.length - kept);
  world.save();
  return mail;
}

export async function readable({ raw }: SentMail): Promise<{ subject: string; text: string }> {
  const { subject = "", text = "" } = await PostalMime.parse(Buffer.from(raw, "latin1"));
  return { subject, text };
}
