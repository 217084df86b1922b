import { expect, test } from "vitest";
import { microsoftData, microsoftRcpt } from "../mail/index";
import { caller, textOf } from "./testing";

const day = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();

function traced(rows: number) {
  const one = caller("direct-senders");
  one.tenant.traits.traceRows = rows;
  const now = one.world.clock.now();
  const trace = async (parameters: Record<string, unknown> = {}) =>
    one.call("Get-MessageTraceV2", { StartDate: iso(now - 2 * day), EndDate: iso(now), ...parameters });
  return { ...one, now, trace };
}

test("continuing by the last row's time and recipient gives every row, the boundary row twice", async () => {
  const { trace } = traced(2_000);
  const all: string[] = [];
  let next: Record<string, unknown> = {};
  let isMore = true;
  while (isMore) {
    const { body } = await trace({ ...next, ResultSize: 40 });
    const keys: string[] = body.value.map(
      (row: Record<string, string>) => `${row["Received"]} ${row["RecipientAddress"]} ${row["MessageTraceId"]}`,
    );
    if (all.length > 0) expect(keys[0]).toBe(all.at(-1));
    all.push(...keys);
    expect(body["@odata.nextLink"]).toBeUndefined();
    isMore = body["@adminapi.warnings"].length > 0;
    const last = body.value.at(-1);
    next = { EndDate: last.Received, StartingRecipientAddress: last.RecipientAddress };
  }
  const whole = await trace({ ResultSize: 5_000 });
  expect(whole.body["@adminapi.warnings"]).toEqual([]);
  expect(new Set(all).size).toBe(whole.body.value.length);
  expect(whole.body.value.length).toBeGreaterThan(350);
  expect(whole.body.value.length).toBeLessThan(450);
});

test("a row has the twelve keys of the live service and no directory envelope", async () => {
  const { trace } = traced(2_000);
  const { body } = await trace({ ResultSize: 1 });
  expect(Object.keys(body.value[0]).sort()).toEqual([
    "FromIP",
    "MessageId",
    "MessageTraceId",
    "Received",
    "Received@data.type",
    "RecipientAddress",
    "SenderAddress",
    "Size",
    "Size@data.type",
    "Status",
    "Subject",
    "ToIP",
  ]);
  expect(body.value[0].Received).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}0000Z$/);
});

test("history is the same whenever it is asked for, and a million rows are no trouble", async () => {
  const { trace, world } = traced(1_000_000);
  const first = await trace({ ResultSize: 5_000 });
  world.clock.advance(day);
  expect((await trace({ ResultSize: 5_000 })).body.value).toEqual(first.body.value);
  expect(first.body.value).toHaveLength(5_000);
});

test("more than ten days, more than ninety days back and no dates at all", async () => {
  const { trace, call, now } = traced(2_000);
  expect(textOf(await trace({ StartDate: iso(now - 11 * day) }))).toContain("10 days");
  expect(textOf(await trace({ StartDate: iso(now - 100 * day), EndDate: iso(now - 95 * day) }))).toContain("90 days");
  const { body } = await call("Get-MessageTraceV2");
  const times: number[] = body.value.map((row: Record<string, string>) => Date.parse(row["Received"] ?? ""));
  expect(Math.min(...times)).toBeGreaterThan(now - 2 * day - 60_000);
});

test("the hundred and first call within five minutes is throttled, trace and detail together", async () => {
  const { trace, call, world } = traced(100);
  const id = { MessageTraceId: "00000000-0000-4000-8000-000000000000", RecipientAddress: "a@b.example" };
  for (let index = 0; index < 50; index += 1) await Promise.all([trace(), call("Get-MessageTraceDetailV2", id)]);
  const answer = await trace();
  expect(answer.status).toBe(429);
  expect(Number(answer.headers["retry-after"])).toBeLessThanOrEqual(300);
  world.clock.advance(300_001);
  expect((await trace({ StartDate: iso(world.clock.now() - day), EndDate: iso(world.clock.now()) })).status).toBe(200);
});

test("filters narrow: sender with a star, status, address, subject", async () => {
  const { trace, tenant } = traced(2_000);
  const rows = async (more: Record<string, unknown>) => (await trace({ ...more, ResultSize: 5_000 })).body.value;
  const own = await rows({ SenderAddress: [`*@${tenant.domains[0]?.id}`] });
  expect(own.length).toBeGreaterThan(100);
  expect(new Set(own.map((row: Record<string, string>) => row["SenderAddress"])).size).toBe(3);
  expect((await rows({ Status: ["Quarantined"] })).every((row: Record<string, string>) => row["Status"] === "Quarantined")).toBe(true);
  expect((await rows({ FromIP: "198.51.100.40" })).every((row: Record<string, string>) => row["SenderAddress"]?.startsWith("erp@"))).toBe(
    true,
  );
  expect((await rows({ Subject: "scan", SubjectFilterType: "startswith" })).length).toBeGreaterThan(50);
});

test("mail that came shows with the connector that took it; history has detail as well", async () => {
  const { trace, call, world, tenant } = traced(2_000); // so many that every kind of sender is among them
  const to = tenant.users[2]?.upn ?? "";
  await call("New-InboundConnector", { Name: "Printers", SenderDomains: ["*"], SenderIPAddresses: ["198.51.100.20"], RequireTls: false });
  world.clock.advance(tenant.traits.worksLagMs + 1);
  const session = {
    serverHost: "",
    clientIp: "198.51.100.20",
    isTls: false,
    helo: "printer",
    mailFrom: `scanner@${tenant.domains[0]?.id}`,
  };
  expect(microsoftRcpt(world, session, to)).toBeNull();
  microsoftData(world, session, [to], Buffer.from("Subject: Page\r\nMessage-ID: <1@test.example>\r\n\r\nA line.\r\n"));
  const { body } = await trace({ MessageId: "<1@test.example>", EndDate: iso(world.clock.now()) });
  expect(body.value).toMatchObject([{ RecipientAddress: to, Status: "Delivered", FromIP: "198.51.100.20" }]);
  const asked = { MessageTraceId: body.value[0].MessageTraceId, RecipientAddress: to };
  const events = (await call("Get-MessageTraceDetailV2", asked)).body.value;
  expect(events.map((row: Record<string, string>) => row["Event"])).toEqual(["Receive", "Deliver"]);
  expect(events[0].Data).toContain('Name="ConnectorId" String="Printers"');
  const [old] = (await trace({ SenderAddress: [`erp@${tenant.domains[0]?.id}`], ResultSize: 1 })).body.value;
  const detail = await call("Get-MessageTraceDetailV2", { MessageTraceId: old.MessageTraceId, RecipientAddress: old.RecipientAddress });
  expect(detail.body.value[0]).toMatchObject({ Event: "Receive", MessageId: old.MessageId });
});

test("the old cmdlet is refused", async () => {
  expect(textOf(await traced(0).call("Get-MessageTrace"))).toContain("Get-MessageTraceV2");
});
