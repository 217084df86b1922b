/** Which of the copies that a search found, and of those that the vendor moved itself, it moves. */
import { type Asking, type FoundCopy, folderId } from "./graph-client";
import type { Incoming } from "./internal";

/** "The user has already deleted or marked the message as junk, either manually or via a mailbox filter" (retract settings, reasons for failure). */
const leftAlone = ["junkemail", "deleteditems"];

/** What a search does not reach; the vendor finds its own there by the id it kept, the only way back that the facts leave open. */
const outOfSight = "recoverableitemsdeletions";

type Before = { id: string; folder: string } | undefined;

/**
 * Ids; empty where there is nothing to move. Whatever lies in another folder is moved from there: of such a case the vendor says nothing,
 * and a search finds it.
 */
export async function movable(asking: Asking, recipient: string, found: FoundCopy[], before: Before): Promise<string[] | Incoming> {
  if (found.length === 0) return before?.folder === outOfSight ? [before.id] : [];
  const ids: string[] = [];
  const left = new Map<string, string>();
  for (const name of leftAlone) {
    const id = await folderId(asking, recipient, name);
    if (typeof id !== "string") return id;
    left.set(id, name);
  }
  for (const copy of found) {
    const folder = left.get(copy.parentFolderId);
    if (folder === undefined || (before?.id === copy.id && before.folder === folder)) ids.push(copy.id);
  }
  return ids;
}
