/** Support's queue: every tenant, what its last runs came to and what it waits for; searched, sorted, paged by key. */
import type { Actor } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { type EventRow, eventOf } from "./events";
import { Prisma, type Tenant } from "./generated/client";
import { doneKinds, skipKinds } from "./pages";
import { staffReach } from "./reach";
import { type RunRow, runOf } from "./runs";
import { type TenantRow, tenantOf } from "./tenants";
import { type WatchRow, watchOf } from "./watches";

/** `needs`: stopped first, then those that wait for a person, for a time, for us; the longest waiting first. */
export type QueueSort = "needs" | "name" | "activity";
export type QueueAsk = { readonly search?: string; readonly sort?: QueueSort; readonly after?: QueueCursor; readonly limit?: number };
/** The last row of a page, as the sort sees it. */
export type QueueCursor = { readonly key: string; readonly id: string };
export type QueueRow = {
  readonly tenant: TenantRow;
  /** The newest run of each step. */
  readonly lastRuns: readonly RunRow[];
  readonly watches: readonly WatchRow[];
  readonly skips: readonly EventRow[];
  /** The newest `step-done` or `step-undone` of each step. */
  readonly dones: readonly EventRow[];
  readonly lastEvent: EventRow | null;
  /** Steps somebody chose settings for. */
  readonly touched: readonly string[];
  /** What they chose in the step that says what the setup is about. */
  readonly chosen: unknown;
};
export type QueuePage = { readonly rows: readonly QueueRow[] /** null on the last page. */; readonly next: QueueCursor | null };

/** Each sort as one rising key; `kind` is its type, for comparing with the cursor. */
const sorts: Readonly<Record<QueueSort, { readonly key: Prisma.Sql; readonly kind: Prisma.Sql }>> = {
  name: { key: Prisma.sql`lower(name)`, kind: Prisma.sql`text` },
  activity: { key: Prisma.sql`-extract(epoch FROM active_at)`, kind: Prisma.sql`numeric` },
  needs: { key: Prisma.sql`rank * 1e11 + extract(epoch FROM since)`, kind: Prisma.sql`numeric` },
};

/** Domains, product and person for DNS stand here; other settings may name thousands of people, whom nobody looks for in a queue. */
const ABOUT = "choose-domains";

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

const matching = (search: string): Prisma.Sql =>
  search === ""
    ? Prisma.sql`true`
    : Prisma.sql`(t.name ILIKE ${contains(search)} OR t.id::text = lower(${search})
        OR EXISTS (SELECT FROM settings s WHERE s.tenant_id = t.id AND s.step = ${ABOUT} AND s.value::text ILIKE ${contains(search)}))`;

type Found = Tenant & { readonly key: string };

function find(tx: Tx, { search = "", sort = "needs", after, limit = 25 }: QueueAsk): Promise<Found[]> {
  const { key, kind } = sorts[sort];
  const further = after ? Prisma.sql`(${key}, id) > (${after.key}::${kind}, ${after.id}::uuid)` : Prisma.sql`true`;
  return tx.$queryRaw<Found[]>(Prisma.sql`
    WITH standing AS (
      SELECT t.*, coalesce(e.at, t.created_at) AS active_at, coalesce(r.updated_at, t.created_at) AS since,
        CASE r.state WHEN 'stopped' THEN 0 WHEN 'needs-you' THEN 1 WHEN 'waiting' THEN 2 WHEN 'running' THEN 3 WHEN 'queued' THEN 3 ELSE 4 END AS rank
      FROM tenant t
      LEFT JOIN LATERAL (
        SELECT state, updated_at FROM (SELECT DISTINCT ON (step) * FROM run WHERE tenant_id = t.id ORDER BY step, started_at DESC) newest
        WHERE state NOT IN ('done', 'cancelled') AND 'skipped' IS DISTINCT FROM (
            SELECT kind FROM event WHERE tenant_id = t.id AND step = newest.step AND kind IN ('skipped', 'unskipped') ORDER BY id DESC LIMIT 1)
          AND NOT (state = 'stopped' AND coalesce((
            SELECT kind = 'step-done' AND at >= newest.updated_at FROM event
            WHERE tenant_id = t.id AND step = newest.step AND kind IN ('step-done', 'step-undone') ORDER BY id DESC LIMIT 1), false))
        ORDER BY array_position(ARRAY['stopped', 'needs-you', 'waiting'], state), updated_at LIMIT 1
      ) r ON true
      LEFT JOIN LATERAL (SELECT at FROM event WHERE tenant_id = t.id ORDER BY id DESC LIMIT 1) e ON true
      WHERE ${matching(search.trim())}
    )
    SELECT id, name, profile, access, consented_at AS "consentedAt", created_at AS "createdAt", last_seen_at AS "lastSeenAt", (${key})::text AS key
    FROM standing WHERE ${further} ORDER BY ${key}, id LIMIT ${limit + 1}`);
}

