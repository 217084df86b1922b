import { afterEach, expect, test } from "vitest";
import { createHttp } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";
import { ok } from "@/lib/base/result";
import { json, type Reply, type StandIn, standIn } from "@/lib/base/stand-in";
import { firstPosition } from "@/lib/model/trace";
import { failure, NOW, rows, TENANT } from "./stand-in-service";
import { createTraces, MOST_ROWS } from "./trace";

const open: StandIn[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function traces(answer: (nth: number) => Reply) {
  const server = await standIn((_, nth) => answer(nth));
  open.push(server);
  const clock = { now: () => NOW };
  const tokens = { get: async () => ok({ text: "t", issuedAt: NOW, expiresAt: NOW + 3_000_000 }) };
  const http = createHttp({ clock, log: quietLog, pause: async () => {} });
  const asked = () => server.received.map((one) => JSON.parse(one.body).CmdletInput);
  return { ...createTraces({ http, clock, tokens, exchangeUrl: server.url }), asked };
}

const start = firstPosition({ from: NOW - 86_400_000, until: NOW });
const wire = {
  MessageTraceId: "C20E0F7A-F06B-41DF-FE33-08D9DA155AC1",
  MessageId: "<m@x>",
  Received: "2026-11-24T10:00:00.1234567Z",
  "Received@data.type": "System.DateTime",
  SenderAddress: "Scanner@Contoso.com",
  RecipientAddress: "Ann@contoso.com",
  FromIP: "198.51.100.20",
  Status: "Delivered",
};

test("asks for ten days at the most and as many rows as are given, and goes on by the last row", async () => {
  const { page, asked } = await traces(() => json(rows(wire)));
  await page(TENANT, start);
  await page(TENANT, { ...start, end: wire.Received, recipient: "Ann@contoso.com" });
  expect(asked()).toEqual([
    {
      CmdletName: "Get-MessageTraceV2",
      Parameters: { StartDate: new Date(NOW - 86_400_000).toISOString(), EndDate: new Date(NOW).toISOString(), ResultSize: MOST_ROWS },
    },
    {
      CmdletName: "Get-MessageTraceV2",
      Parameters: {
        StartDate: new Date(NOW - 86_400_000).toISOString(),
        EndDate: wire.Received,
        ResultSize: MOST_ROWS,
        StartingRecipientAddress: "Ann@contoso.com",
      },
    },
  ]);
});

test("a row in our spelling keeps the time and recipient as they were written", async () => {
  const { page } = await traces(() => json(rows(wire, { ...wire, SenderAddress: "<>", FromIP: null })));
  expect(await page(TENANT, start)).toMatchObject({
    ok: true,
    value: {
      isMore: false,
      rows: [
        {
          id: wire.MessageTraceId.toLowerCase(),
          sender: "scanner@contoso.com",
          recipient: "ann@contoso.com",
          recipientWritten: "Ann@contoso.com",
          received: wire.Received,
          at: Date.parse("2026-11-24T10:00:00.123Z"),
          fromIp: "198.51.100.20",
        },
        { sender: "", fromIp: "" },
      ],
    },
  });
});

test("the warning in the place of a next page means that there is more, and so does a full answer", async () => {
  const more = {
    ...rows(wire),
    "@adminapi.warnings": ["There are more results, use the following command to get more. Get-MessageTraceV2 …"],
  };
  expect(await (await traces(() => json(more))).page(TENANT, start)).toMatchObject({ value: { isMore: true } });
  const full = rows(...Array.from({ length: MOST_ROWS }, () => wire));
  expect(await (await traces(() => json(full))).page(TENANT, start)).toMatchObject({ value: { isMore: true } });
});

test("the quota is a time to go on at, not a failure", async () => {
  const { page } = await traces(() => json({}, 429, { "retry-after": "240" }));
  expect(await page(TENANT, start)).toMatchObject({ ok: false, problem: { code: "throttled", retryAt: NOW + 240_000 } });
});

test("passing trouble is tried again, within bounds", async () => {
  const { page } = await traces((nth) => (nth < 3 ? failure("X.TransientException", "issue may be transient") : json(rows(wire))));
  expect(await page(TENANT, start)).toMatchObject({ ok: true });
  const dead = await traces(() => json({}, 503));
  expect(await dead.page(TENANT, start)).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  expect(dead.asked().length).toBeLessThan(20);
});

test("a row that cannot be read fails the page: a sender must not go missing", async () => {
  const { page } = await traces(() => json(rows(wire, { ...wire, Received: "yesterday" })));
  expect(await page(TENANT, start)).toMatchObject({ ok: false, problem: { code: "unreadable" } });
});
