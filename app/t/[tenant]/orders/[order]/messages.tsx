/** The messages of an order, for who may read mail; numbers alone for others. */
import { Go } from "@/components/go";
import { MailItems } from "@/components/mail-items";
import { figure } from "@/lib/model/figure";
import type { ItemView, OrderView } from "@/lib/usecases/views/mail-orders";

const RANK: Readonly<Record<ItemView["state"], number>> = { failed: 0, left: 1, asked: 2, waiting: 2, done: 3 };

/** What failed comes first once nothing moves about any more; before, a row that somebody reads must stay where it is. */
const inOrder = (state: OrderView["state"], rows: readonly ItemView[]): readonly ItemView[] =>
  state === "queued" || state === "running" ? rows : [...rows].sort((a, b) => RANK[a.state] - RANK[b.state]);

type Props = { readonly order: OrderView; readonly isFirst: boolean; readonly isFailedOnly: boolean };

/** Among many, those that failed would be looked for page by page. */
function Narrowed({ order, isFailedOnly, href }: Pick<Props, "order" | "isFailedOnly"> & { readonly href: string }) {
  if (isFailedOnly)
    return (
      <p>
        Only those that failed are shown. <Go href={href}>Show all</Go>
      </p>
    );
  return order.counts.failed > 0 && (order.items?.next ?? null) !== null ? (
    <p>
      <Go href={`${href}?only=failed`}>Show only those that failed ({figure(order.counts.failed)})</Go>
    </p>
  ) : null;
}

export function Messages({ order, isFirst, isFailedOnly }: Props) {
  const href = `/t/${order.head.id}/orders/${order.id}`;
  const only = isFailedOnly ? "only=failed&" : "";
  return (
    <section aria-labelledby="messages" className="space-y-3">
      <h2 id="messages">Messages</h2>
      {order.items === null ? (
        <p className="prose text-subtle">
          Which messages these are is shown to those who may read mail: the page <Go href={`/t/${order.head.id}/people`}>People</Go> says
          who that is.
        </p>
      ) : (
        <>
          <Narrowed order={order} isFailedOnly={isFailedOnly} href={href} />
          {isFirst ? null : (
            <p>
              <Go href={isFailedOnly ? `${href}?only=failed` : href}>Back to the first messages</Go>
            </p>
          )}
          <MailItems
            tenant={order.head.id}
            items={inOrder(order.state, order.items.rows)}
            show={order.state === "draft" ? "neither" : "state"}
          />
          {order.items.next === null ? null : (
            <p>
              <Go href={`${href}?${only}after=${encodeURIComponent(order.items.next)}`}>More messages</Go>
            </p>
          )}
        </>
      )}
    </section>
  );
}
