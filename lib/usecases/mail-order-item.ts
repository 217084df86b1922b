/** A message found at the vendor, as a line of an order. */
import type { FoundMessage } from "@/lib/model/found-message";
import type { ItemReason } from "@/lib/model/item-reasons";
import { aboutOf } from "@/lib/model/mail-order";
import type { NewItem } from "@/lib/store/mail-item-rows";

/** Not in any mailbox yet, or ever. */
const AWAY = ["rejected", "bounced", "quarantined", "deferred", "queued"];
export const isAway = ({ isQuarantined, deliveryStatus: said }: FoundMessage): boolean =>
  isQuarantined || (said.length > 0 && said.every((status) => AWAY.includes(status)));

export const itemOf = (row: FoundMessage, destination: NewItem["destination"], reason: ItemReason | null): NewItem => ({
  ...{ message: row.id, destination, at: row.at, about: aboutOf(row), reason, state: reason === null ? "waiting" : "left" },
});
