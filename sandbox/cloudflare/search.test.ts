import { beforeEach, describe, expect, it } from "vitest";
import { addBurst } from "../history/generated";
import type { JournalReport } from "../journal/state";
import type { Message } from "../mail/message";
import { faults } from "../openapi";
import { operations, schemas } from "./contract";
import { type Opened, opened, type Said } from "./testing";

let open: Opened;
let count: number;
beforeEach(() => {
  open = opened("fresh");
  count = 0;
});

const report = (more: Partial<JournalReport> = {}) => {
  count += 1;
  open.tenant.mail.journal.push({
    ...{ id: `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`, at: open.world.clock.now() - 1_000 + count, host: "h" },
    ...{ address: "a@journaling.mxrecord.io", messageId: `<${count}@outside.example>`, sender: "person@outside.example" },
    ...{ recipients: ["employee@fabrikam.example"], subject: `Order ${count}`, disposition: "NONE", domains: ["fabrikam.example"] },
    ...more,
  });
};
const search = (query: Record<string, string> = {}): Promise<Said> =>
  open.call("GET", `/accounts/${open.tenant.cloudflare.accountId}/email-security/investigate?${new URLSearchParams(query)}`);
const nextOf = (body: Said["body"]): string | null => JSON.parse(JSON.stringify(body["result_info"])).next;
const all = { detections_only: "false" };
type Row = { message_id: string; delivery_mode: string; final_disposition: string };
const rows = async (query: Record<string, string>): Promise<Row[]> => (await search(query)).body.result;
const ids = async (query: Record<string, string>) => (await rows(query)).map((row) => row.message_id);

describe("the search", () => {
  it("answers as the contract has it", async () => {
    report({ disposition: "MALICIOUS" });
    const { body } = await search();
    const answer = operations.find((one) => one.id === "emailSecurity.investigate.list")?.answer;
    expect(answer && faults(body, answer, { schemas })).toEqual([]);
    const row = { $ref: "#/components/schemas/EmailSecurityInvestigate" };
    expect(faults(body.result[0], row, { schemas, closed: true })).toEqual([]);
  });

  it("shows detections alone unless told otherwise", async () => {
    report();
    report({ disposition: "SPAM" });
    expect(await ids({})).toEqual(["<2@outside.example>"]);
    expect(await ids(all)).toEqual(["<2@outside.example>", "<1@outside.example>"]);
  });

  it("tells journaled mail from mail by MX, and knows nothing of what was not scanned", async () => {
    report();
    report({ disposition: null, domains: [] });
    const mx: Message = {
      ...{ id: "m", traceId: "m", at: open.world.clock.now() - 5_000, messageId: "<mx@outside.example>", mailFrom: "a@outside.example" },
      ...{
        from: "a@outside.example",
        to: "employee@fabrikam.example",
        mailbox: null,
        subject: "By MX",
        raw: "X-Sandbox-Verdict: SPOOF\r\n\r\n",
      },
      ...{ size: 1, fromIp: "203.0.113.7", place: { kind: "folder", folder: "Inbox" }, events: [] },
    };
    open.tenant.mail.vendor.push(mx);
    expect((await rows(all)).map((row) => [row.message_id, row.delivery_mode, row.final_disposition])).toEqual([
      ["<1@outside.example>", "JOURNAL", "NONE"],
      ["<mx@outside.example>", "DIRECT", "SPOOF"],
    ]);
  });

  it.each([
    [{ message_id: "<2@outside.example>" }, [2]],
    [{ message_id: "2@outside.example" }, [2]],
    [{ subject: "two ORDER" }, [2]],
    [{ sender: "other.example" }, [3]],
    [{ recipient: "admin@fabrikam.example" }, [3]],
    [{ domain: "fabrikam.example" }, [3, 2, 1]],
    [{ query: "order 2@outside" }, [2]],
    [{ final_disposition: "BULK" }, [1]],
    [{ delivery_status: "quarantined" }, []],
    [{ message_action: "MOVED" }, []],
  ])("finds by %j", async (query, wanted) => {
    report({ disposition: "BULK" });
    report({ subject: "Order number two" });
    report({ sender: "person@other.example", recipients: ["admin@fabrikam.example"] });
    expect(await ids({ ...all, ...query })).toEqual(wanted.map((number) => `<${number}@outside.example>`));
  });

  it("keeps to its start and end, a month back without them, and refuses a start in the future", async () => {
    const now = open.world.clock.now();
    const iso = (at: number) => new Date(at).toISOString();
    report({ at: now - 40 * 86_400_000 });
    report({ at: now - 7_200_000 });
    report({ at: now - 1_000 });
    expect(await ids(all)).toEqual(["<3@outside.example>", "<2@outside.example>"]);
    expect(await ids({ ...all, start: iso(now - 50 * 86_400_000), end: iso(now - 3_600_000) })).toHaveLength(2);
    expect((await search({ start: iso(now + 60_000) })).status).toBe(400);
    expect((await search({ start: "yesterday" })).status).toBe(400);
  });

  it("goes on from a cursor without gap or repetition, though new mail arrives in between", async () => {
    for (let number = 0; number < 25; number += 1) report();
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body } = await search({ ...all, per_page: "10", ...(cursor === "" ? {} : { cursor }) });
      const page: Row[] = body.result;
      seen.push(...page.map((row) => row.message_id));
      cursor = nextOf(body);
      report();
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => `<${25 - index}@outside.example>`));
    expect((await search({ cursor: "made-up" })).status).toBe(400);
  });

  it("goes by page, too, and is empty past the end", async () => {
    for (let number = 0; number < 3; number += 1) report();
    expect(await ids({ ...all, per_page: "2", page: "2" })).toEqual(["<1@outside.example>"]);
    expect(await ids({ ...all, per_page: "2", page: "3" })).toEqual([]);
  });

  it("says 202 and where to ask again while it is slow, and has everything then", async () => {
    open.tenant.cloudflare.traits.searchMs = 10_000;
    report();
    const first = await search(all);
    expect([first.status, first.body.result]).toEqual([202, []]);
    const again = new URL(first.headers["location"] ?? "");
    const poll = () => open.call("GET", `${again.pathname.replace("/client/v4", "")}${again.search}`);
    expect((await poll()).status).toBe(202);
    open.world.clock.advance(10_000);
    expect((await poll()).body.result).toHaveLength(1);
  });

  it("is for tokens that may read Email Security", async () => {
    const path = `/accounts/${open.tenant.cloudflare.accountId}/email-security/investigate`;
    expect((await open.call("GET", path, undefined, open.token("Zone Read"))).status).toBe(403);
    expect((await open.call("GET", path, undefined, open.token("Email Security Read"))).status).toBe(200);
  });
});

