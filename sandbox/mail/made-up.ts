/** Made-up mail as it lies in mailboxes: in the Inbox, unless the state keeps that somebody moved it. */
import { type GeneratedMessage, generatedByMessageId, generatedMessage, generatedMessages } from "../history/generated";
import { mailOf, personNamed } from "../people";
import type { Tenant, User } from "../tenant";
import { type Copy, copyName } from "./copy";
import { groupAt, isMember, personAt } from "./recipients";

const prefix = "gen-";

function isFor(tenant: Tenant, user: User, address: string): boolean {
  if (groupAt(tenant, address)) return isMember(tenant, address, personAt(tenant, mailOf(user)));
  return personNamed(tenant, address)?.id === user.id;
}

/** What the vendor holds lies in nobody's mailbox. */
function copyOf(tenant: Tenant, user: User, message: GeneratedMessage | undefined): Copy[] {
  const to = message?.isHeld === false ? message.recipients.find((address) => isFor(tenant, user, address)) : undefined;
  if (!message || to === undefined) return [];
  const { number, messageId, from, fromName, subject, at } = message;
  const moved = tenant.mail.moved[copyName(messageId, user)];
  return [
    {
      ...{ key: `${prefix}${number}`, messageId, from: { address: from, name: fromName }, to, subject, at },
      ...{ folder: moved ?? "Inbox", moves: moved === undefined ? 0 : 1 },
    },
  ];
}

/** All of it: thousands. */
export function madeUpCopies(tenant: Tenant, user: User): Copy[] {
  return [...generatedMessages(tenant)].flatMap((message) => copyOf(tenant, user, message));
}

/** Those that somebody moved: Message-IDs by sign-in name, in lower case. */
export function movedByOwner({ mail }: Tenant): Map<string, string[]> {
  const byOwner = new Map<string, string[]>();
  for (const name of Object.keys(mail.moved)) {
    const cut = name.lastIndexOf(" ");
    const [messageId, upn] = [name.slice(0, cut), name.slice(cut + 1)];
    const known = byOwner.get(upn);
    if (known) known.push(messageId);
    else byOwner.set(upn, [messageId]);
  }
  return byOwner;
}

export const madeUpCopyCalled = (tenant: Tenant, user: User, messageId: string): Copy[] =>
  copyOf(tenant, user, generatedByMessageId(tenant, messageId));

export const madeUpCopyWith = (tenant: Tenant, user: User, key: string): Copy[] =>
  key.startsWith(prefix) ? copyOf(tenant, user, generatedMessage(tenant, Number(key.slice(prefix.length)))) : [];
