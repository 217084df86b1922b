/** What asking came to, kept; what the standing order moved is said in the activity with it, so that a cut loses neither or both. */
import { FOLDERS } from "@/lib/model/destinations";
import type { MailItem, MailOrder } from "@/lib/model/mail-order";
import type { MailScope } from "@/lib/model/scope";
import type { Settled } from "@/lib/store/mail-item-turns";
import { AUTO_RETRACT } from "./auto-retract-chosen";
import type { Deps } from "./deps";

type Given = { readonly deps: Deps; readonly mail: MailScope; readonly order: Pick<MailOrder, "id" | "kind"> };

export async function keepResults(
  { deps, mail: { tenant }, order }: Given,
  items: readonly MailItem[],
  results: readonly Settled[],
): Promise<void> {
  const at = deps.clock.now();
  // A person's order says what it came to once, at its end.
  if (order.kind !== "auto") return deps.store.mailItems.settle(tenant, order, results, at);
  const done = new Set(results.flatMap(({ state, claim }) => (state === "done" ? [claim.message] : [])));
  const moved = items.filter(({ message }) => done.has(message));
  await deps.store.together(tenant, async (store) => {
    await store.mailItems.settle(tenant, order, results, at);
    for (const folder of FOLDERS) {
      const messages = moved.filter(({ destination }) => destination === folder).length;
      if (messages > 0) await store.events.add(tenant, { kind: "auto-moved", at, step: AUTO_RETRACT, detail: { messages, folder } });
    }
  });
}
