/** An order drafted from what somebody chose: read from the vendor, so that what is agreed to is what is there and not what a form says. */
import { no, ok, type Result } from "@/lib/base/result";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { Folder } from "@/lib/model/destinations";
import type { FoundMessage } from "@/lib/model/found-message";
import type { ItemReason } from "@/lib/model/item-reasons";
import { type MailSearch, MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import type { NewItem } from "@/lib/store/mail-item-rows";
import type { Deps } from "./deps";
import { isMessageId, mailAccess } from "./mail-opening";
import { isAway, itemOf } from "./mail-order-item";
import type { ActionAnswer } from "./views";

export type Choice = {
  readonly kind: "retract" | "release";
  /** Where to; null for a release. */
  readonly destination: Folder | null;
  /** Ids of messages; null: all that the search finds. */
  readonly ids: readonly string[] | null;
  /** Where they were chosen. */
  readonly search: MailSearch | null;
};

/** So few are read one by one. */
const FEW = 20;
/** Pages walked to find what was ticked: more than anybody scrolls through. */
const MOST_PAGES = 20;

const NOBODY = no("rejected", "No message is chosen.", { fix: "Tick at least one." });
const TOO_MANY = no("rejected", "At most 1,000 messages go in one order.", {
  fix: "Choose fewer, or narrow the search and take the rest afterwards.",
});
const LOST = no("gone", "Some of the messages are not in that search any more.", { fix: "Search again and choose them there." });

type Read = Result<readonly FoundMessage[]>;

async function readFew(deps: Deps, access: CloudflareAccess, ids: readonly string[]): Promise<Read> {
  const rows: FoundMessage[] = [];
  for (const id of ids) {
    const one = await deps.messages.one(access, id);
    if (!one.ok) return one;
    rows.push(one.value);
  }
  return ok(rows);
}

/** @returns what `isChosen` picks, until there are `most` of them or the search ends. */
async function walked(
  deps: Deps,
  access: CloudflareAccess,
  search: MailSearch,
  isChosen: (row: FoundMessage) => boolean,
  most: number,
): Promise<Read> {
  const rows = new Map<string, FoundMessage>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES && rows.size < most; page++) {
    const found = await deps.messages.search(access, search, { cursor, most: MOST_AT_ONCE });
    if (!found.ok) return found;
    for (const row of found.value.rows) if (isChosen(row)) rows.set(row.id, row);
    cursor = found.value.next;
    if (cursor === null) break;
  }
  return ok([...rows.values()]);
}

async function readAll(deps: Deps, access: CloudflareAccess, { ids, search }: Choice): Promise<Read> {
  if (ids === null) {
    const found = search ? await walked(deps, access, search, () => true, MOST_AT_ONCE + 1) : NOBODY;
    return found.ok && found.value.length > MOST_AT_ONCE ? TOO_MANY : found;
  }
  const wanted = new Set(ids);
  if (wanted.size > MOST_AT_ONCE) return TOO_MANY;
  if (![...wanted].every(isMessageId)) return LOST;
  if (wanted.size <= FEW) return readFew(deps, access, [...wanted]);
  if (search === null) return LOST;
  const found = await walked(deps, access, search, ({ id }) => wanted.has(id), wanted.size);
  return found.ok && found.value.length < wanted.size ? LOST : found;
}

/** What the vendor holds has no copy in a mailbox, and only what it holds can be released. */
function leftFor({ kind }: Choice, row: FoundMessage): ItemReason | null {
  if (kind === "release") return row.isQuarantined ? null : "free";
  return isAway(row) ? "held" : null;
}

export const orderHref = (mail: MailScope, id: string): string => `/t/${mail.tenant.tenant}/orders/${id}`;

export async function keepDraft(
  deps: Deps,
  mail: MailScope,
  order: Pick<Choice, "kind" | "destination">,
  items: readonly NewItem[],
): Promise<ActionAnswer> {
  if (items.length === 0) return NOBODY;
  if (items.every(({ state }) => state === "left"))
    return order.kind === "release"
      ? no("rejected", "None of these is held in the quarantine, so there is nothing to release.", { fix: "Load the page again." })
      : no("rejected", "None of these was delivered, so there is nothing to move.", { fix: "Look at them in the quarantine." });
  const at = deps.clock.now();
  const detail = { kind: order.kind, folder: order.destination, messages: items.length };
  // Its page shows the messages, so that drawing it up is a look like a search.
  const id = await deps.store.together(mail.tenant, async (store) => {
    await store.events.add(mail.tenant, { kind: "mail-listed", at, detail });
    return store.mailOrders.draft(mail.tenant, { ...order, items, at });
  });
  return { ok: true, href: orderHref(mail, id) };
}

/** Nothing is done: its page shows what would be, and asks. */
export const draftOrder =
  (deps: Deps) =>
  async (mail: MailScope, choice: Choice): Promise<ActionAnswer> => {
    const { kind, destination } = choice;
    if ((kind === "retract") !== (destination !== null))
      return no("rejected", "It is not said where the messages go.", { fix: "Choose a folder." });
    if (choice.ids?.length === 0) return NOBODY;
    const access = await mailAccess(deps, mail);
    if (!access.ok) return access;
    const rows = await readAll(deps, access.value, choice);
    if (!rows.ok) return rows;
    const items = rows.value.map((row) => itemOf(row, destination, leftFor(choice, row)));
    return keepDraft(deps, mail, { kind, destination }, items);
  };
