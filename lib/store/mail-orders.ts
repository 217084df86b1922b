/** Orders about mail: drafted with their messages, agreed to with their job and event, moved on by whoever holds the newest version. */
import type { Problem } from "@/lib/base/result";
import { isFolder } from "@/lib/model/destinations";
import { rowOfVerdict, VERDICTS } from "@/lib/model/found-message";
import type { ItemReason } from "@/lib/model/item-reasons";
import { type MailOrder, OPEN_STATES, type OrderKind, type OrderState, type Reached, type Table } from "@/lib/model/mail-order";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { addEvent, type NewEvent } from "./events";
import { Prisma, type MailOrder as Stored } from "./generated/client";
import { enqueueIn, type Job } from "./jobs";
import { column, dateOf, isUuid, msOf } from "./json";
import { addItems, type NewItem } from "./mail-item-rows";
import { leaveItems, rerouteItems } from "./mail-item-turns";
import { systemReach } from "./reach";

const STATES = ["draft", ...OPEN_STATES, "stopped", "done", "cancelled"] as const;
const KINDS = ["retract", "release", "auto"] as const;
const FEW = 100;
/** Clocks of two machines differ by less. */
const APART_MS = 60_000;

export type NewOrder = {
  readonly kind: Exclude<OrderKind, "auto">;
  readonly destination: MailOrder["destination"];
  readonly items: readonly NewItem[];
  readonly at: number;
};
export type Agreed = { readonly at: number; readonly reason: string; readonly job: Job; readonly event: NewEvent };
/** `items`: what is there already and is left alone. */
export type TurnOn = {
  readonly table: Table;
  /** null: goes on from where it is, as since it was turned on. */
  readonly reached: Reached | null;
  readonly items: readonly NewItem[];
  readonly at: number;
  readonly event: NewEvent;
  readonly job: (id: string) => Job;
};
export type OrderMove = {
  readonly state: OrderState;
  readonly at: number;
  /** Left out: what was said last still stands. */
  readonly problem?: Problem | null;
  readonly retryAt?: number | null;
  readonly tries?: number;
};
export type DueOrder = Pick<MailOrder, "id" | "state" | "updatedAt" | "retryAt"> & { readonly tenant: string };

const actor = column<Actor>();
const problem = column<Problem>();
const table = column<Table>();
const reached = column<Reached>();

const known = <T extends string>(all: readonly T[], text: string): T => {
  const found = all.find((one) => one === text);
  if (!found) throw new Error(`An order has the unknown word ${text}.`);
  return found;
};

const rowOf = (row: Stored): MailOrder => ({
  id: row.id,
  kind: known(KINDS, row.kind),
  state: known(STATES, row.state),
  destination: isFolder(row.destination) ? row.destination : null,
  reason: row.reason,
  by: actor.read(row.by),
  madeAt: msOf(row.madeAt),
  agreedBy: row.agreedBy === null ? null : actor.read(row.agreedBy),
  agreedAt: row.agreedAt && msOf(row.agreedAt),
  updatedAt: msOf(row.updatedAt),
  finishedAt: row.finishedAt && msOf(row.finishedAt),
  retryAt: row.retryAt && msOf(row.retryAt),
  problem: row.problem === null ? null : problem.read(row.problem),
  tries: row.tries,
  version: row.version,
  table: row.table === null ? null : table.read(row.table),
  reached: row.reached === null ? null : reached.read(row.reached),
});

/** What anybody's agreement sets, and a new beginning with it. */
const begun = (scope: TenantScope, at: number) => ({
  ...{ state: "queued", agreedBy: actor.write(scope.actor), agreedAt: dateOf(at), updatedAt: dateOf(at) },
  ...{ finishedAt: null, retryAt: null, problem: Prisma.DbNull, tries: 0, version: { increment: 1 } },
});

async function draft(tx: Tx, scope: TenantScope, { kind, destination, items, at }: NewOrder): Promise<string> {
  const when = { madeAt: dateOf(at), updatedAt: dateOf(at) };
  const data = { tenantId: scope.tenant, kind, destination, state: "draft", by: actor.write(scope.actor), ...when };
  const { id } = await tx.mailOrder.create({ data });
  await addItems(tx, scope, id, items);
  return id;
}

