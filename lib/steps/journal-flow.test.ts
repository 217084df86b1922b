import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { journalFlow } from "./journal-flow";
import { thinned } from "./journal-flow-evidence";
import { judged, mxRow, NOW, refusals } from "./testing";

const MINUTE_MS = 60_000;
const ADDRESS = "contoso@journaling.mxrecord.io";
const ID = "<test.mx@cutover.example>";
const rule = (more: object = {}) => ({
  Guid: "r",
  Name: "Journal",
  JournalEmailAddress: ADDRESS,
  Recipient: null,
  Scope: "External",
  Enabled: true,
  ...more,
});
const counted = (total: number, more: object = {}) => [{ domain: "contoso.com", total, deliveryModes: ["JOURNAL"], ...more }];
const message = (more: object = {}) => ({
  id: "m",
  messageId: ID,
  deliveryMode: "JOURNAL",
  scannedAt: NOW - MINUTE_MS,
  disposition: "NONE",
  ...more,
});
const settings = (more: object = {}) => ({ domains: ["contoso.com"], regions: ["us"], addresses: { us: ADDRESS }, ...more });
const raw = (more: object = {}) => ({
  JournalRule: [rule()],
  processed: counted(7),
  journaled: [],
  "mx/contoso.com": [mxRow("contoso.com", 300)],
  TransportConfig: [{ JournalingReportNdrTo: "ndr@archive.example" }],
  OutboundConnectorValidation: [],
  ...more,
});
/** The rule has been on for as long as this; the count was so before, and is so now. */
const past = (onForMs: number, ...totals: readonly (readonly [agoMs: number, total: number])[]) => ({
  past: {
    JournalRule: [
      { raw: [rule({ Enabled: false })], first: NOW - 2 * onForMs - MINUTE_MS, last: NOW - onForMs - 1 },
      { raw: [rule()], first: NOW - onForMs, last: NOW },
    ],
    processed: totals.map(([ago, total]) => ({ raw: counted(total), first: NOW - ago, last: NOW - ago })),
  },
});
const sent = (agoMs: number, to = "ann@contoso.com") => ({ sent: { messageIds: [ID], at: NOW - agoMs, to } });

describe("without the inline track", () => {
  it("a count that grew since the rule was on is enough", () => {
    const { check, changes } = judged(journalFlow, settings(), raw(), past(20 * MINUTE_MS, [30 * MINUTE_MS, 3], [5 * MINUTE_MS, 7]));
    expect(check("flow")).toMatchObject({ verdict: "pass" });
    expect(check("flow")?.saw).toContain("from 3 to 7");
    expect(changes).toEqual([]);
  });

  it("a count that grew before the rule was on is not", () => {
    const { check } = judged(journalFlow, settings(), raw(), past(5 * MINUTE_MS, [30 * MINUTE_MS, 3], [10 * MINUTE_MS, 7], [0, 7]));
    expect(check("flow")).toMatchObject({ verdict: "wait" });
  });

  it("nothing yet: waits up to half an hour, then says what to look at", () => {
    const early = judged(journalFlow, settings(), raw(), past(10 * MINUTE_MS, [10 * MINUTE_MS, 7], [0, 7]));
    expect(early.check("flow")).toMatchObject({ verdict: "wait", again: NOW + MINUTE_MS });
    const late = judged(journalFlow, settings(), raw(), past(31 * MINUTE_MS, [31 * MINUTE_MS, 7], [0, 7]));
    expect(late.check("flow")?.verdict).toBe("fail");
    const table = late.evidence.find((t) => t.title.startsWith("When nothing arrives"));
    expect(table?.rows.map(([what]) => what?.slice(0, 2))).toEqual(["1.", "2.", "3.", "4.", "5."]);
    expect(table?.rows[2]?.[1]).toBe("ndr@archive.example");
  });

  it("one that has been quiet for days is looked at", () => {
    const day = 24 * 60 * MINUTE_MS;
    const { check } = judged(journalFlow, settings(), raw(), past(9 * day, [10 * day, 3], [8 * day, 7], [0, 7]));
    expect(check("flow")?.verdict).toBe("pass");
    expect(check("quiet")?.verdict).toBe("warn");
  });
});

