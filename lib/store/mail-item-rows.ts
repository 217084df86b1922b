/** Messages of an order as rows: written by strangers, so cleaned on the way in, and read back as they are. */
import { storable } from "@/lib/base/storable";
import { isFolder } from "@/lib/model/destinations";
import type { About, ItemState, MailItem, MailOrder, Outcome } from "@/lib/model/mail-order";
import type { TenantScope } from "@/lib/model/scope";
import type { Tx } from "./client";
import type { MailItem as Stored } from "./generated/client";
import { column, dateOf, msOf } from "./json";

const STATES = ["waiting", "asked", "done", "failed", "left"] as const;
const AT_ONCE = 1_000;

export type NewItem = Pick<MailItem, "message" | "destination" | "at" | "about" | "reason"> & { readonly state: "waiting" | "left" };
const about = column<About>();
export const outcomes = column<readonly Outcome[]>();

export const stateOf = (text: string): ItemState => {
  const state = STATES.find((known) => known === text);
  if (!state) throw new Error(`A message of an order has the unknown state ${text}.`);
  return state;
};

export const rowOf = (row: Stored): MailItem => ({
  message: row.message,
  state: stateOf(row.state),
  destination: isFolder(row.destination) ? row.destination : null,
  at: msOf(row.at),
  about: about.read(row.about),
  outcomes: outcomes.read(row.outcomes),
  askedAt: row.askedAt && msOf(row.askedAt),
  retryAt: row.retryAt && msOf(row.retryAt),
  tries: row.tries,
  reason: row.reason,
});

/** Written by strangers: what PostgreSQL cannot keep is left out. */
const kept = ({ messageId, from, subject, recipients, disposition }: About): About => {
  const clean = (text: string) => storable(text, text.length);
  return {
    ...{ messageId: clean(messageId), from: clean(from), subject: clean(subject) },
    ...{ recipients: recipients.map(clean), disposition: clean(disposition) },
  };
};
const MOST_STATUS = 300;
export const said = (all: readonly Outcome[]): readonly Outcome[] =>
  all.map(({ recipient, success, status }) => ({
    ...{ recipient: storable(recipient, MOST_STATUS), success, status: storable(status, MOST_STATUS) },
  }));

/** A message that the order has already stays as it is there. */
export async function addItems(tx: Tx, scope: TenantScope, orderId: string, items: readonly NewItem[]): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const data = items.slice(from, from + AT_ONCE).map((item) => ({
      ...{ tenantId: scope.tenant, orderId, message: item.message, state: item.state, destination: item.destination },
      ...{ at: dateOf(item.at), about: about.write(kept(item.about)), outcomes: outcomes.write([]), reason: item.reason },
    }));
    await tx.mailItem.createMany({ data, skipDuplicates: true });
  }
}

export type Of = Pick<MailOrder, "id">;
export const itemsOf = (scope: TenantScope, { id }: Of) => ({ tenantId: scope.tenant, orderId: id });
