/** What is said of an order about mail: the act on its button, what it will do and who takes it back, what it did. */
import { FOLDER_NAMES, type Folder } from "@/lib/model/destinations";
import { figure } from "@/lib/model/figure";
import type { ItemCounts } from "@/lib/model/mail-order";
import type { OrderRow } from "@/lib/usecases/views/mail-orders";

type Told = Pick<OrderRow, "kind" | "destination" | "counts" | "state">;

export const messages = (count: number): string => (count === 1 ? "1 message" : `${figure(count)} messages`);
export const totalOf = ({ waiting, asked, done, failed, left }: ItemCounts): number => waiting + asked + done + failed + left;
/** What it is about: what is left alone never was, unless somebody cancelled it. */
export const meantOf = ({ counts, state }: Pick<Told, "counts" | "state">): number =>
  state === "cancelled" ? totalOf(counts) : totalOf(counts) - counts.left;

/** "the Inbox" is a place that everybody has; the others go by their names. */
const placeOf = (folder: Folder): string => (folder === "Inbox" ? "the Inbox" : FOLDER_NAMES[folder]);
const isHard = (destination: Folder | null): boolean => destination === "RecoverableItemsPurges";

/** "Move 3 messages to Deleted Items": what the button does, and what the order is called afterwards. */
export function actOf(order: Told): string {
  const { kind, destination } = order;
  const what = messages(meantOf(order));
  if (kind === "auto") return "Auto-retract";
  if (kind === "release" || destination === null) return `Release ${what}`;
  return isHard(destination) ? `Hard delete ${what}` : `Move ${what} to ${placeOf(destination)}`;
}

/** On the button while it is pressed. */
export const busyOf = ({ kind, destination }: Pick<Told, "kind" | "destination">): string =>
  kind === "release" ? "Releasing…" : isHard(destination) ? "Deleting…" : "Moving…";

const PEOPLE = "the people who got";

/** By whom it can be taken back, as the end of a sentence about `them`. */
function backOf(folder: Folder, them: "it" | "them"): string {
  switch (folder) {
    case "Inbox":
      return `, in sight of ${PEOPLE} ${them}; you can move ${them} away again, here`;
    case "JunkEmail":
    case "DeletedItems":
      return `, from where ${PEOPLE} ${them} can take ${them} back, and so can you, here`;
    case "RecoverableItemsDeletions":
      return `: ${PEOPLE} ${them} find ${them} under “Recover items deleted from this folder”, and you can put ${them} back, here`;
    case "RecoverableItemsPurges":
      return "";
  }
}

/** One sentence with the count, the destination, and whether and by whom it can be taken back. */
export function willOf(order: Told): string {
  const { kind, destination } = order;
  const count = meantOf(order);
  const [what, them] = [messages(count), count === 1 ? ("it" as const) : ("them" as const)];
  if (kind === "release" || destination === null)
    return `${what} will be released from the quarantine and delivered; a release cannot be taken back, but you can move ${them} away afterwards.`;
  if (isHard(destination))
    return `${what} will be hard deleted and cannot be taken back, neither by ${PEOPLE} ${them} nor by you: only an eDiscovery search by an administrator brings ${them} back.`;
  return `${what} will be moved to ${placeOf(destination)}${backOf(destination, them)}.`;
}

function didWord({ kind, destination }: Pick<Told, "kind" | "destination">): string {
  if (kind === "release" || destination === null) return "released";
  return isHard(destination) ? "hard deleted" : `moved to ${placeOf(destination)}`;
}

/** What came of it: "3 messages were moved to Deleted Items", "2 of 3 messages were released", "No message was hard deleted". */
export function didOf(order: Told): string {
  const { done } = order.counts;
  const total = meantOf(order);
  const did = didWord(order);
  if (done === 0) return `No message was ${did}`;
  if (done === total) return `${messages(done)} ${done === 1 ? "was" : "were"} ${did}`;
  return `${figure(done)} of ${messages(total)} ${done === 1 ? "was" : "were"} ${did}`;
}

/** What did not become of it, as sentences; [] when all is done. */
export function restOf({ counts: { failed, left } }: Pick<Told, "counts">): readonly string[] {
  return [
    ...(failed > 0 ? [`${messages(failed)} failed in at least one mailbox: below is in which, why, and what to do.`] : []),
    ...(left > 0
      ? [`${messages(left)} ${left === 1 ? "was" : "were"} left alone, for the reason beside ${left === 1 ? "it" : "each"}.`]
      : []),
  ];
}

const ASKING = { release: "Check before you release", hard: "Check before you delete", move: "Check before you move" } as const;

export function titleOf(order: Told): string {
  if (order.state !== "draft") return actOf(order);
  if (order.kind === "release") return ASKING.release;
  return isHard(order.destination) ? ASKING.hard : ASKING.move;
}
