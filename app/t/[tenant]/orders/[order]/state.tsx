/** Where an order stands, in a sentence: how far it is, when it goes on, what it came to. */
import { At } from "@/components/at";
import { Countdown } from "@/components/countdown";
import { Note } from "@/components/note";
import { didOf, meantOf, messages, restOf } from "@/components/order-words";
import { ProblemBox } from "@/components/problem-box";
import { ProblemWay } from "@/components/problem-way";
import type { Problem } from "@/lib/base/result";
import { figure } from "@/lib/model/figure";
import type { OrderView } from "@/lib/usecases/views/mail-orders";

const CLOSE = "You can close this page: the work goes on, and everything is here when you come back.";

type Props = { readonly order: OrderView };
type Steps = Parameters<typeof ProblemWay>[0]["steps"];

/** What failed is not done: it is tried again, and counted beside. */
function Far({ order }: Props) {
  const { done, failed, left } = order.counts;
  const meant = meantOf(order);
  return (
    <>
      <progress
        className="my-1 block h-2 w-full max-w-md accent-[var(--color-focus)]"
        value={done}
        max={Math.max(1, meant)}
        aria-label="Messages done"
      />
      <p className="tabular-nums">
        {figure(done)} of {messages(meant)} done
        {failed > 0 ? `, ${figure(failed)} failed so far` : ""}
        {left > 0 ? `, ${figure(left)} left alone` : ""}.
      </p>
    </>
  );
}

function Rest({ order }: Props) {
  return restOf(order).map((say) => <p key={say}>{say}</p>);
}

/** When it goes on is said once, above. */
const withoutTime = ({ retryAt: _, ...problem }: Problem): Problem => problem;

function Waiting({ order }: Props) {
  return (
    <>
      <Note tone="neutral" title={order.problem ? "Waiting" : "Waiting to try again what failed"}>
        <Far order={order} />
        <p>
          It goes on by itself
          {order.retryAt === null ? null : (
            <>
              {" "}
              at <At at={order.retryAt} /> (<Countdown until={order.retryAt} />)
            </>
          )}
          . {CLOSE}
        </p>
      </Note>
      {order.problem ? <ProblemBox problem={withoutTime(order.problem)} /> : null}
    </>
  );
}

function Stopped({ order, steps }: Props & { readonly steps: Steps }) {
  return (
    <>
      <Note tone="warning" title="Stopped">
        <Far order={order} />
        <p>What was done stays done and is listed below.</p>
      </Note>
      {order.problem ? (
        <>
          <ProblemBox problem={order.problem} />
          <ProblemWay problem={order.problem} steps={steps} otherwise={{ title: "Cloudflare", href: `/t/${order.head.id}/cloudflare` }} />
        </>
      ) : null}
    </>
  );
}

export function State({ order, steps }: Props & { readonly steps: Steps }) {
  switch (order.state) {
    case "draft":
      return null;
    case "queued":
    case "running":
      return (
        <Note tone="info" title={order.state === "queued" ? "Starting" : "At work"}>
          <Far order={order} />
          <p>{CLOSE}</p>
        </Note>
      );
    case "waiting":
      return <Waiting order={order} />;
    case "stopped":
      return <Stopped order={order} steps={steps} />;
    case "cancelled":
      return (
        <Note tone="neutral" title="Cancelled">
          <p>{didOf(order)} before that. What was done stays done and is listed below.</p>
        </Note>
      );
    case "done":
      return (
        <Note tone={order.counts.failed > 0 ? "warning" : "success"} title={didOf(order)}>
          <Rest order={order} />
        </Note>
      );
  }
}
