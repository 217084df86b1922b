/** The messages of an order: their turns, how many there are and what is due, page by page, and which are known already. */
import { isStorable } from "@/lib/base/storable";
import { type ItemCounts, type ItemState, type MailItem, NO_ITEMS } from "@/lib/model/mail-order";
import type { TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { dateOf, msOf } from "./json";
import { itemsOf, type Of, rowOf, stateOf } from "./mail-item-rows";
import { type Claim, claim, leaveItems, type Settled, settle } from "./mail-item-turns";

type ItemPage = { readonly state?: ItemState | undefined; readonly after?: string | undefined; readonly most: number };
/** When the first that failed is tried again, and when the first without an answer was asked about. Times in ms since 1970. */
type NextDue = { readonly retryAt: number | null; readonly askedAt: number | null };
/** With counts. */
type Outlook = NextDue & { readonly counts: ItemCounts };

/** Of several orders at once. */
async function counted(tx: Tx, scope: TenantScope, orders: readonly string[]): Promise<ReadonlyMap<string, ItemCounts>> {
  const where = { tenantId: scope.tenant, orderId: { in: [...orders] } };
  const groups = await tx.mailItem.groupBy({ by: ["orderId", "state"], where, _count: true });
  const of = (id: string) => groups.filter((group) => group.orderId === id).map((group) => [stateOf(group.state), group._count] as const);
  return new Map(orders.map((id) => [id, { ...NO_ITEMS, ...Object.fromEntries(of(id)) }]));
}

/** Reads only what is due: a standing order holds millions of messages that are settled. */
async function nextDue(tx: Tx, scope: TenantScope, order: Of): Promise<NextDue> {
  const own = itemsOf(scope, order);
  const failed = await tx.mailItem.findFirst({
    ...{ where: { ...own, state: "failed", retryAt: { not: null } }, orderBy: { retryAt: "asc" }, select: { retryAt: true } },
  });
  const { _min: asked } = await tx.mailItem.aggregate({ where: { ...own, state: "asked" }, _min: { askedAt: true } });
  return { retryAt: failed?.retryAt ? msOf(failed.retryAt) : null, askedAt: asked.askedAt && msOf(asked.askedAt) };
}

async function outlook(tx: Tx, scope: TenantScope, order: Of): Promise<Outlook> {
  const counts = (await counted(tx, scope, [order.id])).get(order.id) ?? NO_ITEMS;
  return { counts, ...(await nextDue(tx, scope, order)) };
}

/** The place of an item in the list: newest first, and by its id. */
export const placeOf = ({ at, message }: Pick<MailItem, "at" | "message">): string => `${at}.${message}`;
/** The years 1 to 9999, which every side can write. */
const isMoment = (at: number): boolean => Number.isSafeInteger(at) && at >= -62_135_596_800_000 && at <= 253_402_300_799_999;
function afterPlace(place: string) {
  const dot = place.indexOf(".");
  const [at, message] = [Number(place.slice(0, dot)), place.slice(dot + 1)];
  // What no page of ours gave is the first page.
  if (dot < 1 || !isMoment(at) || !isStorable(message)) return {};
  return { OR: [{ at: { lt: dateOf(at) } }, { at: dateOf(at), message: { lt: message } }] };
}

export const mailItems = (db: Db) => ({
  /** Waiting ones of one destination, oldest first; committed when it resolves. */
  claim: (scope: TenantScope, order: Of, how: Claim): Promise<readonly MailItem[]> =>
    db.within(scope, (tx) => claim(tx, scope, order, how)),

  /** Intents without an answer that are older than `before`. */
  asked: (
    scope: TenantScope,
    order: Of,
    { most, before }: { readonly most: number; readonly before: number },
  ): Promise<readonly MailItem[]> =>
    db.within(scope, async (tx) => {
      const where = { ...itemsOf(scope, order), state: "asked", askedAt: { lte: dateOf(before) } };
      return (await tx.mailItem.findMany({ where, orderBy: [{ at: "asc" }, { message: "asc" }], take: most })).map(rowOf);
    }),

  settle: (scope: TenantScope, order: Of, results: readonly Settled[], at: number): Promise<void> =>
    db.within(scope, async (tx) => {
      if (results.length > 0) await settle(tx, scope, order, results, at);
    }),

  /** Failed ones wait again: those whose time has come, or `all` that are not for good, which then have all their tries before them. @returns how many. */
  again: (
    scope: TenantScope,
    order: Of,
    { at, all, never }: { readonly at: number; readonly all: boolean; readonly never: readonly string[] },
  ): Promise<number> =>
    db.within(scope, async (tx) => {
      const mayAgain = { OR: [{ reason: null }, { reason: { notIn: [...never] } }] };
      const when = all ? mayAgain : { retryAt: { lte: dateOf(at) } };
      const data = { state: "waiting", retryAt: null, reason: null, ...(all ? { tries: 0 } : {}) };
      return (await tx.mailItem.updateMany({ where: { ...itemsOf(scope, order), state: "failed", ...when }, data })).count;
    }),

  /** What still waits, or would be tried again, is left with this reason: nobody does it any more. */
  leave: (scope: TenantScope, order: Of, reason: string): Promise<void> => db.within(scope, (tx) => leaveItems(tx, scope, order, reason)),

  counts: (scope: TenantScope, orders: readonly string[]): Promise<ReadonlyMap<string, ItemCounts>> =>
    db.within(scope, (tx) => counted(tx, scope, orders)),

  nextDue: (scope: TenantScope, order: Of): Promise<NextDue> => db.within(scope, (tx) => nextDue(tx, scope, order)),

  outlook: (scope: TenantScope, order: Of): Promise<Outlook> => db.within(scope, (tx) => outlook(tx, scope, order)),

  /** Newest first; `after` is the place of the last row of the page before. */
  page: (scope: TenantScope, order: Of, { state, after, most }: ItemPage): Promise<readonly MailItem[]> =>
    db.within(scope, async (tx) => {
      const where = { ...itemsOf(scope, order), ...(state ? { state } : {}), ...(after ? afterPlace(after) : {}) };
      return (await tx.mailItem.findMany({ where, orderBy: [{ at: "desc" }, { message: "desc" }], take: most })).map(rowOf);
    }),

  /** Of these messages, those that any order of ours asked the vendor to move or release. */
  known: (scope: TenantScope, messages: readonly string[]): Promise<ReadonlySet<string>> =>
    db.within(scope, async (tx) => {
      const where = { tenantId: scope.tenant, message: { in: [...messages] }, askedAt: { not: null } };
      return new Set((await tx.mailItem.findMany({ where, select: { message: true } })).map(({ message }) => message));
    }),

  /** Of these messages, those that this order has. */
  held: (scope: TenantScope, order: Of, messages: readonly string[]): Promise<ReadonlySet<string>> =>
    db.within(scope, async (tx) => {
      const where = { ...itemsOf(scope, order), message: { in: [...messages] } };
      return new Set((await tx.mailItem.findMany({ where, select: { message: true } })).map(({ message }) => message));
    }),

  /** Forgets what was settled of messages older than this; not of those whose time the vendor does not say, which stand at 0 and may come again. */
  prune: (scope: TenantScope, order: Of, before: number): Promise<number> =>
    db.within(scope, async (tx) => {
      const where = {
        ...itemsOf(scope, order),
        state: { in: ["done", "failed", "left"] },
        retryAt: null,
        at: { gt: dateOf(0), lt: dateOf(before) },
      };
      return (await tx.mailItem.deleteMany({ where })).count;
    }),
});
