import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { readRows } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { ACCESS, closeAll, DOMAINS, domain, fine, list, NOW, practise, refusal } from "./testing";

afterEach(closeAll);

const INVESTIGATE = `/accounts/${ACCESS.accountId}/email-security/investigate`;
const message = (id: string, more: object = {}) => ({
  id: `4Njp3P0STMz2c02Q-2027-01-15T08:00:00-${id}`,
  postfix_id: "4Njp3P0STMz2c02Q",
  message_id: `<${id}@contoso.com>`,
  delivery_mode: "JOURNAL",
  scanned_at: "2027-01-15T07:59:00Z",
  final_disposition: null,
  subject: "Budget",
  ...more,
});
const found = (...rows: readonly unknown[]) => fine(rows, { result_info: { count: rows.length, total_count: 0, page: 0, next: null } });

async function rowsOf({ cloudflare }: Awaited<ReturnType<typeof practise>>, of = "") {
  const question = ask("journaled", of);
  const [answer] = (await cloudflare.ask([question], ACCESS)).values();
  if (answer === undefined) throw new Error("no answer");
  return answer.ok ? readRows("journaled", answer.value) : answer;
}

describe("looking for journaled messages", () => {
  it("asks for the last day, clean ones too, in one page", async () => {
    const practice = await practise({ [`GET ${INVESTIGATE}`]: found(message("a")) });
    expect(await rowsOf(practice)).toEqual({
      ok: true,
      value: [
        {
          Guid: message("a").id,
          id: message("a").id,
          Name: "<a@contoso.com>",
          messageId: "<a@contoso.com>",
          deliveryMode: "JOURNAL",
          scannedAt: Date.parse("2027-01-15T07:59:00Z"),
          disposition: "NONE",
        },
      ],
    });
    const query = new URL(practice.sent()[0]?.slice("GET ".length) ?? "", "http://x").searchParams;
    expect(Object.fromEntries(query)).toEqual({
      detections_only: "false",
      per_page: "100",
      start: new Date(NOW - 86_400_000).toISOString().replace(".000Z", "Z"),
    });
  });

  it.each(["<b@contoso.com>", "b@contoso.com"])("finds one message by its Message-ID, with or without brackets (%s)", async (of) => {
    for (const wanted of ["<b@contoso.com>", "b@contoso.com"]) {
      const practice = await practise({
        [`GET ${INVESTIGATE}`]: (_, query) => (query.get("message_id") === wanted ? found(message("b")) : found()),
      });
      expect(await rowsOf(practice, of)).toMatchObject({ ok: true, value: [{ messageId: "<b@contoso.com>" }] });
    }
  });

  it("never takes other messages for the one that was asked for", async () => {
    const practice = await practise({ [`GET ${INVESTIGATE}`]: found(message("a"), message("c")) });
    expect(await rowsOf(practice, "<b@contoso.com>")).toEqual({ ok: true, value: [] });
  });

  it("does not take a search that is still running for one that found nothing", async () => {
    const practice = await practise({
      [`GET ${INVESTIGATE}`]: (_) =>
        json({ success: true, errors: [], messages: [], result: [] }, 202, {
          location: `/client/v4${INVESTIGATE}?cursor=later`,
        }),
    });
    expect(await rowsOf(practice)).toMatchObject({ ok: false, problem: { code: "not-ready", retryAt: expect.any(Number) } });
  });

  it("names the permission that a token lacks", async () => {
    const practice = await practise({ [`GET ${INVESTIGATE}`]: refusal(403, 10000, "Authentication error") });
    expect(await rowsOf(practice)).toMatchObject({
      ok: false,
      problem: { code: "denied", say: expect.stringContaining("Cloud Email Security > Read") },
    });
  });
});

describe("counting what was processed", () => {
  it("answers from the list of domains, which is asked for once in a wave", async () => {
    const practice = await practise({
      [`GET ${DOMAINS}`]: list([
        domain("Contoso.com", { allowed_delivery_modes: ["DIRECT", "JOURNAL"] }),
        domain("new.example", { emails_processed: null, allowed_delivery_modes: null }),
      ]),
    });
    const answers = await practice.cloudflare.ask([ask("EmailSecurityDomain"), ask("processed")], ACCESS);
    expect(practice.sent()).toHaveLength(1);
    const processed = answers.get("processed");
    expect(processed?.ok && readRows("processed", processed.value)).toMatchObject({
      ok: true,
      value: [
        { Guid: "contoso.com", total: 7, deliveryModes: ["DIRECT", "JOURNAL"] },
        { Guid: "new.example", total: 0, deliveryModes: [] },
      ],
    });
    expect(answers.get("EmailSecurityDomain")).toMatchObject({ ok: true, value: { length: 2 } });
  });

  it("asks anew in the next wave", async () => {
    const practice = await practise({ [`GET ${DOMAINS}`]: list([domain("contoso.com")]) });
    await practice.cloudflare.ask([ask("processed")], ACCESS);
    await practice.cloudflare.ask([ask("processed")], ACCESS);
    expect(practice.sent()).toHaveLength(2);
  });
});
