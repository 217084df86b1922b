import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { readRows } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { ACCESS, closeAll, DOMAINS, domain, fine, list, NOW, practise, refusal, zone } from "./testing";

afterEach(closeAll);

const one = async ({ cloudflare }: Awaited<ReturnType<typeof practise>>, kind: "EmailSecurityDomain" | "cfZone") => {
  const answer = (await cloudflare.ask([ask(kind)], ACCESS)).get(kind);
  if (answer === undefined) throw new Error("no answer");
  return answer;
};

describe("asking Cloudflare", () => {
  it("asks nothing without a token, and says where to enter one", async () => {
    const practice = await practise({});
    const answers = await practice.cloudflare.ask([ask("EmailSecurityDomain"), ask("cfZone")], null);
    for (const kind of ["EmailSecurityDomain", "cfZone"])
      expect(answers.get(kind)).toMatchObject({ ok: false, problem: { code: "not-asked", fix: expect.stringContaining("“Cloudflare”") } });
    expect(practice.sent()).toEqual([]);
  });

  it("sends our bearer, the account's id and nothing that the client would add", async () => {
    const practice = await practise({ [`GET ${DOMAINS}`]: list([]), "GET /zones": list([]) });
    await practice.cloudflare.ask([ask("EmailSecurityDomain"), ask("cfZone"), ask("cfZone")], ACCESS);
    expect([...practice.sent()].sort()).toEqual([
      `GET ${DOMAINS}?page=1&per_page=100`,
      `GET /zones?account.id=${ACCESS.accountId}&page=1&per_page=50`,
    ]);
    for (const { headers } of practice.server.received) {
      expect(headers["authorization"]).toBe(`Bearer ${ACCESS.token}`);
      expect(Object.keys(headers).filter((name) => name.startsWith("x-"))).toEqual([]);
    }
  });

  it("reads every page, by count and where there is none until one is empty", async () => {
    const all = Array.from({ length: 120 }, (_, nth) => zone(`z${nth}.example`));
    for (const tells of [true, false]) {
      const practice = await practise({
        "GET /zones": (_, query) => {
          const page = Number(query.get("page"));
          const rows = all.slice((page - 1) * 50, page * 50);
          return tells ? list(rows, all.length) : fine(rows);
        },
      });
      const answer = await one(practice, "cfZone");
      expect(answer.ok && readRows("cfZone", answer.value)).toMatchObject({ ok: true, value: { length: 120 } });
      expect(practice.sent()).toHaveLength(tells ? 3 : 4);
    }
  });

  it("asks for the proof of ownership of domains that are not active, however that is spelled, and of no other", async () => {
    const challenge = {
      txt_record_name: "_cf-email-sec-challenge.b.example",
      txt_record_value: "v",
      status: "pending",
      last_checked_at: null,
    };
    const practice = await practise({
      [`GET ${DOMAINS}`]: list([
        domain("a.example", { status: "active" }),
        domain("b.example", { status: "PENDING" }),
        domain("c.example", { status: "pending" }),
        domain("d.example", { id: 7, status: "FAILED" }),
      ]),
      [`GET ${DOMAINS}/id-of-b.example/verification`]: fine(challenge),
      [`GET ${DOMAINS}/id-of-c.example/verification`]: { status: 204 },
    });
    const answer = await one(practice, "EmailSecurityDomain");
    const rows = answer.ok ? readRows("EmailSecurityDomain", answer.value) : answer;
    expect(rows).toMatchObject({
      ok: true,
      value: [
        { Name: "a.example", status: "ACTIVE", challengeValue: null },
        { Name: "b.example", challengeName: challenge.txt_record_name, challengeValue: "v" },
        { Name: "c.example", status: "PENDING", challengeValue: null },
        { Guid: "7", challengeValue: null },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain("emails_processed");
    expect(practice.sent()).toHaveLength(4);
  });

  it("reads a domain of which Cloudflare says no more than its name", async () => {
    const practice = await practise({ [`GET ${DOMAINS}`]: list([{ id: "i", domain: "a.example", status: "ACTIVE" }]) });
    const answer = await one(practice, "EmailSecurityDomain");
    expect(answer.ok && readRows("EmailSecurityDomain", answer.value)).toMatchObject({
      ok: true,
      value: [{ forwardingTo: null, quarantined: [] }],
    });
  });

  it("asks at most eight such questions at once, whatever the number of domains", async () => {
    const names = Array.from({ length: 40 }, (_, nth) => `d${nth}.example`);
    const proofs = names.map((name) => [`GET ${DOMAINS}/id-of-${name}/verification`, { status: 204 }] as const);
    const domains = names.map((name) => domain(name, { status: "PENDING" }));
    const practice = await practise({ [`GET ${DOMAINS}`]: list(domains), ...Object.fromEntries(proofs) });
    expect(await one(practice, "EmailSecurityDomain")).toMatchObject({ ok: true });
    expect(practice.sent()).toHaveLength(41);
    expect(practice.most()).toBe(8);
  });

  it("fails as a whole when one proof could not be read: that is not the same as none being needed", async () => {
    const practice = await practise({
      [`GET ${DOMAINS}`]: list([domain("a.example"), domain("b.example", { status: "PENDING" })]),
      [`GET ${DOMAINS}/id-of-b.example/verification`]: refusal(400, 10001, "odd"),
    });
    expect(await one(practice, "EmailSecurityDomain")).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });

  it("never takes a broken answer for an empty list", async () => {
    for (const reply of [
      json({}),
      json([]),
      { body: "<html>", headers: { "content-type": "text/html" } },
      fine({ items: [] }),
      json({ success: true }),
    ])
      expect(await one(await practise({ "GET /zones": reply }), "cfZone")).toMatchObject({ ok: false, problem: { code: "unreadable" } });
    const refused = json({ success: false, errors: [{ code: 10000, message: "Authentication error" }], result: null });
    expect(await one(await practise({ "GET /zones": refused }), "cfZone")).toMatchObject({ ok: false, problem: { code: "denied" } });
  });
});

describe("a refusal of Cloudflare", () => {
  it.each([
    [403, 10000, "denied", "Account > Cloud Email Security > Read"],
    [403, 9109, "denied", "Account > Cloud Email Security > Read"],
    [401, 10000, "denied", "does not accept"],
    [400, 6003, "denied", "does not accept"],
    [403, 10013, "denied", "not entitled"],
    [404, 7003, "gone", "does not know"],
    [400, 10001, "rejected", "words of theirs"],
  ])("%i with code %i is %s", async (status, code, means, say) => {
    const practice = await practise({
      [`GET ${DOMAINS}`]: refusal(status, code, code === 10013 ? "This account is not entitled to use it" : "words of theirs"),
    });
    const answer = await one(practice, "EmailSecurityDomain");
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: means, say: expect.stringContaining(say), evidence: { "cf-ray": "8f01-SBX", codes: String(code) } },
    });
  });

  it("for too many calls names the end of the block, and nobody asks again before it", async () => {
    const practice = await practise({
      "GET /zones": () => (practice.clock.at < NOW + 300_000 ? refusal(429, 10429, "slow down") : list([])),
    });
    for (let nth = 0; nth < 2; nth++)
      expect(await one(practice, "cfZone")).toMatchObject({ ok: false, problem: { code: "throttled", retryAt: NOW + 300_000 } });
    expect(practice.sent()).toHaveLength(1);
    practice.clock.at = NOW + 300_000;
    expect(await one(practice, "cfZone")).toEqual({ ok: true, value: [] });
  });

  it("with a pause that is long keeps that time, and one that is short is waited out", async () => {
    const long = await practise({ "GET /zones": refusal(429, 10429, "slow down", { "retry-after": "120" }) });
    expect(await one(long, "cfZone")).toMatchObject({ problem: { code: "throttled", retryAt: NOW + 120_000 } });
    let nth = 0;
    const short = await practise({
      "GET /zones": () => (++nth === 1 ? refusal(429, 10429, "slow down", { "retry-after": "2" }) : list([])),
    });
    expect(await one(short, "cfZone")).toMatchObject({ ok: true });
    expect(short.pauses).toEqual([2_000]);
  });

  it("in passing is asked again, a few times and no more", async () => {
    let nth = 0;
    const passing = await practise({ "GET /zones": () => (++nth < 3 ? refusal(503, 0, "") : list([])) });
    expect(await one(passing, "cfZone")).toMatchObject({ ok: true });
    const staying = await practise({ "GET /zones": "drop" });
    expect(await one(staying, "cfZone")).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect(staying.sent().length).toBeLessThanOrEqual(8);
  });
});

