/** The groups of a report on message trace: added to with every page, read in the order of their size, and all of them for a file. */
import type { TenantScope } from "@/lib/model/scope";
import { crowdOf, type Group, merged } from "@/lib/model/trace-groups";
import { REASONS, type Reason } from "@/lib/model/trace-reasons";
import type { Db, Tx } from "./client";
import { column, isUuid } from "./json";

const body = column<Group>();

/**
 * The most groups that a report tells apart for one reason. Up to here every number is exact and no order of pages matters; what comes
 * beyond is counted in one group of its reason, so the sums stay right and a report's size has an end.
 */
export const MOST_GROUPS = 5_000;
const AT_ONCE = 1_000;

type Reported = { readonly scope: TenantScope; readonly report: string };

async function readKnown(tx: Tx, { report }: Reported, keys: readonly string[]): Promise<Map<string, Group>> {
  const known = new Map<string, Group>();
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const rows = await tx.traceGroup.findMany({ where: { reportId: report, key: { in: keys.slice(at, at + AT_ONCE) } } });
    for (const row of rows) known.set(row.key, body.read(row.body));
  }
  return known;
}

async function write(tx: Tx, { scope, report }: Reported, groups: readonly Group[]): Promise<void> {
  for (let at = 0; at < groups.length; at += AT_ONCE) {
    const rows = groups.slice(at, at + AT_ONCE).map((g) => ({ key: g.key, reason: g.reason, count: g.count, body: body.write(g) }));
    await tx.$executeRaw`
      INSERT INTO trace_group (tenant_id, report_id, key, reason, count, body)
      SELECT ${scope.tenant}::uuid, ${report}::uuid, g.key, g.reason, g.count, g.body
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS g(key text, reason text, count int, body jsonb)
      ON CONFLICT (report_id, key) DO UPDATE SET count = excluded.count, body = excluded.body`;
  }
}

/** What is new goes into its reason's crowd when there are enough. */
function fitted(fresh: ReadonlyMap<string, Group>, known: ReadonlySet<string>, sizes: Readonly<Partial<Record<Reason, number>>>) {
  const left = new Map(REASONS.map((reason) => [reason, MOST_GROUPS - (sizes[reason] ?? 0)]));
  const fits = new Map<string, Group>();
  for (const group of fresh.values()) {
    const room = left.get(group.reason) ?? 0;
    const isNew = !known.has(group.key);
    if (isNew && room > 0) left.set(group.reason, room - 1);
    const target = isNew && room <= 0 ? crowdOf(group) : group;
    const held = fits.get(target.key);
    fits.set(target.key, held ? merged(held, target) : target);
  }
  return { fits, sizes: Object.fromEntries([...left].map(([reason, room]) => [reason, MOST_GROUPS - room])) };
}

/** In the transaction that moves the report on. @returns how many groups of each reason there are now. */
export async function addGroups(
  tx: Tx,
  at: Reported,
  fresh: ReadonlyMap<string, Group>,
  before: Readonly<Partial<Record<Reason, number>>>,
): Promise<Readonly<Record<string, number>>> {
  const asked = await readKnown(tx, at, [...fresh.keys()]);
  const { fits, sizes } = fitted(fresh, new Set(asked.keys()), before);
  const crowds = await readKnown(
    tx,
    at,
    [...fits.keys()].filter((key) => !fresh.has(key)),
  );
  const held = new Map([...asked, ...crowds]);
  const whole = [...fits].map(([key, group]) => {
    const old = held.get(key);
    return old ? merged(old, group) : group;
  });
  await write(tx, at, whole);
  return sizes;
}

export type ReasonSum = { readonly reason: Reason; readonly count: number; readonly groups: number };

const reasonOf = (text: string): Reason => REASONS.find((reason) => reason === text) ?? "stranger";

export const traceGroups = (db: Db) => ({
  /** The largest of every reason, and what they come to. */
  largest: (
    scope: TenantScope,
    report: string,
    each: number,
  ): Promise<{ readonly sums: readonly ReasonSum[]; readonly groups: readonly Group[] }> =>
    db.within(scope, async (tx) => {
      if (!isUuid(report)) return { sums: [], groups: [] };
      const where = { tenantId: scope.tenant, reportId: report };
      const sums = await tx.traceGroup.groupBy({ by: ["reason"], where, _sum: { count: true }, _count: true });
      const groups: Group[] = [];
      for (const { reason } of sums) {
        const order = [{ count: "desc" as const }, { key: "asc" as const }];
        const rows = await tx.traceGroup.findMany({ where: { ...where, reason }, orderBy: order, take: each });
        groups.push(...rows.map((row) => body.read(row.body)));
      }
      const told = sums.map((sum) => ({ reason: reasonOf(sum.reason), count: sum._sum.count ?? 0, groups: sum._count }));
      return { sums: told, groups };
    }),

  /** Some of all of them, by key: for a file that is written while it is read. */
  after: (scope: TenantScope, report: string, key: string, limit: number): Promise<readonly Group[]> =>
    db.within(scope, async (tx) => {
      const where = { tenantId: scope.tenant, reportId: report, key: { gt: key } };
      const rows = await tx.traceGroup.findMany({ where, orderBy: { key: "asc" }, take: limit });
      return rows.map((row) => body.read(row.body));
    }),
});
