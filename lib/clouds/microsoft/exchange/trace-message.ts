/** What became of single messages: message trace asked by Message-ID, by sender and recipient, and the events of one message. It shares the tenant's quota. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import type { TraceEvent } from "@/lib/model/mail-proof-trace";
import type { TraceRow } from "@/lib/model/trace";
import { createBearer } from "../fresh";
import { pageOf } from "./answer";
import type { ExchangeDeps } from "./exchange";
import { tracePage } from "./trace";
import { failureOfCame, invoke } from "./wire";

/** ms since 1970. */
type Span = { readonly from: number; readonly until: number };
export type MessageTraces = {
  readonly byMessageId: (tenant: string, ids: readonly string[], span: Span) => Promise<Result<readonly TraceRow[]>>;
  /** For what was refused before its header was sent: then message trace has no Message-ID. */
  readonly byAddresses: (tenant: string, who: { sender: string; recipient: string }, span: Span) => Promise<Result<readonly TraceRow[]>>;
  /** In the order in which they happened. */
  readonly events: (tenant: string, row: Pick<TraceRow, "id" | "recipient">, span: Span) => Promise<Result<readonly TraceEvent[]>>;
};

const MOST_ROWS = 100;
const MOST_EVENTS = 200;

const text = z.preprocess((value) => (typeof value === "string" ? value : ""), z.string());
const event = z.object({ Date: text, Event: text, Detail: text, Data: text });

function eventsOf(body: unknown): Result<readonly TraceEvent[]> {
  const page = pageOf(body);
  if (!page.ok) return page;
  const read = z.array(event).safeParse(page.value.rows);
  if (!read.success) return no("unreadable", "Exchange Online sent details of a message of a form we do not know.");
  const sorted = [...read.data].sort((a, b) => (a.Date < b.Date ? -1 : a.Date > b.Date ? 1 : 0));
  return ok(sorted.slice(0, MOST_EVENTS).map(({ Event, Detail, Data }) => ({ event: Event, detail: Detail, data: Data })));
}

export function createMessageTraces(deps: ExchangeDeps): MessageTraces {
  const asked = async <T>(
    tenant: string,
    cmdlet: string,
    parameters: Readonly<Record<string, string | number | string[]>>,
    read: (body: unknown) => Result<T>,
  ): Promise<Result<T>> => {
    const came = await invoke(deps, createBearer(deps.tokens, deps.clock, tenant, "exchange"), { cmdlet, parameters }, { tenant });
    if (!came.ok) return came;
    if (came.value.status < 300) return read(came.value.body);
    return { ok: false, problem: failureOfCame(came.value, cmdlet, deps.clock.now()) };
  };
  const span = ({ from, until }: Span) => ({ StartDate: new Date(from).toISOString(), EndDate: new Date(until).toISOString() });
  const rowsOf = (body: unknown): Result<readonly TraceRow[]> => {
    const page = tracePage(body);
    return page.ok ? ok(page.value.rows) : page;
  };
  const list = (tenant: string, by: Readonly<Record<string, string | string[]>>, of: Span) =>
    asked(tenant, "Get-MessageTraceV2", { ...span(of), ...by, ResultSize: MOST_ROWS }, rowsOf);
  return {
    byMessageId: (tenant, ids, of) => list(tenant, { MessageId: [...ids] }, of),
    byAddresses: (tenant, { sender, recipient }, of) => list(tenant, { SenderAddress: [sender], RecipientAddress: [recipient] }, of),
    events: (tenant, { id, recipient }, of) =>
      asked(tenant, "Get-MessageTraceDetailV2", { MessageTraceId: id, RecipientAddress: recipient, ...span(of) }, eventsOf),
  };
}
