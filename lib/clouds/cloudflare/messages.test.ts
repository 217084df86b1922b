import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { paramsOf, searchOf } from "@/lib/model/mail-search";
import { ask } from "@/lib/model/query";
import { ACCESS, closeAll, DOMAINS, found, INVESTIGATE, idOf, list, message, NOW, practise, refusal } from "./testing";

afterEach(closeAll);

type Asked = Readonly<Record<string, string>>;
type Practice = Awaited<ReturnType<typeof practise>>;
const route = `GET ${INVESTIGATE}`;
const search = ({ cloudflare }: Practice, asked: Asked = {}, page = {}) =>
  cloudflare.messages.search(ACCESS, searchOf(paramsOf(asked), NOW), { cursor: null, most: 50, ...page });
const queryOf = (practice: Practice, nth = 0): Asked =>
  Object.fromEntries(new URL(practice.sent()[nth]?.slice("GET ".length) ?? "", "http://x").searchParams);

describe("a search of mail", () => {
  it("asks for the last 30 days, says whether it means detections only, and never names a page", async () => {
    const practice = await practise({ [route]: found([]) });
    await search(practice);
    await search(practice, { all: "yes" });
    const days = { start: "2026-12-16T08:00:00Z", end: "2027-01-15T08:00:00Z", per_page: "50" };
    expect(queryOf(practice)).toEqual({ ...days, detections_only: "true" });
    expect(queryOf(practice, 1)).toEqual({ ...days, detections_only: "false" });
  });

  it("sends each field under the vendor's name, and what was not asked not at all", async () => {
    const practice = await practise({ [route]: found([]) });
    const asked = {
      q: "a&b c",
      sender: "fabrikam.example",
      recipient: "x@contoso.com",
      subject: "Zürich",
      domain: "d.example",
      alert: "al",
    };
    await search(practice, { ...asked, disposition: "SPAM", status: "moved" });
    expect(queryOf(practice)).toMatchObject({
      ...{ query: "a&b c", sender: "fabrikam.example", recipient: "x@contoso.com", subject: "Zürich", domain: "d.example", alert_id: "al" },
      ...{ final_disposition: "SPAM", delivery_status: "moved" },
    });
    expect(queryOf(practice)).not.toHaveProperty("message_id");
  });

  it("writes times without fractions, counts a day to its last second, and never reaches into the future", async () => {
    const practice = await practise({ [route]: found([]) });
    await search(practice, { from: "2027-01-02", until: "2027-01-03" });
    expect(queryOf(practice)).toMatchObject({ start: "2027-01-02T00:00:00Z", end: "2027-01-04T00:00:00Z" });
    practice.clock.at = NOW + 400;
    await practice.cloudflare.messages.search(ACCESS, searchOf(paramsOf({}), NOW + 400), { cursor: null, most: 50 });
    expect(queryOf(practice, 1)).toMatchObject({ end: "2027-01-15T08:00:00Z" });
  });

  it("goes on with the cursor of the answer before, and with the same questions", async () => {
    const practice = await practise({
      [route]: (_, query) => (query.get("cursor") === "c2" ? found([message("bb")]) : found([message("aa")], "c2")),
    });
    const first = await search(practice, { subject: "Budget" });
    expect(first).toMatchObject({ ok: true, value: { rows: [{ id: idOf("aa") }], next: "c2" } });
    const last = await search(practice, { subject: "Budget" }, { cursor: "c2", most: 5_000, isMoved: true });
    expect(last).toMatchObject({ ok: true, value: { rows: [{ id: idOf("bb") }], next: null } });
    expect(queryOf(practice, 1)).toMatchObject({ cursor: "c2", subject: "Budget", per_page: "1000", message_action: "MOVED" });
  });

  it("is not led round in a circle", async () => {
    const practice = await practise({ [route]: found([message("aa")], "c2") });
    expect(await search(practice, {}, { cursor: "c2" })).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });

  it("looks for a Message-ID with brackets and without, and shows no other message", async () => {
    for (const wanted of ["<bb@contoso.com>", "bb@contoso.com"]) {
      const practice = await practise({ [route]: (_, query) => found(query.get("message_id") === wanted ? [message("bb")] : []) });
      expect(await search(practice, { message: "bb@contoso.com" })).toMatchObject({ ok: true, value: { rows: [{ id: idOf("bb") }] } });
    }
    const deaf = await practise({ [route]: found([message("aa")], "more") });
    expect(await search(deaf, { message: "<bb@contoso.com>" })).toEqual({ ok: true, value: { rows: [], next: null } });
  });

  it("fetches an answer that takes its time from where it will be, and does not take it for an empty one", async () => {
    let looks = 0;
    const later = { status: 202, headers: { location: `/client/v4${INVESTIGATE}?cursor=later` } };
    const practice = await practise({
      [route]: (_, query) => (query.get("cursor") === "later" && ++looks === 3 ? found([message("aa")]) : later),
    });
    expect(await search(practice)).toMatchObject({ ok: true, value: { rows: [{ id: idOf("aa") }] } });
    const never = await practise({ [route]: { ...later, body: JSON.stringify({ success: true, result: [] }) } });
    expect(await search(never)).toMatchObject({ ok: false, problem: { code: "not-ready", retryAt: NOW + 60_000 } });
  });

  it("never takes a broken answer for an empty list", async () => {
    for (const reply of [json({}), found([{}]), json({ success: true, result: { a: 1 } }), { body: "<html>" }])
      expect(await search(await practise({ [route]: reply }))).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });

  it("names the permission that the token lacks", async () => {
    const practice = await practise({ [route]: refusal(403, 10000, "Authentication error") });
    expect(await search(practice)).toMatchObject({
      ok: false,
      problem: { code: "denied", say: expect.stringContaining("Account > Cloud Email Security > Read") },
    });
  });

  it("is shut out together with every other question, for five minutes", async () => {
    const practice = await practise({ [route]: refusal(429, 10429, "slow down"), [`GET ${DOMAINS}`]: list([]) });
    expect(await search(practice)).toMatchObject({ ok: false, problem: { code: "throttled", retryAt: NOW + 300_000 } });
    const others = await practice.cloudflare.ask([ask("processed")], ACCESS);
    expect(others.get("processed")).toMatchObject({ ok: false, problem: { code: "throttled", retryAt: NOW + 300_000 } });
    expect(practice.sent()).toHaveLength(1);
    practice.clock.at = NOW + 300_000;
    expect((await practice.cloudflare.ask([ask("processed")], ACCESS)).get("processed")).toMatchObject({ ok: true });
  });
});

