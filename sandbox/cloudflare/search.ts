/** The search of `email-security/investigate`: a cursor to go on from, and 202 where a result takes its time. */
import { z } from "zod";
import type { Context, Operations } from "./context";
import { type Entry, newestFirst } from "./entry";
import { type Answer, type CursorInfo, type Refusal, refusals } from "./errors";
import { matching, type Span } from "./filters";
import { shownMessage } from "./found-message";

export const monthMs = 30 * 86_400_000;
/** Neither the usual number nor the most is on record. */
const usualPage = 20;
const largestPage = 1_000;
const all = Number.POSITIVE_INFINITY;

/** `after`: the last message of the page before; `readyAt`: when a slow search has its result. */
const cursorShape = z.strictObject({
  after: z.strictObject({ at: z.number(), id: z.string() }).optional(),
  readyAt: z.number().optional(),
});
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

/** From the page's first message on, with one more where there is a next page. */
function fromPlace({ tenant, query, world, lies }: Context, span: Omit<Span, "most">, { after }: Cursor, perPage: number): Entry[] {
  if (lies) return [];
  const looking = { tenant, now: world.clock.now() };
  if (!after) {
    const skipped = (Number(query.get("page") ?? 1) - 1) * perPage;
    return matching(looking, new Map(query), { ...span, most: skipped + perPage + 1 }).slice(skipped);
  }
  const ofOneMoment = matching(looking, new Map(query), {
    ...span,
    start: Math.max(span.start, after.at),
    end: Math.min(span.end, after.at),
    most: all,
  });
  const rest = ofOneMoment.filter((entry) => newestFirst(after, entry) < 0);
  const older = matching(looking, new Map(query), { ...span, end: Math.min(span.end, after.at - 1), most: perPage + 1 });
  return [...rest, ...older];
}

function page(context: Context, span: Omit<Span, "most">, cursor: Cursor): Answer {
  const { tenant, query, world } = context;
  const now = world.clock.now();
  const perPage = Math.min(Number(query.get("per_page") ?? usualPage), largestPage);
  const found = fromPlace(context, span, cursor, perPage);
  const shown = found.slice(0, perPage);
  const last = found.length > perPage ? shown.at(-1) : undefined;
  const next = last ? written({ after: { at: last.at, id: last.id } }) : null;
  const info: CursorInfo = { page: 0, per_page: perPage, count: shown.length, total_count: 0, next, previous: null };
  return { status: 200, result: shown.map((entry) => shownMessage(tenant, entry, now)), info };
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
  return page(context, { start, end }, cursor);
}

export const searchOperations: Operations = { "emailSecurity.investigate.list": search };