async function agree(tx: Tx, scope: TenantScope, id: string, { at, reason, job, event }: Agreed): Promise<boolean> {
  const where = { id, tenantId: scope.tenant, state: "draft" };
  const done = await tx.mailOrder.updateMany({ where, data: { ...begun(scope, at), reason } });
  if (done.count === 0) return false;
  await addEvent(tx, scope, event);
  await enqueueIn(tx, job);
  return true;
}

async function move(tx: Tx, scope: TenantScope, id: string, from: readonly OrderState[], to: OrderMove): Promise<boolean> {
  const { state, at, problem: why, retryAt = null, tries } = to;
  const isEnd = state === "done" || state === "cancelled";
  const done = await tx.mailOrder.updateMany({
    where: { id, tenantId: scope.tenant, state: { in: [...from] } },
    data: {
      state,
      version: { increment: 1 },
      updatedAt: dateOf(at),
      finishedAt: isEnd ? dateOf(at) : null,
      retryAt: retryAt === null ? null : dateOf(retryAt),
      ...(why === undefined ? {} : { problem: why === null ? Prisma.DbNull : problem.write(why) }),
      ...(tries === undefined ? {} : { tries }),
    },
  });
  return done.count > 0;
}

const [OFF, OTHER_TABLE]: readonly [ItemReason, ItemReason] = ["off", "table"];

function reroute(tx: Tx, scope: TenantScope, order: Pick<MailOrder, "id">, to: Table): Promise<void> {
  const rows = VERDICTS.flatMap((verdict) => {
    const row = rowOfVerdict(verdict);
    return row === null ? [] : [{ verdict, folder: to[row] }];
  });
  return rerouteItems(tx, scope, order, rows, OTHER_TABLE);
}

async function turnOn(tx: Tx, scope: TenantScope, order: TurnOn): Promise<string> {
  const { at, items, event, job } = order;
  const when = { madeAt: dateOf(at), updatedAt: dateOf(at) };
  const mine = { tenantId: scope.tenant, kind: "auto" };
  // Skips where the tenant has one, by an index: two who turn it on at once have one.
  await tx.mailOrder.createMany({ data: [{ ...mine, state: "draft", by: actor.write(scope.actor), ...when }], skipDuplicates: true });
  const { agreedAt, ...rest } = begun(scope, at);
  const place = order.reached === null ? {} : { reached: reached.write(order.reached), agreedAt };
  const data = { ...rest, table: table.write(order.table), ...place };
  const [held] = await tx.mailOrder.updateManyAndReturn({ where: mine, data });
  if (!held) throw new Error("The standing order is gone.");
  // What is left of a stretch before nobody wants any more; what waits while it is on goes by the table that is agreed to now.
  await (order.reached === null ? reroute(tx, scope, held, order.table) : leaveItems(tx, scope, held, OFF));
  await addItems(tx, scope, held.id, items);
  await addEvent(tx, scope, event);
  await enqueueIn(tx, job(held.id));
  return held.id;
}

type Taken = { readonly items: readonly NewItem[]; readonly reached: Reached; readonly at: number };

async function take(tx: Tx, scope: TenantScope, order: MailOrder, { items, reached: place, at }: Taken): Promise<MailOrder | null> {
  const where = { id: order.id, tenantId: scope.tenant, version: order.version, state: "running" };
  const data = { version: order.version + 1, reached: reached.write(place), updatedAt: dateOf(at) };
  const [held] = await tx.mailOrder.updateManyAndReturn({ where, data });
  if (!held) return null;
  await addItems(tx, scope, order.id, items);
  return rowOf(held);
}

