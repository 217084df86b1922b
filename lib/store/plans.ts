/** Plans as they were shown and agreed to: written once, never changed. */
import type { Parts, Plan, Way } from "@/lib/model/plan";
import type { Actor, TenantScope } from "@/lib/model/scope";
import type { Db } from "./client";
import type { Plan as Row } from "./generated/client";
import { column, dateOf, isUuid, msOf } from "./json";

export type PlanRow = Plan & {
  readonly nonce: string;
  readonly by: Actor;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The plan that was agreed to before the tenant moved. */
  readonly insteadOf: string | null;
};
export type NewPlan = Omit<Plan, "id"> & {
  readonly nonce: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly insteadOf?: string;
};

const parts = column<Parts>();
const by = column<Actor>();

const wayOf = (text: string): Way => (text === "script" || text === "hand" ? text : "us");

export const planOf = (row: Row): PlanRow => ({
  id: row.id,
  isUndo: row.undo,
  parts: parts.read(row.parts),
  digest: row.digest,
  way: wayOf(row.way),
  nonce: row.nonce,
  by: by.read(row.by),
  createdAt: msOf(row.createdAt),
  expiresAt: msOf(row.expiresAt),
  insteadOf: row.insteadOf,
});

export const plans = (db: Db) => ({
  keep: (scope: TenantScope, plan: NewPlan): Promise<PlanRow> =>
    db.within(scope, async (tx) => {
      const { isUndo, digest, way, nonce, insteadOf = null } = plan;
      const said = { parts: parts.write(plan.parts), by: by.write(scope.actor) };
      const times = { createdAt: dateOf(plan.at), expiresAt: dateOf(plan.expiresAt) };
      return planOf(
        await tx.plan.create({ data: { tenantId: scope.tenant, undo: isUndo, digest, way, nonce, insteadOf, ...said, ...times } }),
      );
    }),

  find: (scope: TenantScope, id: string): Promise<PlanRow | null> =>
    db.within(scope, async (tx) => {
      if (!isUuid(id)) return null;
      const row = await tx.plan.findUnique({ where: { id } });
      return row && planOf(row);
    }),

  /** The newest plan made instead of this one, if any. */
  successor: (scope: TenantScope, id: string): Promise<PlanRow | null> =>
    db.within(scope, async (tx) => {
      const row = await tx.plan.findFirst({ where: { tenantId: scope.tenant, insteadOf: id }, orderBy: { createdAt: "desc" } });
      return row && planOf(row);
    }),
});
