/** Who did what and when, for people to read; also where skips, invitations and the like are remembered. Never changed. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import type { Event } from "./generated/client";
import { column, dateOf, msOf } from "./json";

export type EventRow = {
  readonly id: number;
  readonly at: number;
  readonly actor: Actor;
  readonly kind: string;
  readonly step: string | null;
  readonly detail: unknown;
};
export type NewEvent = { readonly kind: string; readonly at: number; readonly step?: string; readonly detail?: unknown };
export type EventPage = { readonly before?: number; readonly limit?: number; readonly step?: string; readonly kinds?: readonly string[] };

const actor = column<Actor>();
const detail = column<unknown>();

export const eventOf = (row: Event): EventRow => ({
  id: Number(row.id),
  at: msOf(row.at),
  actor: actor.read(row.actor),
  kind: row.kind,
  step: row.step,
  detail: detail.read(row.detail),
});

/** Signed with the actor of the scope: nobody writes in another's name. */
export async function addEvent(tx: Tx, scope: TenantScope, event: NewEvent): Promise<void> {
  const { kind, step = null } = event;
  const data = {
    tenantId: scope.tenant,
    kind,
    step,
    at: dateOf(event.at),
    actor: actor.write(scope.actor),
    detail: detail.write(event.detail ?? null),
  };
  await tx.event.create({ data });
}

/** The newest event of each step among these kinds: `skipped` and `unskipped`, say. */
export async function readLastOfEachStep(tx: Tx, scope: TenantScope, kinds: readonly string[]): Promise<readonly EventRow[]> {
  const where = { tenantId: scope.tenant, kind: { in: [...kinds] }, step: { not: null } };
  const rows = await tx.event.findMany({ where, distinct: ["step"], orderBy: [{ step: "asc" }, { id: "desc" }] });
  return rows.map(eventOf);
}

/** The newest event of each step and kind. */
export async function readLastOfEachKind(tx: Tx, scope: TenantScope, kinds: readonly string[]): Promise<readonly EventRow[]> {
  const where = { tenantId: scope.tenant, kind: { in: [...kinds] }, step: { not: null } };
  const rows = await tx.event.findMany({
    where,
    distinct: ["step", "kind"],
    orderBy: [{ step: "asc" }, { kind: "asc" }, { id: "desc" }],
  });
  return rows.map(eventOf);
}

/** Of these, the newest of each step. */
export const lastOfEachStep = (rows: readonly EventRow[]): readonly EventRow[] => [
  ...new Map([...rows].sort((a, b) => a.id - b.id).map((row) => [row.step, row])).values(),
];

/** Two who see the same at once: the second waits here and finds it told. */
async function addTurn(tx: Tx, scope: TenantScope, event: NewEvent, among: readonly string[]): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${scope.tenant}, 4))`;
  const last = (await readLastOfEachStep(tx, scope, among)).find((e) => e.step === event.step);
  if (last?.kind !== event.kind) await addEvent(tx, scope, event);
}

export const events = (db: Db) => ({
  add: (scope: TenantScope, event: NewEvent): Promise<void> => db.within(scope, (tx) => addEvent(tx, scope, event)),

  /** Unless the newest event of its step among these kinds says the same already. */
  addTurn: (scope: TenantScope, event: NewEvent, among: readonly string[]): Promise<void> =>
    db.within(scope, (tx) => addTurn(tx, scope, event, among)),

  /** Newest first; `before` is the id of the last row of the page before. */
  list: (scope: TenantScope, { before, limit = 50, step, kinds }: EventPage = {}): Promise<readonly EventRow[]> =>
    db.within(scope, async (tx) => {
      const where = {
        tenantId: scope.tenant,
        ...(before === undefined ? {} : { id: { lt: before } }),
        ...(step === undefined ? {} : { step }),
        ...(kinds === undefined ? {} : { kind: { in: [...kinds] } }),
      };
      return (await tx.event.findMany({ where, orderBy: { id: "desc" }, take: limit })).map(eventOf);
    }),

  lastOfEachStep: (scope: TenantScope, kinds: readonly string[]): Promise<readonly EventRow[]> =>
    db.within(scope, (tx) => readLastOfEachStep(tx, scope, kinds)),
});
