/** Every mailbox with its folders: mail that really came, and made-up mail that somebody moved. */
import { peopleOf } from "../people";
import type { Tenant, User } from "../tenant";
import { type Copy, realCopiesIn } from "./copies";
import { madeUpCopyCalled, movedByOwner } from "./made-up";
import type { Folder } from "./message";

export type Mailbox = { user: User; address: string; name: string; folders: Record<Folder, Copy[]> };

/** Newest first; of people made up by the thousand those whose mailboxes hold something to show. */
export function mailboxes(tenant: Tenant): Mailbox[] {
  const full = new Set(tenant.mail.messages.map(({ mailbox }) => mailbox));
  const moved = movedByOwner(tenant);
  const shown = peopleOf(tenant).filter((user) => tenant.users.includes(user) || full.has(user.upn) || moved.has(user.upn.toLowerCase()));
  return shown.map((user) => {
    const madeUp = (moved.get(user.upn.toLowerCase()) ?? []).flatMap((messageId) => madeUpCopyCalled(tenant, user, messageId));
    return { user, address: user.upn, name: user.name, folders: inFolders([...realCopiesIn(tenant, user).reverse(), ...madeUp]) };
  });
}

function inFolders(copies: Copy[]): Record<Folder, Copy[]> {
  const folders: Record<Folder, Copy[]> = {
    ...{ Inbox: [], Junk: [], DeletedItems: [], Archive: [] },
    ...{ RecoverableItemsDeletions: [], Purges: [], ArchiveMailbox: [] },
  };
  for (const copy of copies.sort((a, b) => b.at - a.at)) folders[copy.folder].push(copy);
  return folders;
}
