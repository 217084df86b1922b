/** Message trace as data: one row a message and recipient, the window that is looked at, and how far a look has come. */

export type TraceRow = {
  /** MessageTraceId: the same for every recipient of one message. */
  readonly id: string;
  /** The Message-ID header. */
  readonly messageId: string;
  /** When Microsoft took it, ms since 1970. */
  readonly at: number;
  /** The same as the service wrote it, seven fraction digits: it is given back to it to go on. */
  readonly received: string;
  /** Envelope sender in lower case; "" for bounces. */
  readonly sender: string;
  readonly recipient: string;
  /** The recipient as the service wrote it, which is given back to it as well. */
  readonly recipientWritten: string;
  /** Of the server that handed it over; "" for mail that came from no server outside. */
  readonly fromIp: string;
  readonly status: string;
};

/** Both ends belong to it. ms since 1970. */
export type Window = { readonly from: number; readonly until: number };

/** One query's answer, newest first. */
export type TracePage = {
  readonly rows: readonly TraceRow[];
  /** The service has older ones for the same query. */
  readonly isMore: boolean;
};

/** Where a look stands, as data: what the next query asks, and which rows at its newest moment were counted already. */
export type Position = {
  /** Of the stretch that is queried: no query spans more than ten days. */
  readonly from: number;
  /** `EndDate`: the last row's `Received` as it was written, or an ISO time. */
  readonly end: string;
  /** `StartingRecipientAddress`: the last row's recipient. */
  readonly recipient: string | null;
  readonly seen: readonly string[];
};

const DAY_MS = 86_400_000;
/** Get-MessageTraceV2: "You can only return 10 days worth of data per query". */
export const LONGEST_QUERY_MS = 10 * DAY_MS;

/** One message may be traced to a recipient twice, at different moments: expanded, then delivered. */
const keyOf = ({ id, recipient, received }: TraceRow): string => `${id} ${recipient} ${received}`;

const stretch = ({ from }: Window, end: number): Pick<Position, "from" | "end"> => ({
  from: Math.max(from, end - LONGEST_QUERY_MS),
  end: new Date(end).toISOString(),
});

export const firstPosition = (window: Window): Position => ({ ...stretch(window, window.until), recipient: null, seen: [] });

/** The row to go on from. The service gives the newest first (measured by graph2otel); of one moment the last counts, as Microsoft's page says. */
const oldestOf = (rows: readonly TraceRow[]): TraceRow | undefined =>
  rows.reduce<TraceRow | undefined>((oldest, row) => (oldest === undefined || row.at <= oldest.at ? row : oldest), undefined);

/** Rows that were not counted before: the row of the border comes again (measured), and a proxy may repeat any. */
function freshOf(rows: readonly TraceRow[], seen: readonly string[]): readonly TraceRow[] {
  const known = new Set(seen);
  return rows.filter((row) => {
    const key = keyOf(row);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

function within(position: Position, rows: readonly TraceRow[]): Position | null {
  const last = oldestOf(rows);
  if (!last) return null;
  const carried = last.received === position.end ? position.seen : [];
  const here = rows.filter((row) => row.received === last.received).map(keyOf);
  return { from: position.from, end: last.received, recipient: last.recipientWritten, seen: [...new Set([...carried, ...here])] };
}

/** The stretch before, when this one is read to its end; both have the moment between them. */
function before(position: Position, rows: readonly TraceRow[], window: Window): Position | null {
  if (position.from <= window.from) return null;
  const carried = Date.parse(position.end) === position.from ? position.seen : [];
  const here = rows.filter((row) => row.at === position.from).map(keyOf);
  return { ...stretch(window, position.from), recipient: null, seen: [...new Set([...carried, ...here])] };
}

export type Turned = {
  /** To be counted: never a row twice, whatever the borders of pages are. */
  readonly fresh: readonly TraceRow[];
  /** null: everything was read. */
  readonly next: Position | null;
  /** The service says that there is more and gives the same again: going on would never end, and stopping would hide rows. */
  readonly isStuck: boolean;
};

export function turn(position: Position, { rows, isMore }: TracePage, window: Window): Turned {
  const fresh = freshOf(rows, position.seen);
  if (!isMore) return { fresh, next: before(position, rows, window), isStuck: false };
  const next = within(position, rows);
  const isStuck = next === null || (fresh.length === 0 && next.end === position.end && next.recipient === position.recipient);
  return { fresh, next, isStuck };
}
