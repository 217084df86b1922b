/** The folders of a mailbox as Graph shows them. Purges and the archive mailbox have no name here (graph facts, section 6). */
import { copiesIn } from "../mail/copies";
import type { Folder } from "../mail/message";
import type { Tenant, User } from "../tenant";
import { folderId } from "./mail-ids";
import type { Item } from "./query";

type Known = { name: string; displayName: string; holds?: Folder; isHidden?: true; isBelowRoot?: false };

const folders: Known[] = [
  { name: "archive", displayName: "Archive", holds: "Archive" },
  { name: "conversationhistory", displayName: "Conversation History" },
  { name: "deleteditems", displayName: "Deleted Items", holds: "DeletedItems" },
  { name: "drafts", displayName: "Drafts" },
  { name: "inbox", displayName: "Inbox", holds: "Inbox" },
  { name: "junkemail", displayName: "Junk Email", holds: "Junk" },
  { name: "outbox", displayName: "Outbox" },
  { name: "sentitems", displayName: "Sent Items" },
  { name: "clutter", displayName: "Clutter", isHidden: true },
  { name: "syncissues", displayName: "Sync Issues", isHidden: true },
  // Beside the root of what people see, not below it: found by name alone.
  { name: "recoverableitemsdeletions", displayName: "Deletions", holds: "RecoverableItemsDeletions", isBelowRoot: false },
];

/** By well-known name, in whatever case, or by id. */
export function folderNamed(user: User, name: string): Known | undefined {
  return folders.find((one) => one.name === name.toLowerCase() || folderId(user, one.name) === name);
}

/** The id of the folder that a copy lies in; one without a name of its own has an id that leads nowhere. */
export const parentId = (user: User, folder: Folder): string =>
  folderId(user, folders.find(({ holds }) => holds === folder)?.name ?? folder);

/** What it holds is counted where somebody asks for it: of made-up mail there are thousands. */
export function folderItem(tenant: Tenant, user: User, { name, displayName, holds, isHidden }: Known): Item {
  const count = () => (holds ? copiesIn(tenant, user).filter((copy) => copy.folder === holds).length : 0);
  return {
    id: folderId(user, name),
    childFolderCount: 0,
    displayName,
    isHidden: isHidden ?? false,
    parentFolderId: folderId(user, "msgfolderroot"),
    get totalItemCount() {
      return count();
    },
    // Nobody reads mail in the sandbox.
    get unreadItemCount() {
      return count();
    },
  };
}

export const foldersBelowRoot = (withHidden: boolean): Known[] =>
  folders.filter(({ isBelowRoot, isHidden }) => isBelowRoot !== false && (withHidden || !isHidden));
