/** How a message stands now: its verdict, where it was delivered, and what was done with it since. */
import { isReleased } from "../history/generated";
import type { CloudflareAccount, Tenant } from "../tenant";
import type { Entry } from "./entry";
import type { Action, Move } from "./state";

export type DeliveryStatus = "delivered" | "moved" | "move_failed" | "quarantined" | "rejected";
export type Operation = "MOVE" | Action["operation"];

/** By message; the records only grow, so an index reads what is new. */
function indexed<T extends { messageId: string }>(): (records: T[], messageId: string) => T[] {
  const none: T[] = [];
  const indexes = new WeakMap<T[], { read: number; byMessage: Map<string, T[]> }>();
  return (records, messageId) => {
    const known = indexes.get(records);
    if (known?.read === records.length) return known.byMessage.get(messageId) ?? none;
    const index = known && known.read < records.length ? known : { read: 0, byMessage: new Map<string, T[]>() };
    for (const record of records.slice(index.read)) {
      const of = index.byMessage.get(record.messageId);
      if (of) of.push(record);
      else index.byMessage.set(record.messageId, [record]);
    }
    index.read = records.length;
    indexes.set(records, index);
    return index.byMessage.get(messageId) ?? none;
  };
}

const movesAbout = indexed<Move>();
const actionsAbout = indexed<Action>();

/** Oldest first. */
export const movesOf = ({ moves }: CloudflareAccount, { id }: Pick<Entry, "id">): Move[] => movesAbout(moves, id);
export const actionsOf = ({ actions }: CloudflareAccount, { id }: Pick<Entry, "id">): Action[] => actionsAbout(actions, id);

export const verdictOf = ({ verdicts }: CloudflareAccount, { id, disposition }: Entry): string => verdicts[id]?.disposition ?? disposition;

export const isDetection = (account: CloudflareAccount, entry: Entry): boolean => verdictOf(account, entry) !== "NONE";

/** Whom the vendor holds it back from. */
export function heldFrom(tenant: Tenant, { origin, recipients }: Entry): string[] {
  if (origin.kind === "mx") return origin.copies.flatMap(({ place, to }) => (place.kind === "quarantine" ? [to] : []));
  return origin.kind === "made-up" && origin.wasHeld && !isReleased(tenant, origin.number) ? recipients : [];
}

const asHeld: DeliveryStatus[] = ["quarantined"];
const asDelivered: DeliveryStatus[] = ["delivered"];

/** What became of it on its way in. */
function delivered(tenant: Tenant, entry: Entry): DeliveryStatus[] {
  const { origin } = entry;
  const isHeld = heldFrom(tenant, entry).length > 0;
  if (origin.kind !== "mx") return isHeld ? asHeld : asDelivered;
  const others = origin.copies.flatMap(({ place }): DeliveryStatus[] =>
    place.kind === "quarantine" ? [] : [place.kind === "refused" ? "rejected" : "delivered"],
  );
  return [...new Set([...others, ...(isHeld ? asHeld : [])])];
}

export type Standing = { statuses: DeliveryStatus[]; isQuarantined: boolean; operations: Operation[] };

/** As the index shows it now: it follows what was done only after the account's `indexMs`. */
export function standingOf(tenant: Tenant, entry: Entry, now: number): Standing {
  const { cloudflare: account } = tenant;
  const isShown = ({ at }: { at: number }) => at + account.traits.indexMs <= now;
  const [allMoves, allDone] = [movesOf(account, entry), actionsOf(account, entry)];
  const isQuarantined = heldFrom(tenant, entry).length > 0;
  if (allMoves.length === 0 && allDone.length === 0) return { statuses: delivered(tenant, entry), isQuarantined, operations: [] };
  const [moves, done] = [allMoves.filter(isShown), allDone.filter(isShown)];
  const last = new Map(moves.map((move) => [move.recipient, move.success]));
  const moved: DeliveryStatus[] = [
    ...([...last.values()].includes(true) ? ["moved" as const] : []),
    ...([...last.values()].includes(false) ? ["move_failed" as const] : []),
  ];
  const operations = new Set<Operation>([...(moves.length > 0 ? ["MOVE" as const] : []), ...done.map(({ operation }) => operation)]);
  return {
    statuses: [...delivered(tenant, entry), ...moved],
    isQuarantined: heldFrom(tenant, entry).length > 0,
    operations: [...operations],
  };
}
