/** The copies in a mailbox: found by Message-ID, listed, moved. */
import type { Tenant, User } from "../tenant";
import type { World } from "../world";
import { type Copy, copyName } from "./copy";
import { decoded, headerOf, headersOf } from "./headers";
import { madeUpCopies, madeUpCopyCalled, madeUpCopyWith } from "./made-up";
import type { Folder, Message } from "./message";

export { type Copy, copyName, isInSight } from "./copy";

/** The From header's display name; "" where there is none. */
const nameIn = (raw: string): string =>
  decoded(headerOf(headersOf(raw), "From") ?? "")
    .replace(/<[^<>]*>\s*$/, "")
    .trim()
    .replace(/^"(.*)"$/, "$1");

function real(message: Message): Copy[] {
  if (message.place.kind !== "folder") return [];
  const { id, messageId, to, subject, at, from, raw, place, moves = 0 } = message;
  const name = nameIn(raw);
  return [
    { key: id, messageId, to, subject, at, from: { address: from, name: name === from ? "" : name }, folder: place.folder, moves, message },
  ];
}

const realIn = ({ mail }: Tenant, { upn }: User): Message[] => mail.messages.filter(({ mailbox }) => mailbox === upn);

/** Of mail that really came, oldest first. */
export const realCopiesIn = (tenant: Tenant, user: User): Copy[] => realIn(tenant, user).flatMap(real);

/** Newest first. */
export function copiesIn(tenant: Tenant, user: User): Copy[] {
  const all = [...realCopiesIn(tenant, user), ...madeUpCopies(tenant, user)];
  return all.sort((a, b) => b.at - a.at);
}

/** By Message-ID, without regard to case, as Exchange compares. */
export function copiesCalled(tenant: Tenant, user: User, messageId: string): Copy[] {
  const wanted = messageId.toLowerCase();
  const found = realIn(tenant, user).filter((message) => message.messageId.toLowerCase() === wanted);
  return [...found.flatMap(real), ...madeUpCopyCalled(tenant, user, messageId)];
}

/** By its key: at most one. */
export function copyWith(tenant: Tenant, user: User, key: string): Copy | undefined {
  const message = realIn(tenant, user).find(({ id }) => id === key);
  return message ? real(message)[0] : madeUpCopyWith(tenant, user, key)[0];
}

/** It lies there from now on. */
export function moveCopy(world: World, tenant: Tenant, user: User, copy: Copy, folder: Folder): Copy {
  const moves = copy.moves + 1;
  if (copy.message) {
    copy.message.place = { kind: "folder", folder };
    copy.message.moves = moves;
  } else tenant.mail.moved[copyName(copy.messageId, user)] = folder;
  world.save();
  return { ...copy, folder, moves };
}
