import { afterEach, describe, expect, it } from "vitest";
import { ACCESS, change, closeAll, DOMAINS, domain, fine, practise, refusal, swap } from "./testing";

afterEach(closeAll);

const kind = "EmailSecurityDomain";
const ONE = `${DOMAINS}/id-of-contoso.com`;
const host = "contoso-com.mail.protection.outlook.com";

describe("a change of a domain", () => {
  it("without a token is not made", async () => {
    const { cloudflare } = await practise({});
    expect(await cloudflare.make(change(kind, "remove", "contoso.com", {}), null)).toMatchObject({
      ok: false,
      problem: { code: "not-asked" },
    });
  });

  it("from nothing says in the API's words what the plan says, and what the API cannot do without", async () => {
    const practice = await practise({ [`POST ${DOMAINS}`]: fine(domain("contoso.com")) });
    const edits = {
      forwardingTo: { from: null, to: host },
      tlsOutbound: { from: null, to: true },
      quarantined: swap([], ["MALICIOUS"]),
      hops: { from: null, to: null },
    };
    const made = await practice.cloudflare.make(change(kind, "new", "contoso.com", edits), ACCESS);
    expect(made).toMatchObject({ ok: true, value: { key: "id-of-contoso.com", evidence: { "cf-ray": "8f00-SBX" } } });
    expect(practice.bodies("POST")).toEqual([
      {
        domain: "contoso.com",
        allowed_delivery_modes: ["DIRECT"],
        drop_dispositions: ["MALICIOUS"],
        ip_restrictions: [],
        regions: ["GLOBAL"],
        transport: host,
        require_tls_outbound: true,
      },
    ]);
  });

  it("sends only what it changes, whole lists, and keeps what was there before", async () => {
    const practice = await practise({ [`GET ${ONE}`]: fine(domain("contoso.com")), [`PATCH ${ONE}`]: fine(domain("contoso.com")) });
    const edits = {
      quarantined: swap(["MALICIOUS"], ["MALICIOUS", "SPAM"]),
      forwardingTo: { from: host, to: "mail.contoso.com" },
      tlsInbound: { from: false, to: true },
    };
    const made = await practice.cloudflare.make(change(kind, "set", "contoso.com", edits), ACCESS);
    expect(practice.bodies("PATCH")).toEqual([
      { drop_dispositions: ["MALICIOUS", "SPAM"], transport: "mail.contoso.com", require_tls_inbound: true },
    ]);
    expect(made).toMatchObject({ ok: true, value: { key: "id-of-contoso.com" } });
    expect(made.ok && JSON.parse(made.value.evidence["before"] ?? "")).toMatchObject({ quarantined: ["MALICIOUS"], forwardingTo: host });
  });

  it("is not made when its before no longer holds", async () => {
    const practice = await practise({ [`GET ${ONE}`]: fine(domain("contoso.com", { drop_dispositions: ["MALICIOUS", "SPOOF"] })) });
    const edits = { quarantined: swap(["MALICIOUS"], ["MALICIOUS", "SPAM"]) };
    expect(await practice.cloudflare.make(change(kind, "set", "contoso.com", edits), ACCESS)).toMatchObject({
      ok: false,
      problem: { code: "moved" },
    });
    expect(practice.sent()).toHaveLength(1);
  });

  it("to no host replaces the domain, with everything else as it is", async () => {
    const now = domain("contoso.com", { folder: "Inbox", integration_id: "i" });
    const practice = await practise({ [`GET ${ONE}`]: fine(now), [`PUT ${ONE}`]: fine(now) });
    const made = await practice.cloudflare.make(change(kind, "set", "contoso.com", { forwardingTo: { from: host, to: null } }), ACCESS);
    expect(made).toMatchObject({ ok: true });
    const { id: _id, domain: _domain, status: _status, emails_processed: _counters, ...settings } = now;
    expect(practice.bodies("PUT")).toEqual([{ ...settings, transport: null }]);
  });

  it("that is so already, in any order, is done without a write", async () => {
    const practice = await practise({ [`GET ${ONE}`]: fine(domain("contoso.com", { drop_dispositions: ["SPAM", "MALICIOUS"] })) });
    const edits = { quarantined: swap(["MALICIOUS"], ["MALICIOUS", "SPAM"]) };
    const made = await practice.cloudflare.make(change(kind, "set", "contoso.com", edits), ACCESS);
    expect(made).toMatchObject({ ok: true, value: { evidence: { note: "it was so already" } } });
    expect(practice.sent()).toHaveLength(1);
  });

  it("cannot empty what the API cannot empty, and says so before anything is sent", async () => {
    const practice = await practise({});
    expect(
      await practice.cloudflare.make(change(kind, "set", "contoso.com", { tlsInbound: { from: true, to: null } }), ACCESS),
    ).toMatchObject({
      problem: { code: "rejected" },
    });
    expect(practice.sent()).toEqual([]);
  });

  it("to nothing removes it, and what is gone already is removed", async () => {
    for (const reply of [fine({ id: "x" }), refusal(404, 10007, "Domain not found")]) {
      const practice = await practise({ [`DELETE ${ONE}`]: reply });
      expect(await practice.cloudflare.make(change(kind, "remove", "contoso.com", {}), ACCESS)).toMatchObject({ ok: true });
    }
  });

  it.each<[string, Parameters<typeof practise>[0][string], string]>([
    ["whose connection is cut", () => "drop", "unsure"],
    ["that fails in the middle", refusal(502, 0, ""), "unsure"],
    ["that is taken and not carried out yet", { status: 202, body: "" }, "unsure"],
    ["whose answer cannot be read", { body: "<html>" }, "unsure"],
    ["of a domain that is there already", refusal(409, 10014, "Domain already exists"), "exists"],
    ["that is put off", refusal(429, 10429, "slow down", { "retry-after": "1" }), "throttled"],
    ["without the permission", refusal(403, 10000, "Authentication error"), "denied"],
  ])("%s is sent once", async (_, reply, code) => {
    const practice = await practise({ [`POST ${DOMAINS}`]: reply });
    expect(await practice.cloudflare.make(change(kind, "new", "contoso.com", {}), ACCESS)).toMatchObject({ ok: false, problem: { code } });
    expect(practice.sent()).toHaveLength(1);
  });

  it("names the permission it lacks", async () => {
    const practice = await practise({ [`POST ${DOMAINS}`]: refusal(403, 10000, "Authentication error") });
    const made = await practice.cloudflare.make(change(kind, "new", "contoso.com", {}), ACCESS);
    expect(made).toMatchObject({ problem: { say: expect.stringContaining("Account > Cloud Email Security > Edit") } });
  });

  it("keeps an id from outside in its place in the path", async () => {
    const practice = await practise({});
    await practice.cloudflare.make(change(kind, "set", "contoso.com", { hops: { from: 1, to: 2 } }, "../../zones"), ACCESS);
    expect(practice.sent()).toEqual([`GET ${DOMAINS}/..%2F..%2Fzones`]);
  });
});
