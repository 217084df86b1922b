/** A copy of a message as Graph shows it. */
import type { Copy } from "../mail/copies";
import type { User } from "../tenant";
import { parentId } from "./mail-folders";
import { changeKey, messageId } from "./mail-ids";
import type { Item } from "./query";

const recipient = (address: string, name = "") => ({ emailAddress: { name: name || address, address } });
const iso = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** What stands below the header, as text; a made-up message has a line. */
function textOf({ message }: Copy): string {
  if (!message) return "This message was made up.";
  const raw = Buffer.from(message.raw, "latin1").toString("utf8");
  const gap = /\r?\n\r?\n/.exec(raw);
  return gap ? raw.slice(gap.index + gap[0].length) : "";
}

export type Showing = { isImmutable: boolean /** Whoever may read basic mail alone sees no body. */; isBasic: boolean };

const previewLength = 255;

export function messageItem(user: User, copy: Copy, { isImmutable, isBasic }: Showing): Item {
  const { from, to, at, subject } = copy;
  const sender = recipient(from.address, from.name);
  const content = textOf(copy);
  const shown = isBasic ? {} : { bodyPreview: content.slice(0, previewLength), body: { contentType: "text", content } };
  return {
    "@odata.etag": `W/"${changeKey(copy)}"`,
    id: messageId(copy, isImmutable),
    createdDateTime: iso(at),
    lastModifiedDateTime: iso(at),
    changeKey: changeKey(copy),
    categories: [],
    receivedDateTime: iso(at),
    sentDateTime: iso(at),
    hasAttachments: false,
    internetMessageId: copy.messageId,
    subject,
    importance: "normal",
    parentFolderId: parentId(user, copy.folder),
    isDeliveryReceiptRequested: null,
    isReadReceiptRequested: false,
    isRead: false,
    isDraft: false,
    inferenceClassification: "focused",
    ...shown,
    sender,
    from: sender,
    toRecipients: [recipient(to)],
    ccRecipients: [],
    bccRecipients: [],
    replyTo: [],
    flag: { flagStatus: "notFlagged" },
  };
}
