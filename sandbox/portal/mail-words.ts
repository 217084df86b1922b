/** How the portal names the places where a message can lie. */
import type { Folder, Place } from "../mail/index";

/** Archive is a folder of the mailbox; the archive mailbox is another place. */
export const folderNames: Record<Folder, string> = {
  Inbox: "Inbox",
  Junk: "Junk",
  DeletedItems: "Deleted Items",
  Archive: "Archive",
  RecoverableItemsDeletions: "Recoverable Items: deletions",
  Purges: "Recoverable Items: purges",
  ArchiveMailbox: "Archive mailbox",
};

const releases = {
  admin: "only an administrator can release it",
  user: "the recipient can release it",
  "user-asks": "the recipient can ask for its release",
} as const;

export function placeWords(place: Place): string {
  switch (place.kind) {
    case "folder":
      return folderNames[place.folder];
    case "quarantine": {
      const policy = place.policy === null ? "" : `, policy ${place.policy}`;
      return `Quarantine of ${place.by === "vendor" ? "the email security vendor" : "Microsoft 365"} (${place.type}${policy}; ${releases[place.release]})`;
    }
    case "refused":
      return `Refused: ${place.reply.code} ${place.reply.text}`;
    default:
      return `Gone: ${place.why}`;
  }
}

export const when = (at: number) => new Date(at).toISOString();