it("a domain's number processed grows with mail by MX and with journaled mail", async () => {
  const name = open.tenant.domains[0]?.id ?? "";
  const made = { domain: name, allowed_delivery_modes: ["JOURNAL"], drop_dispositions: [], ip_restrictions: [], regions: ["GLOBAL"] };
  await open.domains("POST", "", made);
  const processed = async () => (await open.domains("GET")).body.result[0]["emails_processed"];
  expect(await processed()).toBeNull();
  open.tenant.mail.processed[name] = 2;
  open.tenant.cloudflare.processedJournal[name] = 3;
  expect(await processed()).toMatchObject({ total_emails_processed: 5 });
});

it("fifty thousand made-up messages are walked from end to end, none twice, and asked for by every filter", async () => {
  open = opened("busy-mail");
  const start = new Date(open.world.clock.now() - 90 * 86_400_000).toISOString();
  const seen = new Set<string>();
  let cursor: string | null = "";
  for (let number = 0; cursor !== null; number += 1) {
    const { body } = await search({ ...all, start, per_page: "1000", ...(cursor === "" ? {} : { cursor }) });
    const page: Row[] = body.result;
    for (const row of page) seen.add(row.message_id);
    cursor = nextOf(body);
    expect(number).toBeLessThan(50);
  }
  expect(seen.size).toBe(50_000);
  const found = async (query: Record<string, string>) => rows({ ...all, start, per_page: "1000", ...query });
  expect(new Set((await found({ final_disposition: "MALICIOUS" })).map((row) => row.final_disposition))).toEqual(
    new Set(["MALICIOUS", "MALICIOUS-BEC"]),
  );
  const [first] = await found({ final_disposition: "MALICIOUS" });
  const sender = first?.message_id.replace(/^.*@|>$/g, "") ?? "";
  const linked = (await found({ domain: `www.${sender}` })).map((row) => row.message_id);
  expect(linked).toContain(first?.message_id);
  expect((await found({ message_id: "gen-49999@nothing.example" })).length).toBe(0);
});

it("detections of one moment are walked page by page, the newest number first, also while more come in", async () => {
  open = opened("fresh");
  addBurst(open.tenant, { count: 2_500, disposition: "SPAM", at: open.world.clock.now() });
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const { body } = await search({ per_page: "1000", ...(cursor === "" ? {} : { cursor }) });
    const page: Row[] = body.result;
    seen.push(...page.map((row) => row.message_id));
    addBurst(open.tenant, { count: 10, disposition: "SPAM", at: open.world.clock.now() + 1 });
    cursor = nextOf(body);
  }
  expect(seen.map((id) => Number(/gen-(\d+)@/.exec(id)?.[1]))).toEqual(Array.from({ length: 2_500 }, (_, index) => 2_499 - index));
});

it("a message shows in the search only after the account's delay", async () => {
  open.tenant.cloudflare.traits.arrivalMs = 20_000;
  report({ disposition: "SPAM" });
  expect(await ids({})).toEqual([]);
  open.world.clock.advance(20_000);
  expect(await ids({})).toHaveLength(1);
});