/** The first of each tenant and step: the newest, in rows that come newest first. */
const firstOfEach = <T extends { readonly tenantId: string; readonly step: string | null }>(rows: readonly T[]): readonly T[] => [
  ...new Map(rows.toReversed().map((row) => [`${row.tenantId}/${row.step}`, row])).values(),
];

/** What the rows show, for all of them at once. */
async function facts(tx: Tx, ids: readonly string[]) {
  const tenantId = { in: [...ids] };
  const newest = { id: "desc" } as const;
  const [runs, watches, marks, lastEvents, settings, abouts] = await Promise.all([
    tx.run.findMany({
      where: { tenantId },
      distinct: ["tenantId", "step"],
      orderBy: [{ tenantId: "asc" }, { step: "asc" }, { startedAt: "desc" }],
    }),
    tx.watch.findMany({ where: { tenantId }, orderBy: { dueAt: "asc" } }),
    tx.event.findMany({
      where: { tenantId, kind: { in: [...skipKinds, ...doneKinds] } },
      orderBy: [{ tenantId: "asc" }, newest],
    }),
    tx.event.findMany({ where: { tenantId }, distinct: ["tenantId"], orderBy: [{ tenantId: "asc" }, newest] }),
    tx.settings.findMany({ where: { tenantId }, select: { tenantId: true, step: true } }),
    tx.settings.findMany({ where: { tenantId, step: ABOUT }, select: { tenantId: true, value: true } }),
  ]);
  const newestOf = (kinds: readonly string[]) => firstOfEach(marks.filter((m) => kinds.includes(m.kind)));
  return { runs, watches, skips: newestOf(skipKinds), dones: newestOf(doneKinds), lastEvents, settings, abouts };
}

const of = <T extends { readonly tenantId: string }>(rows: readonly T[], id: string): readonly T[] =>
  rows.filter((row) => row.tenantId === id);

async function list(tx: Tx, ask: QueueAsk): Promise<QueuePage> {
  const found = await find(tx, ask);
  const shown = found.slice(0, ask.limit ?? 25);
  const known = await facts(
    tx,
    shown.map((tenant) => tenant.id),
  );
  const rows = shown.map((tenant): QueueRow => {
    const [last] = of(known.lastEvents, tenant.id);
    return {
      tenant: tenantOf(tenant),
      lastRuns: of(known.runs, tenant.id).map(runOf),
      watches: of(known.watches, tenant.id).map(watchOf),
      skips: of(known.skips, tenant.id).map(eventOf),
      dones: of(known.dones, tenant.id).map(eventOf),
      lastEvent: last ? eventOf(last) : null,
      touched: of(known.settings, tenant.id).map((row) => row.step),
      chosen: of(known.abouts, tenant.id)[0]?.value ?? {},
    };
  });
  const end = shown.at(-1);
  return { rows, next: found.length > shown.length && end ? { key: end.key, id: end.id } : null };
}

export const queue = (db: Db) => ({
  list: (staff: Actor, ask: QueueAsk = {}): Promise<QueuePage> => db.within(staffReach(staff), (tx) => list(tx, ask)),
});
