/** Messages of an order as its page shows them: what became of each in each mailbox, why, and what to do. */
import { NOT_RELEASED, sayReason } from "@/lib/model/item-reasons";
import type { MailItem, MailOrder, Outcome } from "@/lib/model/mail-order";
import { MOVE_REASONS, reasonOf } from "@/lib/model/move-reasons";
import type { ItemView, ResultView } from "./views/mail-orders";

type Order = Pick<MailOrder, "kind" | "state">;

const ENDS: readonly MailOrder["state"][] = ["done", "cancelled", "stopped"];
const UNANSWERED = "The vendor was asked, and gave no answer before this ended. Look at the message: its log says whether it was moved.";

function resultView({ kind }: Order, { recipient, success, status }: Outcome): ResultView {
  const isRelease = kind === "release";
  if (success) return { recipient, success, say: isRelease ? "Delivered." : "Moved.", remedy: null };
  return { recipient, success, ...(isRelease ? NOT_RELEASED : MOVE_REASONS[reasonOf(status)]) };
}

export function itemView(order: Order, item: MailItem): ItemView {
  const isOver = ENDS.includes(order.state);
  return {
    ...{ message: item.message, subject: item.about.subject, from: item.about.from, recipients: item.about.recipients },
    ...{ disposition: item.about.disposition, at: item.at, destination: item.destination, state: item.state },
    ...{ results: item.outcomes.map((outcome) => resultView(order, outcome)), tries: item.tries },
    retryAt: isOver ? null : item.retryAt,
    say: isOver && item.state === "asked" ? UNANSWERED : item.reason === null ? null : sayReason(item.reason),
  };
}
