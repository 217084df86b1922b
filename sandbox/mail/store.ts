/** The mail of a tenant: kept (the newest 500), found, shown by quarantine. */
import type { Tenant } from "../tenant";
import type { World } from "../world";
import type { Message, QuarantineEntry } from "./message";

const kept = 500;

export function remember(world: World, tenant: Tenant, list: "messages" | "vendor", message: Message): void {
  const all = tenant.mail[list];
  all.push(message);
  if (all.length > kept) all.splice(0, all.length - kept);
  world.save();
}

export const rawOf = (message: Message): Buffer => Buffer.from(message.raw, "latin1");

/** What Microsoft and the vendor hold, newest first. */
export function quarantine(tenant: Tenant): QuarantineEntry[] {
  return [...tenant.mail.messages, ...tenant.mail.vendor]
    .flatMap((message) => (message.place.kind === "quarantine" ? [{ message, place: message.place }] : []))
    .sort((a, b) => b.message.at - a.message.at);
}

export function messageWithId(world: World, id: string): { tenant: Tenant; message: Message } | null {
  for (const tenant of world.tenants.values()) {
    const message = [...tenant.mail.messages, ...tenant.mail.vendor].find((one) => one.id === id);
    if (message) return { tenant, message };
  }
  return null;
}

/** Every copy of a message by its Message-ID, at the vendor and at Microsoft, in the order in which they came to lie there. */
export function whatBecameOf(tenant: Tenant, messageId: string): Message[] {
  return [...tenant.mail.vendor, ...tenant.mail.messages].filter((message) => message.messageId === messageId);
}
