/** What a copy is: one message in one mailbox, whether it came over SMTP or is made up. */
import type { User } from "../tenant";
import type { CopyName, Folder, Message } from "./message";

export type Copy = {
  /** The same wherever it lies. */
  key: string;
  messageId: string;
  from: { address: string; name: string };
  to: string;
  subject: string;
  at: number;
  folder: Folder;
  /** How often it was moved; of made-up mail only whether. */
  moves: number;
  /** The message as it came; absent where it is made up. */
  message?: Message;
};

/** Under what the state keeps something about one message in one mailbox. */
export const copyName = (messageId: string, { upn }: Pick<User, "upn">): CopyName => `${messageId} ${upn.toLowerCase()}`;

/** Out of reach of whoever looks into the mailbox's own folders. */
const hidden: readonly Folder[] = ["RecoverableItemsDeletions", "Purges", "ArchiveMailbox"];
export const isInSight = (folder: Folder): boolean => !hidden.includes(folder);
