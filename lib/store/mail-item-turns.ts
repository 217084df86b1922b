/** The turns of messages of an order: claimed before the vendor is asked, settled by its answer, left, or sent elsewhere by another table. */
import type { ItemState, MailItem, Outcome } from "@/lib/model/mail-order";
import type { TenantScope } from "@/lib/model/scope";
import type { Tx } from "./client";
import { dateOf } from "./json";
import { itemsOf, type Of, outcomes, rowOf, said } from "./mail-item-rows";

/** What became of a message that was asked about; its claim says which asking this answers. */
export type Settled = {
  readonly claim: Pick<MailItem, "message" | "askedAt" | "tries">;
  readonly state: Exclude<ItemState, "asked">;
  readonly outcomes: readonly Outcome[];
  /** How often it counts as tried: what was certainly not done is no try. */
  readonly tries: number;
  readonly retryAt: number | null;
  readonly reason: string | null;
};
/** Where the table sends messages with a verdict of the vendor's; null: nowhere. */
type Route = { readonly verdict: string; readonly folder: MailItem["destination"] };
export type Claim = { readonly most: number; readonly at: number };

/** The order's row is held meanwhile: of two workers one waits here, and finds the rest. Nothing is claimed of an order that was called off. */
export async function claim(tx: Tx, scope: TenantScope, order: Of, { most, at }: Claim): Promise<readonly MailItem[]> {
  const held = { id: order.id, tenantId: scope.tenant, state: "running" };
  if ((await tx.mailOrder.updateMany({ where: held, data: { updatedAt: dateOf(at) } })).count === 0) return [];
  const waiting = { ...itemsOf(scope, order), state: "waiting" };
  const oldest = [{ at: "asc" as const }, { message: "asc" as const }];
  const first = await tx.mailItem.findFirst({ where: waiting, orderBy: oldest, select: { destination: true } });
  if (!first) return [];
  const alike = { ...waiting, destination: first.destination };
  const next = await tx.mailItem.findMany({ where: alike, orderBy: oldest, take: most, select: { message: true } });
  const rows = await tx.mailItem.updateManyAndReturn({
    where: { ...alike, message: { in: next.map(({ message }) => message) } },
    data: { state: "asked", askedAt: dateOf(at), retryAt: null, tries: { increment: 1 } },
  });
  return rows.map(rowOf);
}

/** Only the asking that it answers: what another worker asked meanwhile is another's to settle. */
export async function settle(tx: Tx, scope: TenantScope, order: Of, results: readonly Settled[], at: number): Promise<void> {
  const rows = results.map(({ claim: { message, askedAt, tries }, state, retryAt, reason, ...rest }) => ({
    ...{ message, tries, state, reason, tried: rest.tries, outcomes: outcomes.write(said(rest.outcomes)) },
    ...{ asked_at: new Date(askedAt ?? 0).toISOString(), retry_at: retryAt === null ? null : new Date(retryAt).toISOString() },
  }));
  await tx.$executeRaw`
    UPDATE mail_item SET state = r.state, outcomes = r.outcomes, retry_at = r.retry_at, reason = r.reason, tries = r.tried
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(message text, tries int, tried int, state text, reason text, outcomes jsonb, asked_at timestamptz, retry_at timestamptz)
    WHERE mail_item.order_id = ${order.id}::uuid AND mail_item.tenant_id = ${scope.tenant}::uuid AND mail_item.message = r.message
      AND mail_item.state = 'asked' AND mail_item.tries = r.tries AND mail_item.asked_at = r.asked_at`;
  await tx.mailOrder.updateMany({ where: { id: order.id, tenantId: scope.tenant }, data: { updatedAt: dateOf(at) } });
}

/** What still waits, or would be tried again, is left with this reason. */
export async function leaveItems(tx: Tx, scope: TenantScope, order: Of, reason: string): Promise<void> {
  await tx.mailItem.updateMany({ where: { ...itemsOf(scope, order), state: "waiting" }, data: { state: "left", reason } });
  await tx.mailItem.updateMany({ where: { ...itemsOf(scope, order), state: "failed" }, data: { retryAt: null } });
}

/** What still waits, or would be tried again, goes where another table says; what that leaves alone is left with this reason. */
export async function rerouteItems(tx: Tx, scope: TenantScope, order: Of, rows: readonly Route[], reason: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE mail_item SET destination = r.folder, reason = CASE WHEN r.folder IS NULL THEN ${reason} ELSE mail_item.reason END,
      state = CASE WHEN r.folder IS NULL THEN 'left' ELSE mail_item.state END,
      retry_at = CASE WHEN r.folder IS NULL THEN NULL ELSE mail_item.retry_at END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(verdict text, folder text)
    WHERE mail_item.order_id = ${order.id}::uuid AND mail_item.tenant_id = ${scope.tenant}::uuid
      AND (mail_item.state = 'waiting' OR mail_item.state = 'failed' AND mail_item.retry_at IS NOT NULL)
      AND mail_item.about->'value'->>'disposition' = r.verdict`;
}
