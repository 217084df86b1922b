/** Every order about mail of this company, newest first: numbers only, so everybody who works on the setup sees them. */
import { enter, orNotFound } from "@/app/door";
import { At } from "@/components/at";
import { DataTable } from "@/components/data-table";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { MailPlaces } from "@/components/mail-places";
import { OrderTag } from "@/components/order-tag";
import { actOf } from "@/components/order-words";
import { figure } from "@/lib/model/figure";
import type { OrderRow } from "@/lib/usecases/views/mail-orders";
import { cutover } from "@/lib/wiring";

export const metadata = { title: "Moves and releases" };

const hrefOf = (tenant: string, { id, kind }: OrderRow) => (kind === "auto" ? `/t/${tenant}/auto-retract` : `/t/${tenant}/orders/${id}`);

function resultOf({ state, counts: { done, failed, left } }: OrderRow): string {
  if (state === "draft") return "Nothing was done";
  return [
    `${figure(done)} done`,
    ...(failed > 0 ? [`${figure(failed)} failed`] : []),
    ...(left > 0 ? [`${figure(left)} left alone`] : []),
  ].join(", ");
}

export default async function Orders({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/orders`);
  const { orders } = orNotFound(await cutover().orders.list(scope, visitor));
  const rows = orders.map((order) => ({
    key: order.id,
    cells: [
      <Go key="order" href={hrefOf(tenant, order)}>
        {actOf(order)}
      </Go>,
      <OrderTag key="state" order={order} />,
      resultOf(order),
      order.by,
      <At key="at" at={order.agreedAt ?? order.madeAt} />,
    ],
  }));
  return (
    <div className="space-y-6">
      <div className="prose space-y-2">
        <Heading>Moves and releases</Heading>
        <p>Messages that somebody moved after delivery or released from the quarantine, here, and what became of them.</p>
      </div>
      <MailPlaces tenant={tenant} here="orders" />
      {rows.length > 0 ? (
        <DataTable caption="Moves and releases" columns={["What", "State", "Result", "By", "When"]} rows={rows} empty="" />
      ) : (
        <div className="card space-y-4 px-5 py-8 text-center">
          <p className="text-subtle">Nothing was moved or released yet. Find messages, choose some, and say where they go.</p>
          <p>
            <Go href={`/t/${tenant}/mail`} className="button button-primary">
              Search mail
            </Go>
          </p>
        </div>
      )}
    </div>
  );
}