export const mailOrders = (db: Db) => ({
  /** Nothing is done until somebody agrees. @returns its id. */
  draft: (scope: TenantScope, order: NewOrder): Promise<string> => db.within(scope, (tx) => draft(tx, scope, order)),

  find: (scope: TenantScope, id: string): Promise<MailOrder | null> =>
    db.within(scope, async (tx) => {
      const row = isUuid(id) ? await tx.mailOrder.findFirst({ where: { id, tenantId: scope.tenant } }) : null;
      return row && rowOf(row);
    }),

  /** What people agreed to, newest first; the standing order is not among them. */
  list: (scope: TenantScope): Promise<readonly MailOrder[]> =>
    db.within(scope, async (tx) => {
      const where = { tenantId: scope.tenant, kind: { not: "auto" }, state: { not: "draft" } };
      const rows = await tx.mailOrder.findMany({ where, orderBy: [{ madeAt: "desc" }, { id: "desc" }], take: FEW });
      return rows.map(rowOf);
    }),

  /** Made when it is turned on for the first time. */
  standing: (scope: TenantScope): Promise<MailOrder | null> =>
    db.within(scope, async (tx) => {
      const row = await tx.mailOrder.findFirst({ where: { tenantId: scope.tenant, kind: "auto" } });
      return row && rowOf(row);
    }),

  /** @returns false when it is no draft any more. */
  agree: (scope: TenantScope, id: string, agreed: Agreed): Promise<boolean> =>
    db.within(scope, async (tx) => isUuid(id) && agree(tx, scope, id, agreed)),

  /** @returns false when it is in none of the states it may be moved from. */
  move: (scope: TenantScope, id: string, from: readonly OrderState[], to: OrderMove, job?: Job): Promise<boolean> =>
    db.within(scope, async (tx) => {
      const isMoved = isUuid(id) && (await move(tx, scope, id, from, to));
      if (isMoved && job) await enqueueIn(tx, job);
      return isMoved;
    }),

  /** Makes the standing order, or takes it up again: its messages stay, so that none is ever taken up twice. @returns its id. */
  turnOn: (scope: TenantScope, order: TurnOn): Promise<string> => db.within(scope, (tx) => turnOn(tx, scope, order)),

  /** A page of detections, and how far that brings the look: all of it or, when somebody else was there first or it was turned off, nothing. */
  take: (scope: TenantScope, order: MailOrder, part: Taken): Promise<MailOrder | null> =>
    db.within(scope, (tx) => take(tx, scope, order, part)),

  /** For jobs, across tenants: waiting ones whose time has come by our clock, or was set before it was set back, and those that a crash may have left. */
  due: (job: Actor, now: number): Promise<readonly DueOrder[]> =>
    db.within(systemReach(job), async (tx) => {
      const [isTime, isSetBack] = [{ retryAt: { lte: dateOf(now) } }, { updatedAt: { gt: dateOf(now + APART_MS) } }];
      const late = { OR: [{ state: { in: ["queued", "running"] } }, { state: "waiting", OR: [isTime, isSetBack] }] };
      const select = { id: true, tenantId: true, state: true, updatedAt: true, retryAt: true };
      const rows = await tx.mailOrder.findMany({ where: late, orderBy: { updatedAt: "asc" }, take: 200, select });
      return rows.map(({ id, tenantId, state, updatedAt, retryAt }) => ({
        ...{ id, tenant: tenantId, state: known(STATES, state), updatedAt: msOf(updatedAt), retryAt: retryAt && msOf(retryAt) },
      }));
    }),

  /** For jobs, across tenants: drafts that nobody agreed to. */
  oldDrafts: (job: Actor, before: number): Promise<readonly { readonly id: string; readonly tenant: string }[]> =>
    db.within(systemReach(job), async (tx) => {
      const where = { state: "draft", kind: { not: "auto" }, madeAt: { lt: dateOf(before) } };
      const rows = await tx.mailOrder.findMany({ where, take: FEW, select: { id: true, tenantId: true } });
      return rows.map(({ id, tenantId }) => ({ id, tenant: tenantId }));
    }),

  /** With its messages: they hold subjects and addresses, and nobody agreed to anything. */
  discard: (scope: TenantScope, id: string): Promise<void> =>
    db.within(scope, async (tx) => {
      await tx.mailOrder.deleteMany({ where: { id, tenantId: scope.tenant, state: "draft", kind: { not: "auto" } } });
    }),
});
