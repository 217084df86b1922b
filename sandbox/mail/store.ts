/** The mail of a tenant: kept (the newest 500), found, shown by mailbox and quarantine, released. */
import { peopleOf } from "../people";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import type { Mailbox, Message, QuarantineEntry } from "./message";

const kept = 500;

export function remember(world: World, tenant: Tenant, list: "messages" | "vendor", message: Message): void {
  const all = tenant.mail[list];
  all.push(message);
  if (all.length > kept) all.splice(0, all.length - kept);
  world.save();
}

export const rawOf = (message: Message): Buffer => Buffer.from(message.raw, "latin1");

/** Every mailbox with its folders, newest first; of people made up by the thousand those that got something. */
export function mailboxes(tenant: Tenant): Mailbox[] {
  const full = new Set(tenant.mail.messages.map(({ mailbox }) => mailbox));
  const shown = peopleOf(tenant).filter((user) => tenant.users.includes(user) || full.has(user.upn));
  return shown.map((user) => ({
    address: user.upn,
    name: user.name,
    folders: { Inbox: inFolder(tenant, user.upn, "Inbox"), Junk: inFolder(tenant, user.upn, "Junk") },
  }));
}

const inFolder = (tenant: Tenant, upn: string, folder: "Inbox" | "Junk") =>
  tenant.mail.messages.filter(({ place, mailbox }) => place.kind === "folder" && place.folder === folder && mailbox === upn).reverse();

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