const oneOf = async (more: object) => {
  const answer = await search(await practise({ [route]: found([message("aa", more)]) }));
  if (!answer.ok) throw new Error(answer.problem.say);
  const [row] = answer.value.rows;
  if (!row) throw new Error("No row.");
  return row;
};

describe("a message that was found", () => {
  it("is read whole", async () => {
    const more = {
      ...{ alert_id: "al", envelope_from: "bounce@fabrikam.example", from_name: "Sender", scanned_at: "2027-01-15T07:58:30.5Z" },
      ...{
        is_quarantined: true,
        post_delivery_operations: ["MOVE"],
        delivery_status: ["Moved", "move_failed"],
        final_disposition: "malicious-bec",
      },
    };
    expect(await oneOf(more)).toEqual({
      ...{ id: idOf("aa"), messageId: "<aa@contoso.com>", at: Date.UTC(2027, 0, 15, 7, 58, 30, 500) },
      ...{ from: "sender@fabrikam.example", fromName: "Sender", envelopeFrom: "bounce@fabrikam.example" },
      ...{ to: ["aa@contoso.com"], recipients: ["aa@contoso.com"], subject: "Budget", disposition: "MALICIOUS-BEC" },
      ...{ deliveryMode: "JOURNAL", deliveryStatus: ["moved", "move_failed"], alertId: "al", isQuarantined: true },
      ...{ reasons: ["A link leads to a known page"], operations: ["MOVE"] },
    });
  });

  it("may say nothing but its id", async () => {
    const practice = await practise({
      [route]: found([{ id: "x" }, { ...Object.fromEntries(Object.keys(message("aa")).map((k) => [k, null])), id: "y" }]),
    });
    const nothing = {
      ...{ messageId: "", at: 0, from: "", fromName: "", envelopeFrom: "", to: [], recipients: [], subject: "", disposition: "NONE" },
      ...{ deliveryMode: "", deliveryStatus: [], alertId: "", reasons: [], isQuarantined: false, operations: [] },
    };
    expect(await search(practice)).toEqual({
      ok: true,
      value: {
        rows: [
          { id: "x", ...nothing },
          { id: "y", ...nothing },
        ],
        next: null,
      },
    });
  });

  it("is bounded, on one line, and can be kept, whatever its sender wrote", async () => {
    const row = await oneOf({
      subject: `${"Long ".repeat(20_000)}`,
      from_name: "Null\u0000byte\r\nBcc: x \ud83d",
      to: Array.from({ length: 5_000 }, (_, nth) => `p${nth}@contoso.com`),
      detection_reasons: [{ no: "text" }, "<script>", 7],
    });
    expect(row.subject.length).toBeLessThanOrEqual(2_000);
    expect(row.fromName).toBe("Nullbyte  Bcc: x");
    expect(row.to).toHaveLength(1_000);
    expect(row.reasons).toEqual(["<script>", "7"]);
  });

  it("has times in UTC, also where they leave the zone out", async () => {
    expect((await oneOf({ scanned_at: "2027-01-15T07:00:00" })).at).toBe(Date.UTC(2027, 0, 15, 7));
    expect((await oneOf({ scanned_at: null, ts: "2027-01-15 07:00:00" })).at).toBe(Date.UTC(2027, 0, 15, 7));
    expect((await oneOf({ scanned_at: "yesterday", ts: null })).at).toBe(0);
  });
});
