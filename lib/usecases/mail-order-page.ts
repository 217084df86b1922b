/** Orders about mail as their pages show them: numbers for everybody who works on the setup, messages for who may read mail. */
import { no, ok, type Result } from "@/lib/base/result";
import { isForGood } from "@/lib/model/destinations";
import { type ItemCounts, type MailOrder, NO_ITEMS } from "@/lib/model/mail-order";
import type { TenantScope } from "@/lib/model/scope";
import { placeOf } from "@/lib/store/mail-items";
import { openMail } from "./access";
import type { Deps } from "./deps";
import { itemView } from "./mail-order-show";
import { asksReason, isBackable, readItems } from "./mail-orders";
import { loadSetup } from "./setup";
import { headOf } from "./show";
import type { Visitor } from "./views";
import type { OrderRow, OrdersView, OrderView } from "./views/mail-orders";

const PAGE = 100;
const HINT = "Among these are messages that were found malicious. What you write stays with the order, for whoever asks later.";

export const orderRow = (order: MailOrder, counts: ItemCounts): OrderRow => ({
  ...{ id: order.id, kind: order.kind, state: order.state, destination: order.destination, counts },
  ...{ by: order.by.name, madeAt: order.madeAt, agreedAt: order.agreedAt, finishedAt: order.finishedAt },
});

export const ordersPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<OrdersView>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const orders = await deps.store.mailOrders.list(scope);
    const counts = await deps.store.mailItems.counts(
      scope,
      orders.map(({ id }) => id),
    );
    return ok({ head: headOf(setup.value, visitor), orders: orders.map((order) => orderRow(order, counts.get(order.id) ?? NO_ITEMS)) });
  };

/** Which of its messages are shown: from a place on, and perhaps only those that failed. */
export type Shown = { readonly after: string | null; readonly isFailedOnly: boolean };
const FROM_THE_FIRST: Shown = { after: null, isFailedOnly: false };

async function pageOf(
  deps: Deps,
  scope: TenantScope,
  order: MailOrder,
  { after, isFailedOnly }: Shown,
): Promise<NonNullable<OrderView["items"]>> {
  const state = isFailedOnly ? ("failed" as const) : undefined;
  const found = await deps.store.mailItems.page(scope, order, { state, after: after ?? undefined, most: PAGE + 1 });
  const rows = found.slice(0, PAGE);
  const last = rows.at(-1);
  return { rows: rows.map((item) => itemView(order, item)), next: found.length > PAGE && last ? placeOf(last) : null };
}

/** What may be asked of it now, by somebody who may read mail. */
async function mayOf(deps: Deps, scope: TenantScope, order: MailOrder, { failed, done }: ItemCounts) {
  const isMove = order.kind === "retract" && order.destination !== "Inbox";
  const isOver = order.state === "done" || order.state === "cancelled" || order.state === "stopped";
  const all = order.state === "draft" || (isMove && isOver && done + failed > 0) ? await readItems(deps, scope, order) : [];
  return {
    asksReason: order.state === "draft" && asksReason(order, all) ? HINT : null,
    canRetry: order.state === "stopped" || ((order.state === "done" || order.state === "waiting") && failed > 0),
    canPutBack: isMove && isOver && all.some(isBackable),
  };
}

export const orderPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string, shown: Shown = FROM_THE_FIRST): Promise<Result<OrderView>> => {
    const [setup, order] = await Promise.all([loadSetup(deps, scope), deps.store.mailOrders.find(scope, id)]);
    if (!setup.ok) return setup;
    if (!order || order.kind === "auto") return no("gone", "There is no such order.", { fix: "Load the page again." });
    const { counts } = await deps.store.mailItems.outlook(scope, order);
    const mail = await openMail(deps)(visitor, scope.tenant);
    const may = mail.ok ? await mayOf(deps, scope, order, counts) : { asksReason: null, canRetry: false, canPutBack: false };
    return ok({
      head: headOf(setup.value, visitor),
      ...orderRow(order, counts),
      ...{ agreedBy: order.agreedBy?.name ?? null, reason: order.reason, problem: order.problem, retryAt: order.retryAt },
      isForGood: order.destination !== null && isForGood(order.destination),
      canCancel: order.state !== "done" && order.state !== "cancelled",
      ...may,
      items: mail.ok ? await pageOf(deps, scope, order, shown) : null,
    });
  };
