/** The search of `email-security/investigate`: filters, a cursor to go on from, and 202 where a result takes its time. */
import { z } from "zod";
import type { Context, Operations } from "./context";
import { type Answer, type CursorInfo, type Refusal, refusals } from "./errors";
import { type Found, messagesOf, orderOf } from "./found-message";

const monthMs = 30 * 86_400_000;
/** Neither the usual number nor the most is on record. */
const usualPage = 20;
const largestPage = 1_000;

/** `after`: the place of the last message of the page before; `readyAt`: when a slow search has its result. */
const cursorShape = z.strictObject({ after: z.string().optional(), readyAt: z.number().optional() });
type Cursor = z.infer<typeof cursorShape>;

const written = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString("base64url");

function cursorOf(text: string | null): Cursor | null {
  if (text === null) return {};
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

const has = (text: string | null, part: string) => (text ?? "").toLowerCase().includes(part);
/** An address, or a whole domain. */
const isAt = (address: string, wanted: string) => address.toLowerCase() === wanted || address.toLowerCase().endsWith(`@${wanted}`);
const bare = (id: string) => id.replace(/^<|>$/g, "").toLowerCase();

const filters: Record<string, (message: Found, wanted: string) => boolean> = {
  message_id: (message, wanted) => bare(message.message_id) === bare(wanted),
  sender: ({ from, envelope_from }, wanted) => isAt(from, wanted) || isAt(envelope_from, wanted),
  recipient: ({ to }, wanted) => to.some((one) => isAt(one, wanted)),
  domain: ({ from, to }, wanted) => [from, ...to].some((one) => one.toLowerCase().endsWith(`@${wanted}`)),
  subject: ({ subject }, wanted) => wanted.split(/\s+/).every((word) => has(subject, word)),
  query: ({ from, to, subject, message_id }, wanted) =>
    wanted.split(/\s+/).every((word) => has([from, ...to, subject, message_id].join(" "), word)),
  alert_id: ({ alert_id }, wanted) => alert_id === wanted,
  final_disposition: ({ final_disposition }, wanted) => final_disposition.toLowerCase() === wanted,
  delivery_status: ({ delivery_status }, wanted) => delivery_status.some((one) => one === wanted),
  message_action: ({ post_delivery_operations }, wanted) => post_delivery_operations.some((one) => one.toLowerCase() === wanted),
  smtp_helo_ip: ({ smtp_helo_server_ip }, wanted) => smtp_helo_server_ip === wanted,
};

function matching({ tenant, query, lies }: Context, start: number, end: number): Found[] {
  const asked = Object.entries(filters).flatMap(([name, test]) => {
    const wanted = query.get(name)?.trim().toLowerCase();
    return wanted === undefined ? [] : [(message: Found) => test(message, wanted)];
  });
  // On unless it is switched off: who looks for clean mail and doesn't, finds nothing.
  const onlyDetections = query.get("detections_only") !== "false";
  const isMeant = (message: Found) => {
    const at = Date.parse(message.scanned_at);
    return at >= start && at <= end && !(onlyDetections && message.final_disposition === "NONE") && asked.every((test) => test(message));
  };
  return lies ? [] : messagesOf(tenant).filter(isMeant);
}

function page(found: Found[], query: URLSearchParams, { after }: Cursor): Answer {
  const perPage = Math.min(Number(query.get("per_page") ?? usualPage), largestPage);
  const skipped =
    after === undefined ? (Number(query.get("page") ?? 1) - 1) * perPage : found.filter((one) => orderOf(one) >= after).length;
  const result = found.slice(skipped, skipped + perPage);
  const last = found.length > skipped + perPage ? result.at(-1) : undefined;
  const next = last ? written({ after: orderOf(last) }) : null;
  const info: CursorInfo = { page: 0, per_page: perPage, count: result.length, total_count: 0, next, previous: null };
  return { status: 200, result, info };
}

/** The same search, to be asked again at another address until it is done. */
function later({ url }: Context, cursor: Cursor): Answer {
  const location = new URL(url);
  location.searchParams.set("cursor", written(cursor));
  const info: CursorInfo = { page: 0, per_page: 0, count: 0, total_count: 0, next: null, previous: null };
  return { status: 202, result: [], info, headers: { location: location.href } };
}

function search(context: Context): Answer | Refusal {
  const { query, world, account } = context;
  const now = world.clock.now();
  const cursor = cursorOf(query.get("cursor"));
  if (!cursor) return refusals.invalid([{ pointer: "/cursor", message: "is not a cursor of ours" }]);
  const start = Date.parse(query.get("start") ?? new Date(now - monthMs).toISOString());
  const end = Date.parse(query.get("end") ?? new Date(now).toISOString());
  if (start > now) return refusals.invalid([{ pointer: "/start", message: "must not be in the future" }]);
  const isFirst = query.get("cursor") === null;
  if (isFirst && account.traits.searchMs > 0) return later(context, { readyAt: now + account.traits.searchMs });
  if (cursor.readyAt !== undefined && now < cursor.readyAt) return later(context, cursor);
  return page(matching(context, start, end), query, cursor);
}

export const searchOperations: Operations = { "emailSecurity.investigate.list": search };
