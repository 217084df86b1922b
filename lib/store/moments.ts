/** Stretches of time in which an answer stayed the same; the newest of a name is its last reading. */
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db, Tx } from "./client";
import { type Moment, Prisma } from "./generated/client";
import { column, dateOf, msOf } from "./json";

export type MomentSource = "asked" | "upload";
export type MomentRow = {
  readonly name: string;
  readonly raw: unknown;
  readonly said: string;
  /** ms since 1970: first and last time this answer was seen. */
  readonly first: number;
  readonly last: number;
  readonly source: MomentSource;
  readonly by: Actor | null;
};
export type MomentsByName = ReadonlyMap<string, readonly MomentRow[]>;
export type Answered = {
  readonly name: string;
  readonly raw: unknown;
  readonly said: string;
  readonly at: number;
  /** Whether the answers before it are kept as well. */
  readonly isRemembered: boolean;
};

const raw = column<unknown>();
const by = column<Actor>();

const rowOf = (row: Moment): MomentRow => ({
  name: row.name,
  raw: raw.read(row.raw),
  said: row.said,
  first: msOf(row.first),
  last: msOf(row.last),
  source: row.source === "upload" ? "upload" : "asked",
  by: row.by === null ? null : by.read(row.by),
});

function byName(rows: readonly MomentRow[]): MomentsByName {
  const grouped = new Map<string, MomentRow[]>();
  for (const row of rows) {
    const held = grouped.get(row.name);
    if (held) held.push(row);
    else grouped.set(row.name, [row]);
  }
  return grouped;
}

/** The last reading of every name, or of these. */
export async function readLatest(tx: Tx, scope: TenantScope, names?: readonly string[]): Promise<ReadonlyMap<string, MomentRow>> {
  const only = names === undefined ? {} : { name: { in: [...names] } };
  const rows = await tx.moment.findMany({
    where: { tenantId: scope.tenant, ...only },
    distinct: ["name"],
    orderBy: [{ name: "asc" }, { first: "desc" }],
  });
  return new Map(rows.map((row) => [row.name, rowOf(row)]));
}

/**
 * Stretches by name, oldest first: those that reach past `since`, and of every name the last one at least.
 * A stretch is closed by the next one, so a reading in between that failed leaves no gap.
 */
export async function readStretches(tx: Tx, scope: TenantScope, since = 0): Promise<MomentsByName> {
  const rows = await tx.moment.findMany({
    where: { tenantId: scope.tenant, last: { gte: dateOf(since) } },
    orderBy: [{ name: "asc" }, { first: "asc" }],
  });
  const recent = byName(rows.map(rowOf));
  if (since === 0) return recent;
  const latest = await readLatest(tx, scope);
  return new Map([...latest].map(([name, row]) => [name, recent.get(name) ?? [row]]));
}

/**
 * One statement for a whole wave: an answer that says the same lengthens its stretch; another begins a new one, or takes the place of the
 * last where nobody asks for what was before: lists of ten thousand people are read at every look.
 */
async function remember(tx: Tx, scope: TenantScope, answers: readonly Answered[], source: MomentSource): Promise<void> {
  if (answers.length === 0) return;
  const told = answers.map((a) => ({
    name: a.name,
    raw: raw.write(a.raw),
    said: a.said,
    at: dateOf(a.at).toISOString(),
    kept: a.isRemembered,
  }));
  const author = source === "upload" ? JSON.stringify(by.write(scope.actor)) : null;
  // Two readings at once would each begin the same stretch.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${scope.tenant}, 1))`;
  await tx.$executeRaw(Prisma.sql`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS t(name text, raw jsonb, said text, at timestamptz, kept boolean)
    ), latest AS (
      SELECT DISTINCT ON (m.name) m.id, m.name, m.said FROM moment m JOIN told ON told.name = m.name
      WHERE m.tenant_id = ${scope.tenant}::uuid ORDER BY m.name, m.first DESC, m.id DESC
    ), lengthened AS (
      UPDATE moment m SET last = greatest(m.last, told.at), raw = told.raw, said = told.said,
        first = CASE WHEN latest.said = told.said THEN m.first ELSE told.at END
      FROM told JOIN latest ON latest.name = told.name AND (latest.said = told.said OR NOT told.kept)
      WHERE m.id = latest.id AND m.source = ${source} RETURNING m.name
    )
    INSERT INTO moment (tenant_id, name, raw, said, first, last, source, by)
    SELECT ${scope.tenant}::uuid, told.name, told.raw, told.said, told.at, told.at, ${source}, ${author}::jsonb
    FROM told WHERE told.name NOT IN (SELECT name FROM lengthened)`);
}

export const moments = (db: Db) => ({
  remember: (scope: TenantScope, answers: readonly Answered[], source: MomentSource = "asked"): Promise<void> =>
    db.within(scope, (tx) => remember(tx, scope, answers, source)),
  latest: (scope: TenantScope, names?: readonly string[]): Promise<ReadonlyMap<string, MomentRow>> =>
    db.within(scope, (tx) => readLatest(tx, scope, names)),
  stretches: (scope: TenantScope, since = 0): Promise<MomentsByName> => db.within(scope, (tx) => readStretches(tx, scope, since)),
});
