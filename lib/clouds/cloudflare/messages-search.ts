/** Messages as the vendor's search finds them, page by page. Source: email-security/investigate, July 2026. */
import type { InvestigateListParams } from "cloudflare/resources/email-security/investigate/investigate";
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import { DELIVERY_STATUSES, DISPOSITIONS, type FoundMessage } from "@/lib/model/found-message";
import { type MailSearch, MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { Account } from "./account";
import { came } from "./call";
import { anything, bareId, line, lines, momentOf, written } from "./messages-reading";

export const READ = { permission: PERMISSIONS.emailRead.name, isWrite: false };

const MOST_ADDRESSES = 1_000;
const ADDRESS = 320;

/** `ts` until November 2026, `scanned_at` since. Everything but the id may be missing or null. */
const shape = z
  .object({
    id: z.union([z.string().min(1), z.number()]).transform(String),
    message_id: line(1_000),
    scanned_at: anything,
    ts: anything,
    from: line(ADDRESS),
    from_name: line(300),
    envelope_from: line(ADDRESS),
    to: lines(MOST_ADDRESSES, ADDRESS),
    client_recipients: lines(MOST_ADDRESSES, ADDRESS),
    subject: line(2_000),
    final_disposition: line(40),
    delivery_mode: line(40),
    delivery_status: lines(20, 40),
    alert_id: line(200),
    detection_reasons: lines(100, 1_000),
    is_quarantined: anything,
    post_delivery_operations: lines(50, 40),
  })
  .transform(
    (row): FoundMessage => ({
      id: row.id,
      messageId: row.message_id,
      at: momentOf(row.scanned_at, row.ts) ?? 0,
      from: row.from,
      fromName: row.from_name,
      envelopeFrom: row.envelope_from,
      to: row.to,
      recipients: row.client_recipients,
      subject: row.subject,
      disposition: row.final_disposition.toUpperCase() || "NONE",
      deliveryMode: row.delivery_mode.toUpperCase(),
      deliveryStatus: row.delivery_status.map((status) => status.toLowerCase()),
      alertId: row.alert_id,
      reasons: row.detection_reasons,
      isQuarantined: row.is_quarantined === true,
      operations: row.post_delivery_operations.map((operation) => operation.toUpperCase()),
    }),
  );

export function messageOf(raw: unknown, evidence: Readonly<Record<string, string>>): Result<FoundMessage> {
  const read = shape.safeParse(raw);
  return read.success ? ok(read.data) : no("unreadable", "Cloudflare sent a message in a form that we do not know.", { evidence });
}

export type Found = { readonly rows: readonly FoundMessage[]; readonly next: string | null };
export type Filter = Omit<InvestigateListParams, "account_id" | "page">;

/** One page. `page` ends in November 2026 and the client's own walk uses it, so `cursor` is walked by hand. */
export async function foundBy(account: Account, filter: Filter): Promise<Result<Found>> {
  const { client, accountId } = account;
  const answer = await came(account, READ, () => client.emailSecurity.investigate.list({ account_id: accountId, ...filter }).asResponse());
  if (!answer.ok) return answer;
  const { result, next, evidence } = answer.value;
  const list = z.array(z.unknown()).safeParse(result);
  if (!list.success) return no("unreadable", "Cloudflare sent something else where a list of messages should be.", { evidence });
  // Whoever follows a cursor to itself never ends.
  if (next !== null && next === filter.cursor)
    return no("unreadable", "Cloudflare’s list of messages goes round in a circle.", { evidence });
  const messages = list.data.map((raw) => messageOf(raw, evidence));
  const odd = messages.find((one) => !one.ok);
  return odd && !odd.ok ? odd : ok({ rows: messages.flatMap((one) => (one.ok ? [one.value] : [])), next });
}

/** Whether the search wants angle brackets is not on record: with them, as mail has them, then without. */
const spellings = (messageId: string): readonly string[] => {
  const bare = messageId.trim().replace(/^<|>$/g, "");
  return [`<${bare}>`, bare];
};

/** What comes back is compared: a filter that is not understood would be left out, and everything be found. */
export async function foundById(account: Account, messageId: string, filter: Filter): Promise<Result<Found>> {
  let last: Result<Found> = ok({ rows: [], next: null });
  for (const message_id of spellings(messageId)) {
    last = await foundBy(account, { ...filter, message_id });
    if (!last.ok) return last;
    const own = last.value.rows.filter((row) => bareId(row.messageId) === bareId(messageId));
    if (own.length > 0) return ok({ rows: own, next: last.value.next });
  }
  return ok({ rows: [], next: null });
}

const FILTERED = [...DISPOSITIONS, "NONE"] as const;
const known = <T extends string>(all: readonly T[], said: string): T | undefined => all.find((one) => one === said);

/** What was asked for; what was not is left out, but for `detections_only`, whose silence means yes. */
function filterOf(search: MailSearch, now: number): Filter {
  const said = {
    query: search.query,
    sender: search.sender,
    recipient: search.recipient,
    subject: search.subject,
    domain: search.domain,
    alert_id: search.alertId,
  };
  // The last second counts whole, unless it is not over: a search may not reach into the future.
  const second = Math.ceil(search.until / 1_000) * 1_000;
  const disposition = known(FILTERED, search.disposition);
  const status = known(DELIVERY_STATUSES, search.deliveryStatus);
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, text]) => text !== "")),
    ...(disposition === undefined ? {} : { final_disposition: disposition }),
    ...(status === undefined ? {} : { delivery_status: status }),
    start: written(search.from),
    end: written(second <= now ? second : search.until),
    detections_only: search.detectionsOnly,
  };
}

export type Page = { readonly cursor: string | null; readonly most: number; readonly isMoved?: boolean };

export function searchMessages(account: Account, search: MailSearch, { cursor, most, isMoved }: Page): Promise<Result<Found>> {
  const filter: Filter = {
    ...filterOf(search, account.clock.now()),
    ...(isMoved === true ? { message_action: "MOVED" } : {}),
    ...(cursor === null ? {} : { cursor }),
    per_page: Math.min(Math.max(most, 1), MOST_AT_ONCE),
  };
  return search.messageId === "" ? foundBy(account, filter) : foundById(account, search.messageId, filter);
}
