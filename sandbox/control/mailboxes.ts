/** Where mail lies: every mailbox with its folders, the quarantine, what went nowhere; and a person who moves a message of theirs. */
import { z } from "zod";
import { ownerOf } from "../graph/mailbox";
import { json, type SandboxRequest, type SandboxResponse } from "../http";
import { type Copy, copiesCalled, moveCopy } from "../mail/copies";
import { mailboxes, quarantine } from "../mail/index";
import { folders, type Message } from "../mail/message";
import { findTenant, type World } from "../world";
import { noTenant, read } from "./read";

export const withoutRaw = ({ raw: _, ...message }: Message) => message;

/** A made-up message has no way behind it. */
const shown = (mailbox: string, { key, messageId, from, to, subject, at, folder, moves, message }: Copy) =>
  message
    ? withoutRaw(message)
    : { id: key, messageId, from: from.address, to, mailbox, subject, at, place: { kind: "folder", folder }, moves, isMadeUp: true };

export function showMailboxes(request: SandboxRequest, world: World): SandboxResponse {
  const tenant = findTenant(world, request.url.searchParams.get("tenant") ?? "");
  if (!tenant) return noTenant();
  return json(200, {
    mailboxes: mailboxes(tenant).map(({ address, name, folders: held }) => ({
      address,
      name,
      folders: Object.fromEntries(folders.map((folder) => [folder, held[folder].map((copy) => shown(address, copy))])),
    })),
    quarantine: quarantine(tenant).map(({ message, place }) => ({ message: withoutRaw(message), place })),
    nowhere: tenant.mail.messages.filter(({ place }) => place.kind === "refused" || place.kind === "gone").map(withoutRaw),
  });
}

const moveShape = z.strictObject({
  tenant: z.string(),
  /** With or without its angle brackets. */
  messageId: z.string().min(1),
  address: z.string(),
  folder: z.enum(folders),
});

/** As the person would, who reaches every folder; an administrator, for Purges. */
export function moveByHand(request: SandboxRequest, world: World): SandboxResponse {
  const asked = read(request, moveShape);
  if (!asked.ok) return asked.response;
  const { tenant: name, messageId, address, folder } = asked.value;
  const tenant = findTenant(world, name);
  if (!tenant) return noTenant();
  const user = ownerOf(tenant, address);
  if (!user) return json(404, { error: `Nobody has the address ${address}.` });
  const wanted = messageId.startsWith("<") ? messageId : `<${messageId}>`;
  const copies = copiesCalled(tenant, user, wanted);
  if (copies.length === 0) return json(404, { error: `There is no ${wanted} in the mailbox of ${user.upn}.` });
  const moved = copies.map((copy) => moveCopy(world, tenant, user, copy, folder));
  return json(200, { moved: moved.map((copy) => shown(user.upn, copy)) });
}