describe("with the inline track on", () => {
  const inline = { processed: counted(7, { deliveryModes: ["DIRECT", "JOURNAL"] }) };
  const grown = past(20 * MINUTE_MS, [30 * MINUTE_MS, 3], [5 * MINUTE_MS, 7]);

  it("a count that grew proves nothing", () => {
    expect(judged(journalFlow, settings(), raw(inline), grown).check("flow")).toMatchObject({ verdict: "wait" });
    const atVendor = {
      "mx/contoso.com": [mxRow("contoso.com", 300, { hosts: [{ preference: 5, exchange: "mailstream-eu1.mxrecord.io" }] })],
    };
    expect(judged(journalFlow, settings(), raw(atVendor), grown).check("flow")).toMatchObject({ verdict: "wait" });
  });

  it("a message that came as a report does, one by the mail records does not", () => {
    expect(judged(journalFlow, settings(), raw({ ...inline, journaled: [message()] }), grown).check("flow")?.verdict).toBe("pass");
    const direct = raw({ ...inline, journaled: [message({ deliveryMode: "DIRECT" })] });
    expect(judged(journalFlow, settings(), direct, grown).check("flow")?.verdict).toBe("wait");
  });

  it("the test message does, when its report is found", () => {
    const found = raw({ ...inline, [`journaled/${ID}`]: [message({ deliveryMode: "DIRECT" }), message()] });
    const { check } = judged(journalFlow, settings(sent(5 * MINUTE_MS)), found, grown);
    expect([check("flow")?.verdict, check("test")?.verdict]).toEqual(["pass", "pass"]);
    const only = raw({ ...inline, [`journaled/${ID}`]: [message({ deliveryMode: "DIRECT" })] });
    expect(judged(journalFlow, settings(sent(5 * MINUTE_MS)), only, grown).check("test")?.verdict).toBe("wait");
    expect(judged(journalFlow, settings(sent(45 * MINUTE_MS)), only, past(60 * MINUTE_MS)).check("test")?.verdict).toBe("warn");
  });
});

describe("what is wrong is said", () => {
  it("a test to the mailbox of undeliverable reports: it is never journaled", () => {
    const { check } = judged(journalFlow, settings(sent(MINUTE_MS, "NDR@archive.example")), raw({ [`journaled/${ID}`]: [] }));
    expect(check("test")).toMatchObject({ verdict: "fail" });
  });

  it("a mistyped journal address: both are named", () => {
    const { check } = judged(
      journalFlow,
      settings(),
      raw({ JournalRule: [rule({ JournalEmailAddress: "contso@journaling.mxrecord.io" })] }),
    );
    expect(check("rule/us")?.saw).toContain("contso@journaling.mxrecord.io");
    expect(check("rule/us")?.saw).toContain(ADDRESS);
    expect(check("flow")).toBeUndefined();
  });

  it("a rule that was on and is off: Microsoft does that after two days of refused reports", () => {
    const before = { past: { JournalRule: [{ raw: [rule()], first: NOW - MINUTE_MS, last: NOW - MINUTE_MS }] } };
    const { check } = judged(journalFlow, settings(), raw({ JournalRule: [rule({ Enabled: false })] }), before);
    expect(check("rule/us")?.saw).toContain("two days");
  });

  it("a vendor that cannot be asked is unknown, not silence", () => {
    const { processed: _, ...rest } = raw();
    const { check } = judged(journalFlow, settings(), rest, {
      ...past(60 * MINUTE_MS),
      failed: { processed: no("throttled", "Too many questions.") },
    });
    expect(check("flow")?.verdict).toBe("unknown");
  });
});

describe("without a token", () => {
  const { processed: _, journaled: __, ...rest } = raw();
  const none = no("not-asked", "No token.");
  const asked = (counts: object, more: object = {}) =>
    judged(journalFlow, settings({ counts, ...more }), rest, { ...past(20 * MINUTE_MS), failed: { processed: none, journaled: none } });

  it("what somebody types counts as their word, never as seen", () => {
    const { check } = asked({ [String(NOW - 30 * MINUTE_MS)]: "3", [String(NOW)]: "7" });
    expect(check("flow")).toMatchObject({ verdict: "unknown", onWord: true });
  });

  it("asks for numbers while there are none, and for more mail while they are the same", () => {
    expect(asked({}).check("flow")?.verdict).toBe("fail");
    expect(asked({ [String(NOW - MINUTE_MS)]: "3", [String(NOW)]: 3 }).check("flow")?.verdict).toBe("wait");
  });
});

it("the count is a table over time that the page can draw, of no more points than can be seen", () => {
  const { evidence } = judged(journalFlow, settings(), raw(), past(20 * MINUTE_MS, [30 * MINUTE_MS, 3], [5 * MINUTE_MS, 7]));
  expect(evidence[0]).toEqual({
    title: "Messages processed",
    columns: ["Time", "Messages"],
    rows: [
      ["2026-05-03 11:30:00 UTC", "3"],
      ["2026-05-03 11:55:00 UTC", "7"],
    ],
  });
  const many = Array.from({ length: 5_000 }, (_, i) => ({ at: i, total: i }));
  expect(thinned(many)).toHaveLength(60);
  expect([thinned(many)[0], thinned(many).at(-1)]).toEqual([many[0], many.at(-1)]);
});

it("refuses a number that is none", () => {
  expect(refusals(journalFlow, settings({ counts: { "1": "many" } }))).toEqual(["Enter the number as the dashboard shows it."]);
});
