/** Get-MessageTraceV2 and its detail: limits of time and size, continuing by the last row, and the quota of a hundred calls in five minutes. */

import type { TraceRow } from "../mail/trace";
import { traceEvents, traceRows } from "../mail/trace";
import type { ExchangeObject, Tenant } from "../tenant";
import type { World } from "../world";
import type { Bound } from "./bind";
import type { Call, Done } from "./call";
import { done, type Failure, failed, invalid, type Outcome } from "./failure";

const day = 86_400_000;
const oldest = 90 * day;
const longest = 10 * day;
const otherwise = 2 * day;

const quota = 100;
const quotaMs = 5 * 60_000;

/** When each tenant's calls were made; trace and detail share a quota (Exchange Team Blog 2026-01-22, about the Graph endpoint). */
const calls = new WeakMap<Tenant, number[]>();

/** The throttled answer is not on record; 429 with Retry-After is what clients are ready for. */
function throttled(world: World, tenant: Tenant): Failure | null {
  const now = world.clock.now();
  const recent = (calls.get(tenant) ?? []).filter((at) => at > now - quotaMs && at <= now);
  const first = recent[0];
  if (recent.length < quota || first === undefined) {
    calls.set(tenant, [...recent, now]);
    return null;
  }
  const text = "The message trace request was throttled: more than 100 requests in 5 minutes. Please wait and try again.";
  return { ...invalid(text), status: 429, retryAfter: Math.ceil((first + quotaMs - now) / 1000) };
}

export function messageTrace(call: Call): Outcome<Done> | null {
  const { cmdlet, world, tenant } = call;
  if (cmdlet.name === "Get-MessageTrace") {
    return failed(invalid("Get-MessageTrace will start deprecating on September 1st, 2025. Please use Get-MessageTraceV2 instead."));
  }
  const over = throttled(world, tenant);
  if (over) return failed(over);
  const span = spanOf(call.bound, world.clock.now());
  if (!span.ok) return span;
  return cmdlet.noun === "MessageTraceV2" ? list(call, span.value) : detail(call);
}

type Span = { from: number; until: number };

function spanOf(bound: Bound, now: number): Outcome<Span> {
  const time = (name: string, missing: number) => {
    const value = bound.get(name);
    return value === undefined || value === null ? missing : Date.parse(String(value));
  };
  const until = time("EndDate", now);
  const from = time("StartDate", until - otherwise);
  if (Number.isNaN(from) || Number.isNaN(until)) return failed(invalid("StartDate and EndDate must be dates."));
  if (from > until) return failed(invalid("StartDate must be before EndDate."));
  if (from < now - oldest - day) return failed(invalid("StartDate can't be more than 90 days in the past."));
  return until - from > longest
    ? failed(invalid("The time between StartDate and EndDate can't be more than 10 days."))
    : done({ from, until });
}

function list({ bound, tenant }: Call, { from, until }: Span): Outcome<Done> {
  const most = Number(bound.get("ResultSize") ?? 1000);
  const starting = String(bound.get("StartingRecipientAddress") ?? "").toLowerCase();
  const rows: TraceRow[] = [];
  for (const row of traceRows(tenant, from, until)) {
    // The row that the last answer ended with comes again (measured by graph2otel).
    if (row.at === until && row.to.toLowerCase() < starting) continue;
    if (!isAsked(row, bound)) continue;
    if (rows.length === most) return done({ rows: rows.map(wireRow), warnings: [moreThere(bound, rows)], whole: true });
    rows.push(row);
  }
  return done({ rows: rows.map(wireRow), warnings: [], whole: true });
}

const shown = (at: number) => new Date(at).toISOString().replace("Z", "0000Z");

function moreThere(bound: Bound, rows: TraceRow[]): string {
  const last = rows.at(-1);
  return `There are more results, use the following command to get more. Get-MessageTraceV2 -StartDate "${bound.get("StartDate") ?? ""}" -EndDate "${shown(last?.at ?? 0)}" -ResultSize ${rows.length} -StartingRecipientAddress "${last?.to}"`;
}

const texts = (bound: Bound, name: string) => [bound.get(name) ?? []].flat().map((value) => String(value).toLowerCase());

/** `*@domain` is allowed for addresses. */
const isLike = (value: string, wanted: string[]) =>
  wanted.length === 0 ||
  wanted.some((one) => (one.startsWith("*") ? value.toLowerCase().endsWith(one.slice(1)) : value.toLowerCase() === one));

function isAsked(row: TraceRow, bound: Bound): boolean {
  return (
    isLike(row.from, texts(bound, "SenderAddress")) &&
    isLike(row.to, texts(bound, "RecipientAddress")) &&
    isLike(row.status, texts(bound, "Status")) &&
    isLike(row.fromIp, texts(bound, "FromIP")) &&
    isLike(row.messageId, texts(bound, "MessageId")) &&
    isLike(row.traceId, texts(bound, "MessageTraceId")) &&
    hasSubject(row.subject.toLowerCase(), bound)
  );
}

function hasSubject(subject: string, bound: Bound): boolean {
  const [wanted] = texts(bound, "Subject");
  if (wanted === undefined) return true;
  const how = String(bound.get("SubjectFilterType") ?? "contains").toLowerCase();
  if (how === "startswith") return subject.startsWith(wanted);
  return how === "endswith" ? subject.endsWith(wanted) : subject.includes(wanted);
}

/** Twelve keys on the wire (live capture in graph2otel's tests); name and GUID are the store's and stay here. */
const wireRow = (row: TraceRow): ExchangeObject => ({
  Guid: "",
  Name: "",
  MessageTraceId: row.traceId,
  MessageId: row.messageId,
  Received: shown(row.at),
  SenderAddress: row.from,
  RecipientAddress: row.to,
  FromIP: row.fromIp,
  ToIP: "",
  Subject: row.subject,
  Status: row.status,
  Size: row.size,
});

function detail({ world, tenant, bound }: Call): Outcome<Done> {
  const found = traceEvents(world, tenant, String(bound.get("MessageTraceId")), String(bound.get("RecipientAddress")));
  if (!found) return done({ rows: [], warnings: [], whole: true });
  const { row, events } = found;
  const rows = events
    .filter((one) => isLike(one.event, texts(bound, "Event")))
    .map((one) => ({
      ...{ Guid: "", Name: "", MessageTraceId: row.traceId, MessageId: row.messageId },
      ...{ Date: shown(one.at), Event: one.event, Action: one.action, Detail: one.detail, Data: one.data },
    }));
  return done({ rows, warnings: [], whole: true });
}
