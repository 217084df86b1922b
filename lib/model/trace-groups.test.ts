import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TraceRow } from "./trace";
import { addCounts, type Group, grouped, merged, noCounts } from "./trace-groups";
import type { Premises } from "./trace-premises";
import { type Judged, judgeBy, type Reason } from "./trace-reasons";
import { remediesOf, unseenIn } from "./trace-remedies";

const SINCE = 1_000;
const premises: Premises = {
  domains: [
    { name: "contoso.com", since: SINCE },
    { name: "late.example", since: null },
  ],
  initial: ["contoso.onmicrosoft.com"],
  vendor: ["104.30.32.0/24", "158.51.64.0/26", "52.11.209.211"],
  vendorNearby: ["104.16.0.0/12", "158.51.64.0/24"],
  onPremises: [{ name: "Our server", addresses: ["198.51.100.60"] }],
  partners: [{ name: "Old gateway", addresses: ["198.51.100.10-198.51.100.11"] }],
  listed: [
    { network: "198.51.100.0/26", by: "" },
    { network: "192.0.2.0/24", by: "spf.hr.example" },
  ],
  gaps: [],
};
const judge = judgeBy(premises);

const row = (more: Partial<TraceRow> = {}): TraceRow => ({
  id: "1",
  messageId: "<1@x>",
  at: SINCE + 10,
  received: "1",
  sender: "someone@partner.example",
  recipient: "ann@contoso.com",
  recipientWritten: "ann@contoso.com",
  fromIp: "203.0.113.80",
  status: "Delivered",
  ...more,
});
const reasonOf = (judged: Judged): Reason | string => ("out" in judged ? `out: ${judged.out}` : judged.reason);

describe("why mail would be refused", () => {
  const own = "scanner@contoso.com";
  test.each<readonly [string, Partial<TraceRow>, string]>([
    ["32: a printer in the company's own network", { sender: own, fromIp: "198.51.100.20" }, "device"],
    ["33: a service that the SPF record includes", { sender: own, fromIp: "192.0.2.45" }, "service"],
    ["33: a service that sends from a subdomain", { sender: "b@mail.contoso.com", fromIp: "192.0.2.45" }, "service"],
    ["36: somebody who only says to be us", { sender: own, fromIp: "203.0.113.9" }, "unlisted"],
    ["36: a stranger who knows Microsoft's host", {}, "stranger"],
    ["a bounce", { sender: "" }, "stranger"],
    ["3: mail to an address at onmicrosoft.com", { recipient: "ann@contoso.onmicrosoft.com" }, "initial-domain"],
    ["7: another gateway's connector", { fromIp: "198.51.100.10" }, "partner"],
    ["22: an address of the vendor that is not on the list", { fromIp: "104.31.7.7" }, "vendor-missing"],
    ["22: the rest of a network of which a part is on the list", { fromIp: "158.51.64.200" }, "vendor-missing"],
    ["34: Microsoft's own services", { sender: "no-reply@sharepointonline.com", fromIp: "40.107.1.2" }, "microsoft"],
    ["34: the same by IPv6", { sender: "no-reply@sharepointonline.com", fromIp: "2a01:111:f400:7e88::1" }, "microsoft"],
    ["1: ordinary mail of a domain that has not moved", { recipient: "ann@late.example" }, "old-way"],
    ["our own server, by its connector", { sender: own, fromIp: "198.51.100.60" }, "on-premises"],
    ["mail that came through the vendor", { fromIp: "104.30.32.200" }, "out: vendor"],
    ["the same, in IPv6 spelling", { fromIp: "::ffff:52.11.209.211" }, "out: vendor"],
    ["mail between our own mailboxes", { sender: own, fromIp: "" }, "out: internal"],
    ["the same, with Microsoft's inner address", { sender: own, fromIp: "2603:10a6:20b:56::12" }, "out: internal"],
    ["the same, with its writer's address", { sender: own, messageId: "<A1@DB9PR01MB1.eurprd01.prod.outlook.com>" }, "out: internal"],
    ["mail that we sent out", { recipient: "them@partner.example" }, "out: outbound"],
    ["mail before the domain had moved", { at: SINCE - 1 }, "out: before"],
    ["mail that was refused already", { status: "Failed" }, "out: refused"],
    ["an address of no known form is still told", { fromIp: "unknown" }, "stranger"],
  ])("%s", (_, more, wanted) => {
    expect(reasonOf(judge(row(more)))).toBe(wanted);
  });

  test("every reason says what it is and what to do, with the vendor's name where it has one", () => {
    for (const { title, what, remedy } of Object.values(remediesOf("Area 1"))) {
      expect([title, what, remedy].every((text) => text.length > 10)).toBe(true);
      expect(`${title} ${what} ${remedy}`).not.toContain("Cloudflare");
    }
  });

  test("a window of less than a week says what it cannot have seen", () => {
    const day = 86_400_000;
    expect(unseenIn(0, 3 * day).join(" ")).toContain("once a week");
    expect(unseenIn(0, 10 * day).join(" ")).not.toContain("once a week");
    expect(unseenIn(0, 10 * day).join(" ")).toContain("once a month");
    expect(unseenIn(0, 31 * day)).toEqual([]);
  });
});

const anyRow = fc
  .record({
    id: fc.integer({ min: 0, max: 500 }).map(String),
    at: fc.integer({ min: SINCE - 5, max: SINCE + 500 }),
    sender: fc.constantFrom("", "a@contoso.com", "b@contoso.com", "x@p.example", ...Array.from({ length: 9 }, (_, n) => `s${n}@q.example`)),
    recipient: fc.constantFrom("ann@contoso.com", "bob@contoso.com", "c@contoso.onmicrosoft.com", "d@late.example", "e@else.example"),
    fromIp: fc.constantFrom("", "203.0.113.80", "203.0.113.81", "198.51.100.20", "192.0.2.45", "104.30.32.1", "2001:db8::1", "2001:db8::2"),
    status: fc.constantFrom("Delivered", "Quarantined", "Failed"),
  })
  .map((some) => row(some));

function inParts(rows: readonly TraceRow[], size: number) {
  let counts = noCounts;
  const groups = new Map<string, Group>();
  for (let at = 0; at < rows.length; at += size) {
    const part = grouped(rows.slice(at, at + size), judge);
    counts = addCounts(counts, part.counts);
    for (const [key, group] of part.groups) {
      const held = groups.get(key);
      groups.set(key, held ? merged(held, group) : group);
    }
  }
  return { counts, groups: [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

test("in whatever order and pages rows come, the groups are the same, and each row is in one of them", () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 150 }), fc.integer({ min: 1, max: 60 }), fc.infiniteStream(fc.nat()), (rows, size, dice) => {
      const shuffled = rows.map((one) => ({ one, at: dice.next().value })).sort((a, b) => a.at - b.at);
      const whole = inParts(rows, rows.length + 1);
      expect(
        inParts(
          shuffled.map(({ one }) => one),
          size,
        ),
      ).toEqual(whole);
      expect(Object.values(whole.counts).reduce((a, b) => a + b, 0)).toBe(rows.length);
      expect(whole.groups.reduce((all, group) => all + group.count, 0)).toBe(whole.counts.grouped);
      for (const group of whole.groups) {
        const few = Object.values(group.senders.few);
        if (!group.senders.isMore) expect(few.reduce((a, b) => a + b, 0)).toBe(group.count);
        expect(few.length).toBeLessThanOrEqual(5);
      }
    }),
  );
});
