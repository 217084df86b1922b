/** What a person can do about an order that was agreed to: try the failed again, put back, cancel. */
import { ActionForm } from "@/components/action-form";
import { figure } from "@/lib/model/figure";
import type { OrderView } from "@/lib/usecases/views/mail-orders";
import { cancel, putBack, retry } from "../actions";

export function Acts({ order }: { readonly order: OrderView }) {
  const { canCancel, canRetry, canPutBack, counts, state } = order;
  const hidden = { _tenant: order.head.id, _order: order.id };
  if (!canCancel && !canRetry && !canPutBack) return null;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-start gap-3">
        {canRetry ? (
          <ActionForm
            action={retry}
            hidden={hidden}
            submit={
              state !== "stopped" ? `Try the ${counts.failed === 1 ? "one" : figure(counts.failed)} that failed again` : "Go on from here"
            }
            busy="Starting…"
          />
        ) : null}
        {canPutBack ? (
          <ActionForm action={putBack} hidden={hidden} submit="Put back what was moved" busy="Preparing…" tone="plain" />
        ) : null}
        {canCancel ? <ActionForm action={cancel} hidden={hidden} submit="Cancel what is left" busy="Cancelling…" tone="plain" /> : null}
      </div>
      {canPutBack ? <p className="text-sm text-subtle">You see what goes back into the Inbox, and agree, before it is done.</p> : null}
    </div>
  );
}
