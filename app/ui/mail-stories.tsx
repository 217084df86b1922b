/** Stories of what is drawn of orders about mail: messages with every state and result, the table of auto-retract, words of state. */
import { AutoTable } from "@/components/auto-table";
import { MailItems } from "@/components/mail-items";
import { MailPlaces } from "@/components/mail-places";
import { OrderTag } from "@/components/order-tag";
import { NO_ITEMS } from "@/lib/model/mail-order";
import type { AutoRow, ItemView, OrderRow } from "@/lib/usecases/views/mail-orders";
import { NOW } from "./fixtures";
import { Story } from "./story";

const PEOPLE = ["ann", "bo", "cy", "dee", "eve"].map((name) => `${name}@fabrikam.example`);
const moved = (recipient: string) => ({ recipient, success: true, say: "Moved to Deleted Items.", remedy: null });
const gone = {
  recipient: "bo@fabrikam.example",
  success: false,
  say: "It is not where it was delivered: the person moved or deleted it, or a rule did.",
  remedy: "Ask the person, or search the mailbox with Content search in Microsoft Purview.",
};
const message: ItemView = {
  ...{ message: "m1", subject: "Invoice 4711 is overdue", from: "billing@adatum.example", recipients: PEOPLE.slice(0, 1) },
  ...{ disposition: "MALICIOUS", at: NOW, destination: "DeletedItems", state: "waiting", results: [], retryAt: null, tries: 0, say: null },
};
const items: readonly ItemView[] = [
  message,
  { ...message, message: "m2", state: "asked", subject: "" },
  { ...message, message: "m3", state: "done", tries: 1, results: [moved("ann@fabrikam.example")] },
  { ...message, message: "m4", state: "done", tries: 1, recipients: PEOPLE, results: PEOPLE.map(moved) },
  {
    ...{ ...message, message: "m5", state: "failed", tries: 3, retryAt: NOW + 240_000, recipients: PEOPLE.slice(0, 2) },
    ...{ subject: "\u202Egnp.exe <b>your parcel</b>", results: [moved("ann@fabrikam.example"), gone] },
  },
  { ...message, message: "m6", state: "left", say: "Somebody had moved it already." },
];
const table: readonly AutoRow[] = [
  { disposition: "MALICIOUS", choice: "hard", label: "Hard Delete", folder: "RecoverableItemsPurges" },
  { disposition: "SPAM", choice: "soft", label: "Soft Delete", folder: "DeletedItems" },
  { disposition: "BULK", choice: "none", label: "No Action", folder: null },
];
const orders: readonly Pick<OrderRow, "kind" | "state" | "counts">[] = [
  ...(["queued", "running", "waiting", "stopped", "done", "cancelled"] as const).map((state) => ({
    kind: "retract" as const,
    state,
    counts: NO_ITEMS,
  })),
  { kind: "retract", state: "done", counts: { ...NO_ITEMS, failed: 1 } },
  { kind: "auto", state: "waiting", counts: NO_ITEMS },
  { kind: "auto", state: "cancelled", counts: NO_ITEMS },
];

export function MailStories() {
  return (
    <>
      <Story title="MailItems: after, before">
        <MailItems tenant="t" items={items} show="state" />
        <MailItems tenant="t" items={[message]} show="neither" />
        <MailItems tenant="t" items={[message]} show="to" />
      </Story>
      <Story title="AutoTable, OrderTag, MailPlaces">
        <AutoTable table={table} />
        <ul className="flex flex-wrap gap-4">
          {orders.map((order) => (
            <li key={`${order.kind} ${order.state} ${order.counts.failed}`}>
              <OrderTag order={order} />
            </li>
          ))}
        </ul>
        <MailPlaces tenant="t" here="orders" />
      </Story>
    </>
  );
}
