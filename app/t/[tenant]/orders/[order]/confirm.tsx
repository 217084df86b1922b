/** Check before you change, for mail: one sentence that says all of it, what is asked before, and the button that names the act. */
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import { Go } from "@/components/go";
import { NeedsMailRight } from "@/components/needs-mail-right";
import { Note } from "@/components/note";
import { actOf, busyOf, meantOf, messages, willOf } from "@/components/order-words";
import { TextArea } from "@/components/text-area";
import type { OrderView } from "@/lib/usecases/views/mail-orders";
import { agree } from "../actions";

/** What was purged nobody brings back: asked about once more, in words that say what it means. */
function Sure({ order }: { readonly order: OrderView }) {
  if (!order.isForGood) return null;
  const count = meantOf(order);
  return (
    <>
      <Note tone="warning" title="This cannot be taken back">
        <p>
          Junk Email and Soft delete also take {count === 1 ? "it" : "them"} out of sight, and can be taken back. Hard delete is for what
          nobody may ever open again.
        </p>
      </Note>
      <Field
        field={{
          name: "sure",
          label: "Hard delete",
          type: "choices",
          options: [{ value: "yes", label: `I know that nobody gets ${count === 1 ? "this message" : `these ${messages(count)}`} back` }],
        }}
        value={[]}
      />
    </>
  );
}

function Left({ order: { counts } }: { readonly order: OrderView }) {
  if (counts.left === 0) return null;
  return (
    <p className="prose">
      {messages(counts.left)} of those that were chosen {counts.left === 1 ? "stays as it is" : "stay as they are"}: below is why.
    </p>
  );
}

type Props = { readonly order: OrderView; readonly back: { readonly href: string; readonly title: string } };

export function Confirm({ order, back }: Props) {
  return (
    <div className="space-y-6">
      <p className="prose text-lg">
        <strong className="text-strong">{willOf(order)}</strong> <span className="text-subtle">Nothing has been done yet.</span>
      </p>
      <Left order={order} />
      {order.items === null ? (
        <NeedsMailRight title="Somebody who may read mail agrees to this" tenant={order.head.id} />
      ) : (
        <section aria-labelledby="agree">
          <h2 id="agree" className="sr-only">
            Agree
          </h2>
          <ActionForm
            action={agree}
            hidden={{ _tenant: order.head.id, _order: order.id }}
            submit={actOf(order)}
            busy={busyOf(order)}
            tone={order.isForGood ? "danger" : "primary"}
          >
            {order.asksReason === null ? null : <TextArea name="reason" label="Why they are released" hint={order.asksReason} />}
            <Sure order={order} />
          </ActionForm>
        </section>
      )}
      <p>
        <Go href={back.href}>{back.title} without doing anything</Go>
      </p>
    </div>
  );
}
