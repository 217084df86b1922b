/** Shortening the TTL: the configured value counts, the old one is waited out, and the moment of the safe switch is right. */
import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { mxTtl } from "./mx-ttl";
import { dnsHostRow, HOUR_MS, judged, mxRow, NOW, refusals, resolversRow } from "./testing";
import { zoneRow } from "./testing-switch";

const D = "contoso.com";
const raw = (mx: object, left: readonly (number | null)[] = []) => ({
  [`mx/${D}`]: [mx],
  [`resolvers/${D}`]: [resolversRow(D, left)],
  [`dnsHost/${D}`]: [dnsHostRow(D)],
});
const stretch = (ttl: number, first: number, last: number) => ({ raw: [mxRow(D, ttl)], first, last });
const seen = (...mx: readonly ReturnType<typeof stretch>[]) => ({ past: { [`mx/${D}`]: mx } });
const settings = (more: object = {}) => ({ domains: [D], ...more });
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = HOUR_MS / 60;

describe("the TTL itself", () => {
  it("an hour is too long: it says the value to set, and where the host describes it", () => {
    const { check, changes } = judged(mxTtl, settings(), raw(mxRow(D, 3600)));
    expect(check(D)?.verdict).toBe("fail");
    expect(check(D)?.fix).toContain("300 seconds");
    expect(check(D)?.fix).toContain("edit-an-mx-record");
    expect(changes).toMatchObject([{ kind: "mx", key: D, hands: "person", edits: { ttl: { from: 3600, to: 300 } } }]);
  });

  it("what a resolver has left does not pass for the configured TTL", () => {
    expect(judged(mxTtl, settings(), raw(mxRow(D, 86_400), [12, 40])).check(D)?.verdict).toBe("fail");
  });

  it("a Cloudflare zone's Auto, served as 300, passes", () => {
    const past = seen(stretch(300, NOW - 2 * DAY_MS, NOW));
    expect(judged(mxTtl, settings(), raw(mxRow(D, 300)), past).check(D)?.verdict).toBe("pass");
  });

  it("name servers that disagree: each is named with its answer, and nothing is planned", () => {
    const server = (name: string, ttl: number) => ({
      name,
      address: "192.0.2.1",
      ttl,
      hosts: [{ preference: 0, exchange: "mx.example" }],
      problem: null,
    });
    const { check, changes } = judged(
      mxTtl,
      settings(),
      raw(mxRow(D, 14_400, { agreed: false, servers: [server("ns1.host.example", 300), server("ns2.host.example", 14_400)] })),
    );
    expect(check(D)?.verdict).toBe("fail");
    expect(check(D)?.saw).toMatch(/ns1\.host\.example says TTL 300.*ns2\.host\.example says TTL 14400/);
    expect(changes).toEqual([]);
  });

  it("name servers that agreed until now get a quarter of an hour, as a change goes from one to the next; what stays is a failure", () => {
    const apart = mxRow(D, 3600, { agreed: false });
    const since = NOW - 5 * MINUTE_MS;
    const past = { past: { [`mx/${D}`]: [stretch(3600, NOW - DAY_MS, since - MINUTE_MS), { raw: [apart], first: since, last: NOW }] } };
    const at = (now: number) => judged(mxTtl, settings(), raw(apart), { ...past, now });
    expect(at(NOW).check(D)).toMatchObject({ verdict: "wait", again: since + 15 * MINUTE_MS });
    expect(at(NOW).changes).toEqual([]);
    expect(at(since + 15 * MINUTE_MS).check(D)?.verdict).toBe("fail");
  });

  it("registrar lets no 300 s TTL: its lowest is a warning with a reason, not a failure for ever", () => {
    const past = seen(stretch(3600, NOW - 2 * DAY_MS, NOW));
    const { check, changes } = judged(mxTtl, settings({ lowest: { [D]: 3600 } }), raw(mxRow(D, 3600)), past);
    expect(check(D)?.verdict).toBe("warn");
    expect(check(D)?.saw).toContain("allows no less");
    expect(check(D)?.fix).toContain("1 hour");
    expect(changes).toEqual([]);
  });

  it("DNS by another team: a person is asked; in a zone of the customer's own account it is done", () => {
    expect(judged(mxTtl, settings(), raw(mxRow(D, 3600))).changes.map((c) => c.hands)).toEqual(["person"]);
    const zone = { cfZone: [zoneRow(D)] };
    expect(judged(mxTtl, settings(), { ...raw(mxRow(D, 3600)), ...zone }).changes.map((c) => c.hands)).toEqual(["us"]);
    expect(judged(mxTtl, settings({ dnsPerson: "Web team" }), raw(mxRow(D, 3600))).check(D)?.fix).toContain("Web team");
  });

  it("a domain without MX records is no failure", () => {
    expect(judged(mxTtl, settings(), raw(mxRow(D, 0, { hosts: [] }))).check(D)?.verdict).toBe("warn");
  });
});

