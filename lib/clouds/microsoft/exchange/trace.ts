/** Message trace, one query a call: at most ten days and 5,000 rows, newest first, and a hundred queries in five minutes for the whole tenant. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import type { Position, TracePage, TraceRow } from "@/lib/model/trace";
import { createBearer } from "../fresh";
import { pageOf, type Row } from "./answer";
import type { ExchangeDeps } from "./exchange";
import { failureOfCame, invoke } from "./wire";

export type Traces = {
  /**
   * Mail from `position.from` (ms since 1970) back from `position.end`.
   * @returns `throttled` with the time to go on at when the tenant's quota is used up.
   */
  readonly page: (tenant: string, position: Position) => Promise<Result<TracePage>>;
};

/** The most that Get-MessageTraceV2 takes. */
export const MOST_ROWS = 5_000;

/** No subjects: whose they are is nothing to this report. */
const SELECT = ["MessageTraceId", "MessageId", "Received", "SenderAddress", "RecipientAddress", "FromIP", "Status"];

const text = z.preprocess((value) => (typeof value === "string" ? value.trim() : ""), z.string());
const shape = z.object({
  MessageTraceId: z.string(),
  MessageId: text,
  Received: z.string(),
  SenderAddress: text,
  RecipientAddress: text,
  FromIP: text,
  Status: text,
});

const address = (written: string): string => (written === "<>" ? "" : written.toLowerCase());

function rowOf(raw: Row): TraceRow | null {
  const read = shape.safeParse(raw);
  const at = read.success ? Date.parse(read.data.Received) : Number.NaN;
  if (!read.success || Number.isNaN(at)) return null;
  const { MessageTraceId, MessageId, Received, SenderAddress, RecipientAddress, FromIP, Status } = read.data;
  return {
    id: MessageTraceId.toLowerCase(),
    messageId: MessageId,
    at,
    received: Received,
    sender: address(SenderAddress),
    recipient: address(RecipientAddress),
    recipientWritten: RecipientAddress,
    fromIp: FromIP,
    status: Status,
  };
}

/** The warning that stands in the place of a next page (measured by graph2otel); a full answer is asked on in any case. */
const MORE = /more results/i;

export function tracePage(body: unknown): Result<TracePage> {
  const page = pageOf(body);
  if (!page.ok) return page;
  const rows = page.value.rows.map(rowOf);
  const read = rows.flatMap((row) => row ?? []);
  // A row that is left out would be a sender who is not told.
  if (read.length < rows.length) return no("unreadable", "Exchange Online sent rows of message trace of a form we do not know.");
  const isMore = rows.length >= MOST_ROWS || page.value.next !== null || page.value.warnings.some((warning) => MORE.test(warning));
  return ok({ rows: read, isMore });
}

export function createTraces(deps: ExchangeDeps): Traces {
  return {
    page: async (tenant, { from, end, recipient }) => {
      const call = {
        cmdlet: "Get-MessageTraceV2",
        parameters: {
          StartDate: new Date(from).toISOString(),
          EndDate: end,
          ResultSize: MOST_ROWS,
          ...(recipient === null ? {} : { StartingRecipientAddress: recipient }),
        },
      };
      const came = await invoke(deps, createBearer(deps.tokens, deps.clock, tenant, "exchange"), call, { tenant, select: SELECT });
      if (!came.ok) return came;
      if (came.value.status < 300) return tracePage(came.value.body);
      return { ok: false, problem: failureOfCame(came.value, call.cmdlet, deps.clock.now()) };
    },
  };
}
