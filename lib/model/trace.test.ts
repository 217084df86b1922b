import fc from "fast-check";
import { expect, test } from "vitest";
import { firstPosition, LONGEST_QUERY_MS, type Position, type TracePage, type TraceRow, turn, type Window } from "./trace";

const NOW = Date.UTC(2026, 10, 24);
const window: Window = { from: NOW - 25 * 86_400_000, until: NOW };

const rowAt = (at: number, id: number, recipient: string): TraceRow => ({
  id: `id-${id}`,
  messageId: "",
  at,
  received: new Date(at).toISOString().replace("Z", "0000Z"),
  sender: "a@b.example",
  recipient: recipient.toLowerCase(),
  recipientWritten: recipient,
  fromIp: "192.0.2.1",
  status: "Delivered",
});

/** Get-MessageTraceV2 as Microsoft's page and graph2otel's measurements have it. */
function service(rows: readonly TraceRow[], size: number) {
  const order = [...rows].sort((a, b) => b.at - a.at || (a.recipient < b.recipient ? -1 : a.recipient > b.recipient ? 1 : 0));
  const asked: Position[] = [];
  return {
    asked,
    page: (position: Position): TracePage => {
      asked.push(position);
      const end = Date.parse(position.end);
      const found = order.filter(
        (row) =>
          row.at >= position.from &&
          row.at <= end &&
          !(row.at === end && position.recipient !== null && row.recipient < position.recipient.toLowerCase()),
      );
      return { rows: found.slice(0, size), isMore: found.length > size };
    },
  };
}

function readAll(rows: readonly TraceRow[], size: number) {
  const { page, asked } = service(rows, size);
  const all: TraceRow[] = [];
  let position: Position | null = firstPosition(window);
  for (let n = 0; position !== null && n < 10_000; n++) {
    const { fresh, next, isStuck } = turn(position, page(position), window);
    if (isStuck) return { all, asked, isStuck };
    all.push(...fresh);
    position = JSON.parse(JSON.stringify(next)); // it is kept between pages
  }
  return { all, asked, isStuck: false };
}

const idOf = ({ id, recipient, received }: TraceRow) => `${id} ${recipient} ${received}`;

/** Few moments, few recipients: borders fall into ties all the time. */
const someRows = fc
  .uniqueArray(
    fc.record({
      minutes: fc.integer({ min: 0, max: 12 }).map((n) => n * 3_000),
      id: fc.integer({ min: 0, max: 30 }),
      recipient: fc.constantFrom("Ann@x.example", "bob@x.example", "cem@x.example", "dee@x.example"),
    }),
    { selector: (r) => `${r.minutes} ${r.id} ${r.recipient}`, maxLength: 120 },
  )
  .map((all) => all.map((r) => rowAt(NOW - r.minutes * 60_000, r.id, r.recipient)));

test("every row in the window is counted once, wherever pages and stretches of ten days begin and end", () => {
  fc.assert(
    // More rows than one page holds at one moment for one recipient cannot be told apart by what the service takes: that is the next test.
    fc.property(someRows, fc.integer({ min: 32, max: 60 }), (rows, size) => {
      const { all, isStuck } = readAll(rows, size);
      expect(isStuck).toBe(false);
      expect(all.map(idOf).sort()).toEqual(rows.map(idOf).sort());
    }),
    { numRuns: 300 },
  );
});

test("no query spans more than ten days, and the window is covered to its end", () => {
  const { asked } = readAll([], 10);
  expect(asked.length).toBe(3);
  for (const { from, end } of asked) expect(Date.parse(end) - from).toBeLessThanOrEqual(LONGEST_QUERY_MS);
  expect(asked.at(-1)?.from).toBe(window.from);
});

test("what is given back to the service is the last row's time and recipient as it wrote them", () => {
  const rows = [rowAt(NOW - 1_000, 1, "Ann@x.example"), rowAt(NOW - 2_000, 2, "Bob@X.example"), rowAt(NOW - 3_000, 3, "c@x.example")];
  const { asked } = readAll(rows, 2);
  expect(asked[1]).toMatchObject({ end: rows[1]?.received, recipient: "Bob@X.example", from: asked[0]?.from });
});

test("a service that gives the same page for ever is noticed: rows must neither be hidden nor be asked for without end", () => {
  const rows = Array.from({ length: 40 }, (_, n) => rowAt(NOW - 1_000, n, "ann@x.example"));
  expect(readAll(rows, 10).isStuck).toBe(true);
});