describe("TTL not lowered in time: the earliest safe switch", () => {
  it("is the moment it was first seen low plus the old TTL", () => {
    const low = NOW - HOUR_MS;
    const past = seen(stretch(14_400, low - DAY_MS, low - HOUR_MS), stretch(300, low, NOW));
    const { check } = judged(mxTtl, settings(), raw(mxRow(D, 300)), past);
    expect(check(D)?.verdict).toBe("wait");
    expect(check(D)?.again).toBe(low + 4 * HOUR_MS);
    expect(judged(mxTtl, settings(), raw(mxRow(D, 300)), { ...past, now: low + 4 * HOUR_MS }).check(D)?.verdict).toBe("pass");
  });

  it("counts the longest that anybody may still remember, when it went down in steps", () => {
    const past = seen(
      stretch(86_400, NOW - 30 * HOUR_MS, NOW - 25 * HOUR_MS),
      stretch(3600, NOW - 20 * HOUR_MS, NOW - HOUR_MS),
      stretch(300, NOW, NOW),
    );
    expect(judged(mxTtl, settings(), raw(mxRow(D, 300)), past).check(D)?.again).toBe(NOW + 4 * HOUR_MS);
  });

  it("begins anew when it was raised in between", () => {
    const past = seen(
      stretch(3600, 0, 1),
      stretch(300, NOW - 9 * HOUR_MS, NOW - 8 * HOUR_MS),
      stretch(3600, NOW - 7 * HOUR_MS, NOW - 6 * HOUR_MS),
      stretch(300, NOW, NOW),
    );
    expect(judged(mxTtl, settings(), raw(mxRow(D, 300)), past).check(D)?.again).toBe(NOW + HOUR_MS);
  });

  it("already low at the first look: a day is assumed, and it is asked", () => {
    const { check, fields } = judged(mxTtl, settings(), raw(mxRow(D, 300), [200, null]), seen(stretch(300, NOW, NOW)));
    expect(check(D)?.again).toBe(NOW + DAY_MS);
    expect(fields.map((f) => f.name)).toEqual([`oldTtl.${D}`]);
  });

  it("already low, and somebody says what it was: shorter by their word", () => {
    const { check } = judged(mxTtl, settings({ oldTtl: { [D]: "3600" } }), raw(mxRow(D, 300)), seen(stretch(300, NOW, NOW)));
    expect(check(D)?.again).toBe(NOW + HOUR_MS);
    expect(check(D)?.saw).toContain("by your word");
  });

  it("a resolver that has more left than is configured outweighs a word that is too short", () => {
    const past = { [`mx/${D}`]: [stretch(300, NOW, NOW)], [`resolvers/${D}`]: [{ raw: [resolversRow(D, [7200])], first: NOW, last: NOW }] };
    const { check } = judged(mxTtl, settings({ oldTtl: { [D]: 600 } }), raw(mxRow(D, 300), [7200]), { past });
    expect(check(D)?.again).toBe(NOW + 2 * HOUR_MS);
    expect(check(D)?.saw).toContain("at least 2 hours");
  });

  it("what a resolver once proved is still so after it has forgotten", () => {
    const past = { [`mx/${D}`]: [stretch(300, NOW, NOW)], [`resolvers/${D}`]: [{ raw: [resolversRow(D, [7200])], first: NOW, last: NOW }] };
    const later = { past, now: NOW + 3 * HOUR_MS };
    expect(judged(mxTtl, settings(), raw(mxRow(D, 300), [120]), later).check(D)?.verdict).toBe("pass");
  });

  it("with no history and no answer of the resolvers, nothing is certain", () => {
    const { [`resolvers/${D}`]: _, ...rest } = raw(mxRow(D, 300));
    const { check } = judged(mxTtl, settings({ oldTtl: { [D]: 60 } }), rest, {
      ...seen(stretch(300, NOW - HOUR_MS, NOW)),
      failed: { [`resolvers/${D}`]: no("unreachable", "No resolver answered.") },
    });
    expect(check(D)?.verdict).toBe("unknown");
  });
});

it("a dead name server is unknown, never “no MX”", () => {
  const { [`mx/${D}`]: _, ...rest } = raw(mxRow(D, 300));
  const { check, changes } = judged(mxTtl, settings(), rest, {
    failed: { [`mx/${D}`]: no("unreachable", "ns1.host.example does not answer.") },
  });
  expect(check(D)?.verdict).toBe("unknown");
  expect(changes).toEqual([]);
});

it.each([["0"], ["-5"], ["an hour"], ["12.5"], ["99999999"]])("a TTL of %s is refused in a sentence", (typed) => {
  expect(refusals(mxTtl, settings({ lowest: { [D]: typed } }))).toHaveLength(1);
});

it("shows how to ask the domain's own name server, because a plain lookup misleads", () => {
  const { evidence } = judged(mxTtl, settings(), raw(mxRow(D, 3600)));
  const commands = evidence.find((table) => table.title === "Look for yourself")?.rows[0];
  expect(commands).toEqual([D, `dig +norecurse MX ${D} @ns1.host.example`, `Resolve-DnsName -Name ${D} -Type MX -Server ns1.host.example`]);
});
