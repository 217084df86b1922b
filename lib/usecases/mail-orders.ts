/** What a person does with an order about mail: agrees to it, calls it off, lets it go on, and puts back what it moved. */
import { no } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import { mailOrderJob } from "@/lib/jobs/mail-order";
import { isForGood } from "@/lib/model/destinations";
import { rowOfVerdict } from "@/lib/model/found-message";
import { NEVER_AGAIN } from "@/lib/model/item-reasons";
import { type MailItem, type MailOrder, OPEN_STATES } from "@/lib/model/mail-order";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { TenantScope } from "@/lib/model/scope";
import { openMail } from "./access";
import type { Deps } from "./deps";
import { keepDraft, orderHref } from "./mail-order-draft";
import type { ActionAnswer, Visitor } from "./views";

const NONE = no("gone", "There is no such order.", { fix: "Load the page again. What nobody agrees to within a day is discarded." });
const MOST_REASON = 500;

/** A person's order; the standing one has its own page. */
async function find(deps: Deps, scope: TenantScope, id: string): Promise<MailOrder | null> {
  const order = await deps.store.mailOrders.find(scope, id);
  return order?.kind === "auto" ? null : order;
}

export const readItems = (deps: Deps, scope: TenantScope, order: Pick<MailOrder, "id">, state?: MailItem["state"]) =>
  deps.store.mailItems.page(scope, order, { state, most: MOST_AT_ONCE });

/** Letting through what was found to be dangerous is explained to whoever comes after. */
export const asksReason = ({ kind }: Pick<MailOrder, "kind">, items: readonly MailItem[]): boolean =>
  kind === "release" && items.some(({ state, about }) => state === "waiting" && rowOfVerdict(about.disposition) === "MALICIOUS");

export type OrderAgreement = { readonly reason: string; readonly isSure: boolean };

function whyNot(order: MailOrder, items: readonly MailItem[], { reason, isSure }: OrderAgreement): ActionAnswer | null {
  if (order.destination !== null && isForGood(order.destination) && !isSure)
    return {
      ...no("rejected", "Hard delete cannot be taken back, so it is asked about once more."),
      fields: { sure: "Tick this, or choose another folder." },
    };
  if (asksReason(order, items) && reason.trim() === "")
    return { ...no("rejected", "Among these are messages that were found malicious."), fields: { reason: "Write why they are released." } };
  return null;
}

export const agreeOrder =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string, agreement: OrderAgreement): Promise<ActionAnswer> => {
    await deps.clock.refresh(); // before the right is looked at: it may take a while
    const mail = await openMail(deps)(visitor, scope.tenant);
    if (!mail.ok) return mail;
    const order = await find(deps, scope, id);
    if (!order) return NONE;
    if (order.state !== "draft") return { ok: true, href: orderHref(mail.value, id) };
    const items = await readItems(deps, scope, order);
    const why = whyNot(order, items, agreement);
    if (why) return why;
    const at = deps.clock.now();
    const detail = {
      order: id,
      kind: order.kind,
      folder: order.destination,
      messages: items.filter(({ state }) => state === "waiting").length,
    };
    const reason = storable(agreement.reason.trim(), MOST_REASON);
    // Who presses twice agrees once: the second finds no draft.
    await deps.store.mailOrders.agree(scope, id, {
      ...{ at, reason, job: mailOrderJob(scope.tenant, id) },
      event: { kind: "order-agreed", at, detail: reason === "" ? detail : { ...detail, reason } },
    });
    return { ok: true, href: orderHref(mail.value, id) };
  };

/** Whoever may act may stop it: that reads no mail. What the vendor was asked already is not taken back. */
export const cancelOrder =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    const order = await find(deps, scope, id);
    if (!order) return NONE;
    const at = deps.clock.now();
    const isDone = await deps.store.together(scope, async (store) => {
      const from = ["draft", ...OPEN_STATES, "stopped"] as const;
      if (!(await store.mailOrders.move(scope, id, from, { state: "cancelled", at, problem: null }))) return false;
      await store.mailItems.leave(scope, order, "cancelled");
      await store.events.add(scope, { kind: "order-cancelled", at, detail: { order: id, kind: order.kind } });
      return true;
    });
    return isDone
      ? { ok: true, say: "Cancelled. What was done stays done." }
      : no("gone", "It is over already.", { fix: "Load the page again." });
  };

/** What failed is asked for again, also what was given up; what stopped goes on. */
export const retryOrder =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string): Promise<ActionAnswer> => {
    const mail = await openMail(deps)(visitor, scope.tenant);
    if (!mail.ok) return mail;
    const order = await find(deps, scope, id);
    if (!order) return NONE;
    await deps.clock.refresh();
    const at = deps.clock.now();
    const isOn = await deps.store.together(scope, async (store) => {
      const job = mailOrderJob(scope.tenant, id);
      if (!(await store.mailOrders.move(scope, id, ["waiting", "stopped", "done"], { state: "queued", at, problem: null, tries: 0 }, job)))
        return false;
      await store.mailItems.again(scope, order, { at, all: true, never: NEVER_AGAIN });
      await store.events.add(scope, { kind: "order-retried", at, detail: { order: id, kind: order.kind } });
      return true;
    });
    return isOn ? { ok: true, say: "Going on." } : no("not-ready", "It is at work, or was cancelled.", { fix: "Load the page again." });
  };

export const isBackable = ({ destination, outcomes }: MailItem): boolean =>
  destination !== null && destination !== "Inbox" && !isForGood(destination) && outcomes.some(({ success }) => success);

/** A new order, to look at and agree to: of what this one moved, or of some of it; what was purged nobody puts back. */
export const putBack =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string, only?: readonly string[]): Promise<ActionAnswer> => {
    const mail = await openMail(deps)(visitor, scope.tenant);
    if (!mail.ok) return mail;
    const order = await deps.store.mailOrders.find(scope, id);
    if (!order || order.kind === "release") return NONE;
    const moved = [...(await readItems(deps, scope, order, "done")), ...(await readItems(deps, scope, order, "failed"))];
    const chosen = moved.filter((item) => isBackable(item) && (only === undefined || only.includes(item.message))).slice(0, MOST_AT_ONCE);
    if (chosen.length === 0) return no("gone", "There is nothing that could be put back.", { fix: "Load the page again." });
    const items = chosen.map(({ message, at, about }) => ({
      message,
      at,
      about,
      destination: "Inbox" as const,
      reason: null,
      state: "waiting" as const,
    }));
    return keepDraft(deps, mail.value, { kind: "retract", destination: "Inbox" }, items);
  };
