/** Messages and folders of a mailbox: read, moved, deleted. */
import { type Copy, copiesCalled, copiesIn, copyWith, isInSight, moveCopy } from "../mail/copies";
import type { Folder } from "../mail/message";
import { isRecord } from "../openapi";
import type { User } from "../tenant";
import type { Answer, Asked } from "./asked";
import { graphErrors } from "./errors";
import { folderItem, folderNamed, foldersBelowRoot } from "./mail-folders";
import { prefersImmutable, readMessageId } from "./mail-ids";
import { messageItem } from "./mail-item";
import { mailboxOf } from "./mailbox";

const readsBody = ["Mail.Read", "Mail.ReadWrite"];

function shown(asked: Asked, user: User, copy: Copy) {
  const isBasic = asked.person === null && !asked.roles.some((role) => readsBody.includes(role));
  return messageItem(user, copy, { isImmutable: prefersImmutable(asked.headers), isBasic });
}

const inMailbox =
  (answer: (asked: Asked, user: User) => Answer) =>
  (asked: Asked): Answer => {
    const user = mailboxOf(asked.tenant, asked.params["user-id"] ?? "");
    return "status" in user ? user : answer(asked, user);
  };

/** The one filter that thousands of made-up messages need not be looked through for. */
const byMessageId = /^\s*internetMessageId\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/** Of all folders that people see (list messages: "including the Deleted Items and Clutter folders"). */
export const messages = inMailbox((asked, user) => {
  const [, quoted] = byMessageId.exec(asked.query.get("$filter") ?? "") ?? [];
  const all = quoted === undefined ? copiesIn(asked.tenant, user) : copiesCalled(asked.tenant, user, quoted.replaceAll("''", "'"));
  return all.filter(({ folder }) => isInSight(folder)).map((copy) => shown(asked, user, copy));
});

/** By its id it is found among the deletions of Recoverable Items too; purges and the archive mailbox have no name at Graph, so nothing there is found. */
const withMessage = (answer: (asked: Asked, user: User, copy: Copy) => Answer) =>
  inMailbox((asked, user) => {
    const id = readMessageId(asked.params["message-id"] ?? "", prefersImmutable(asked.headers));
    if (!id) return graphErrors.badId();
    const copy = copyWith(asked.tenant, user, id.key);
    const isReached = copy && (isInSight(copy.folder) || copy.folder === "RecoverableItemsDeletions");
    return isReached && id.isOf(copy) ? answer(asked, user, copy) : graphErrors.noItem();
  });

export const message = withMessage(shown);

function moved({ world, tenant, lies }: Asked, user: User, copy: Copy, folder: Folder): Copy {
  return lies ? copy : moveCopy(world, tenant, user, copy, folder);
}

/** The CSDL spells DestinationId, the documentation destinationId: both are taken. */
function destinationIn(body: unknown): string | null {
  const given = isRecord(body) ? (body["destinationId"] ?? body["DestinationId"]) : undefined;
  return typeof given === "string" && given !== "" ? given : null;
}

export const move = withMessage((asked, user, copy) => {
  const name = destinationIn(asked.body);
  if (name === null) return graphErrors.bad("The request is malformed or incorrect: destinationId is missing.", "ErrorInvalidRequest");
  const folder = folderNamed(user, name);
  if (!folder) return graphErrors.badId();
  return folder.holds ? shown(asked, user, moved(asked, user, copy, folder.holds)) : graphErrors.notDone();
});

/** From Deleted Items it goes where "Recover items" finds it; items that are there already stay (facts: mail). */
export const remove = withMessage((asked, user, copy) => {
  if (!isInSight(copy.folder)) return graphErrors.noItem();
  moved(asked, user, copy, copy.folder === "DeletedItems" ? "RecoverableItemsDeletions" : "DeletedItems");
  return {};
});

export const permanentDelete = withMessage((asked, user, copy) => {
  moved(asked, user, copy, "Purges");
  return {};
});

export const mailFolders = inMailbox((asked, user) =>
  foldersBelowRoot(asked.query.get("includeHiddenFolders") === "true").map((folder) => folderItem(asked.tenant, user, folder)),
);

export const mailFolder = inMailbox((asked, user) => {
  const folder = folderNamed(user, asked.params["mailFolder-id"] ?? "");
  return folder ? folderItem(asked.tenant, user, folder) : graphErrors.badId();
});
