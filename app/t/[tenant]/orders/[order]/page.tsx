/** An order about mail: asked for before it is done, live while it is done, and afterwards what became of each message. */
import type { Metadata } from "next";
import { cache } from "react";
import { enter, orNotFound, theTasks } from "@/app/door";
import { At } from "@/components/at";
import { Live } from "@/components/live";
import { signalOfOrder } from "@/components/order-signal";
import { titleOf } from "@/components/order-words";
import { StepHead } from "@/components/step-head";
import { Strange } from "@/components/strange";
import type { OrderView } from "@/lib/usecases/views/mail-orders";
import { cutover } from "@/lib/wiring";
import { Acts } from "./acts";
import { Confirm } from "./confirm";
import { Messages } from "./messages";
import { State } from "./state";

type Props = {
  readonly params: Promise<{ tenant: string; order: string }>;
  readonly searchParams: Promise<{ after?: string | string[]; only?: string | string[] }>;
};

const kept = cache(async (tenant: string, order: string, after: string | null, isFailedOnly: boolean) => {
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/orders/${order}`);
  return { scope, visitor, order: orNotFound(await cutover().orders.page(scope, visitor, order, { after, isFailedOnly })) };
});
const afterOf = (asked: string | string[] | undefined): string | null => (typeof asked === "string" ? asked : null);

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ tenant, order: id }, { after, only }] = await Promise.all([params, searchParams]);
  const { order } = await kept(tenant, id, afterOf(after), only === "failed");
  return { title: { absolute: `${titleOf(order)} · ${order.head.name}` } };
}

function Who({ order }: { readonly order: OrderView }) {
  return (
    <p className="text-sm text-subtle">
      Prepared <At at={order.madeAt} /> by {order.by}
      {order.agreedAt === null ? null : (
        <>
          , agreed to <At at={order.agreedAt} /> by {order.agreedBy ?? order.by}
        </>
      )}
      {order.finishedAt === null ? null : (
        <>
          , ended <At at={order.finishedAt} />
        </>
      )}
      .{" "}
      {order.reason ? (
        <>
          Reason: “<Strange text={order.reason} most={500} />”
        </>
      ) : null}
    </p>
  );
}

export default async function OrderPage({ params, searchParams }: Props) {
  const [{ tenant, order: id }, { after: asked, only }] = await Promise.all([params, searchParams]);
  const after = afterOf(asked);
  const isFailedOnly = only === "failed";
  const { order, scope, visitor } = await kept(tenant, id, after, isFailedOnly);
  const { tracks } = await theTasks(scope, visitor);
  const steps = Object.fromEntries(tracks.flatMap((one) => one.steps).map((row) => [row.id, row]));
  const { key, isSettled } = signalOfOrder(order);
  const isDraft = order.state === "draft";
  const found =
    order.kind === "release"
      ? { href: `/t/${tenant}/quarantine`, title: "Back to the quarantine" }
      : { href: `/t/${tenant}/mail`, title: "Back to mail trace" };
  return (
    <article className="max-w-4xl">
      <StepHead back={isDraft ? found : { href: `/t/${tenant}/orders`, title: "All moves and releases" }} title={titleOf(order)} />
      <div className="space-y-6">
        {isDraft ? <Confirm order={order} back={found} /> : <State order={order} steps={steps} />}
        {isDraft ? null : <Acts order={order} />}
        <Messages order={order} isFirst={after === null} isFailedOnly={isFailedOnly} />
        <Who order={order} />
      </div>
      {isSettled ? null : <Live href={`/api/t/${tenant}/orders/${id}/live`} drawn={key} />}
    </article>
  );
}
