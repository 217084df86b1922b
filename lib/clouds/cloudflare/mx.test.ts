import { afterEach, describe, expect, it } from "vitest";
import { ACCESS, change, closeAll, fine, list, practise, refusal, swap, zone } from "./testing";

afterEach(closeAll);

const RECORDS = "/zones/zone-of-contoso.com/dns_records";
const OLD = "0 contoso-com.mail.protection.outlook.com";
const NEW = ["10 mxa.global.inbound.cf-emailsecurity.net", "10 mxb.global.inbound.cf-emailsecurity.net"];
const record = (text: string, more: object = {}) => {
  const [priority, content] = text.split(" ");
  return {
    id: `id of ${text}`,
    type: "MX",
    name: "contoso.com",
    content,
    priority: Number(priority),
    ttl: 1,
    comment: "ours",
    tags: [],
    proxied: false,
    ...more,
  };
};
const mx = (edits: Parameters<typeof change>[3], name = "contoso.com") => change("mx", "set", name, edits, name);
const zones = (query: URLSearchParams) => (query.get("name") === "contoso.com" ? list([zone("contoso.com")]) : list([]));
const routes = (records: readonly object[], batch = fine({})) => ({
  "GET /zones": (_: unknown, query: URLSearchParams) => zones(query),
  [`GET ${RECORDS}`]: list(records),
  [`POST ${RECORDS}/batch`]: batch,
});

describe("MX records in the customer's zone", () => {
  it("are swapped in one batch that keeps the TTL, Auto included, and the old records in the receipt", async () => {
    const practice = await practise(routes([record(OLD)]));
    const made = await practice.cloudflare.make(mx({ hosts: swap([OLD], NEW) }), ACCESS);
    const head = { type: "MX", name: "contoso.com", priority: 10, ttl: 1 };
    expect(practice.bodies("POST")).toEqual([
      {
        deletes: [],
        patches: [{ id: `id of ${OLD}`, ...head, content: NEW[0]?.slice(3) }],
        posts: [{ ...head, content: NEW[1]?.slice(3) }],
      },
    ]);
    expect(made).toMatchObject({ ok: true, value: { key: "contoso.com", evidence: { zone: "contoso.com", "cf-ray": "8f00-SBX" } } });
    const before: unknown = JSON.parse(made.ok ? (made.value.evidence["before"] ?? "") : "");
    expect(before).toEqual([
      { id: `id of ${OLD}`, type: "MX", name: "contoso.com", content: OLD.slice(2), priority: 0, ttl: 1, comment: "ours", tags: [] },
    ]);
  });

  it("get another TTL in place, all of them", async () => {
    const practice = await practise(routes([record(OLD, { ttl: 3_600 })]));
    expect(await practice.cloudflare.make(mx({ ttl: { from: 3_600, to: 300 } }), ACCESS)).toMatchObject({ ok: true });
    expect(practice.bodies("POST")).toMatchObject([{ deletes: [], posts: [], patches: [{ ttl: 300, content: OLD.slice(2) }] }]);
  });

  it("of other names in the zone, and other records of this one, are left alone", async () => {
    const others = [
      record("5 other.example", { name: "sub.contoso.com" }),
      { id: "txt", type: "TXT", name: "contoso.com", content: "v=spf1", ttl: 1 },
    ];
    const practice = await practise(routes([...others, record(OLD)]));
    await practice.cloudflare.make(mx({ hosts: swap([OLD], []) }), ACCESS);
    expect(practice.bodies("POST")).toEqual([{ deletes: [{ id: `id of ${OLD}` }], patches: [], posts: [] }]);
    const [, asked = ""] = practice.sent();
    expect(Object.fromEntries(new URL(asked.slice(4), "http://x").searchParams)).toMatchObject({ type: "MX", "name.exact": "contoso.com" });
  });

  it("are not touched when they are no longer what the plan was made from", async () => {
    for (const records of [[record("5 somebody.else.example")], [], [record(OLD), record("20 backup.example")]]) {
      const practice = await practise(routes(records));
      expect(await practice.cloudflare.make(mx({ hosts: swap([OLD], NEW) }), ACCESS)).toMatchObject({ problem: { code: "moved" } });
      expect(practice.bodies("POST")).toEqual([]);
    }
    const practice = await practise(routes([record(OLD, { ttl: 120 })]));
    expect(await practice.cloudflare.make(mx({ ttl: { from: 3_600, to: 300 } }), ACCESS)).toMatchObject({ problem: { code: "moved" } });
  });

  it("that are as wanted already, spelled otherwise, are done without a write", async () => {
    const practice = await practise(routes(NEW.map((text) => record(`${text.toUpperCase()}.`))));
    const made = await practice.cloudflare.make(mx({ hosts: swap([OLD], NEW), ttl: { from: 3_600, to: 300 } }), ACCESS);
    expect(made).toMatchObject({ ok: true, value: { evidence: { note: "it was so already" } } });
    expect(practice.bodies("POST")).toEqual([]);
  });

  it("of a subdomain are in the zone above it", async () => {
    const practice = await practise({ ...routes([]), "GET /zones": (_, query) => zones(query) });
    expect(await practice.cloudflare.make(mx({ hosts: swap([], NEW) }, "mail.contoso.com"), ACCESS)).toMatchObject({ ok: true });
    expect(practice.bodies("POST")).toMatchObject([{ posts: [{ name: "mail.contoso.com", ttl: 1 }, { name: "mail.contoso.com" }] }]);
  });

  it.each([
    ["is not there", []],
    ["waits for its name servers", [zone("contoso.com", { status: "pending" })]],
    ["is only a CNAME setup", [zone("contoso.com", { type: "partial" })]],
  ])("are not written where the zone %s", async (_, found) => {
    const practice = await practise({ "GET /zones": (__, query) => (query.get("name") === "contoso.com" ? list(found) : list([])) });
    expect(await practice.cloudflare.make(mx({ hosts: swap([OLD], NEW) }), ACCESS)).toMatchObject({
      problem: { code: "rejected", fix: expect.any(String) },
    });
  });

  it.each<[number, number, string]>([
    [400, 81057, "exists"],
    [400, 81058, "exists"],
    [404, 81044, "gone"],
    [400, 9005, "rejected"],
    [400, 1004, "rejected"],
    [403, 10000, "denied"],
    [500, 10500, "unsure"],
  ])("refused with %i and code %i are %s, and sent once", async (status, code, means) => {
    const practice = await practise(routes([record(OLD)], refusal(status, code, "words of theirs")));
    expect(await practice.cloudflare.make(mx({ hosts: swap([OLD], NEW) }), ACCESS)).toMatchObject({ problem: { code: means } });
    expect(practice.bodies("POST")).toHaveLength(1);
  });

  it("refused in the older spelling, inside a 1004, say why", async () => {
    const old = {
      success: false,
      result: null,
      errors: [{ code: 1004, message: "DNS Validation Error", error_chain: [{ code: 9005, message: "Not a host." }] }],
    };
    const practice = await practise(routes([record(OLD)], { status: 400, body: JSON.stringify(old) }));
    const made = await practice.cloudflare.make(mx({ hosts: swap([OLD], NEW) }), ACCESS);
    expect(made).toMatchObject({
      problem: { code: "rejected", say: expect.stringContaining("Not a host."), evidence: { codes: "1004, 9005" } },
    });
  });
});
