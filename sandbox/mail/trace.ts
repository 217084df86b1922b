/** Message trace: what happened to mail that really came, and the made-up history before and beside it. */
import type { Tenant } from "../tenant";
import { type World, workingExchange } from "../world";
import { connectorFor } from "./connectors";
import { historyMessage, historyRows, type TraceRow } from "./history";
import type { Message, TraceEvent } from "./message";
import { endEvent, receiveEvent, statusOf } from "./trace-events";

export type { TraceRow } from "./history";

const rowOf = (message: Message): TraceRow => ({
  ...{ traceId: message.traceId, messageId: message.messageId, at: message.at },
  // Null senders show as <>.
  ...{ from: message.mailFrom || "<>", to: message.to, subject: message.subject },
  ...{ status: statusOf(message.place), fromIp: message.fromIp, size: message.size },
});

const inOrder = (a: TraceRow, b: TraceRow) => b.at - a.at || (a.to < b.to ? -1 : a.to > b.to ? 1 : 0);

/** Newest first, those of one moment by recipient; both ends inclusive. */
export function* traceRows(tenant: Tenant, from: number, until: number): Generator<TraceRow> {
  const real = tenant.mail.messages.map(rowOf).filter((row) => row.at >= from && row.at <= until);
  real.sort(inOrder);
  for (const row of historyRows(tenant, from, until)) {
    while (real[0] && inOrder(real[0], row) <= 0) yield* real.splice(0, 1);
    yield row;
  }
  yield* real;
}

/** The events of one message for one recipient. */
export function traceEvents(
  world: World,
  tenant: Tenant,
  traceId: string,
  recipient: string,
): { row: TraceRow; events: TraceEvent[] } | null {
  const wanted = recipient.toLowerCase();
  const real = tenant.mail.messages.find((message) => message.traceId === traceId.toLowerCase() && message.to.toLowerCase() === wanted);
  if (real) return { row: rowOf(real), events: real.events };
  const row = historyMessage(tenant, traceId).find((one) => one.to.toLowerCase() === wanted);
  if (!row) return null;
  const session = { serverHost: "", clientIp: row.fromIp, isTls: true, helo: "", mailFrom: row.from };
  const connector = connectorFor(workingExchange(world, tenant), session)?.Name ?? null;
  return { row, events: [receiveEvent(row, connector), endEvent(row.at, { kind: "folder", folder: "Inbox" })] };
}