describe("an answer that is put together elsewhere", () => {
  it("is fetched from there, within bounds", async () => {
    let looks = 0;
    const practice = await practise({
      "GET /zones": { status: 202, headers: { location: "/client/v4/later/1" }, body: JSON.stringify({ success: true, result: [] }) },
      "GET /later/1": () => (++looks < 3 ? { status: 202, headers: { location: "/client/v4/later/1" } } : list([zone("a.example")])),
    });
    expect(await one(practice, "cfZone")).toMatchObject({ ok: true, value: [{ name: "a.example" }] });
    const never = await practise({ "GET /zones": { status: 202, headers: { location: "/client/v4/zones" } } });
    expect(await one(never, "cfZone")).toMatchObject({ ok: false, problem: { code: "not-ready", retryAt: NOW + 60_000 } });
    expect(never.sent()).toHaveLength(11);
  });

  it("is not fetched from another host or from outside the API: the token goes nowhere else", async () => {
    const other = await practise({});
    for (const location of [`${other.server.url}/client/v4/zones`, "/elsewhere", "//evil.example/client/v4/zones"]) {
      const practice = await practise({ "GET /zones": { status: 202, headers: { location } } });
      expect(await one(practice, "cfZone")).toMatchObject({ ok: false, problem: { code: "unreadable" } });
      expect(practice.sent()).toHaveLength(1);
    }
    expect(other.sent()).toEqual([]);
  });
});

describe("the token", () => {
  it("stands in no log line and no answer, whatever the other side repeats", async () => {
    const echo = (status: number) => refusal(status, 10001, `bad header Bearer ${ACCESS.token}`, { "x-echo": ACCESS.token });
    for (const status of [400, 401, 403, 404, 409, 429, 500]) {
      const practice = await practise({ "GET /zones": echo(status) });
      const answer = await one(practice, "cfZone");
      expect(JSON.stringify(answer)).not.toContain(ACCESS.token);
      expect(practice.logged.length).toBeGreaterThan(0);
      expect(practice.logged.join("")).not.toContain(ACCESS.token);
    }
  });
});
