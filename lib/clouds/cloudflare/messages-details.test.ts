import { afterEach, describe, expect, it } from "vitest";
import { ACCESS, closeAll, fine, INVESTIGATE, idOf, message, practise, refusal } from "./testing";

afterEach(closeAll);

const ID = idOf("aa");
const at = (more = "") => `GET ${INVESTIGATE}/${ID}${more}`;
const messages = async (routes: Parameters<typeof practise>[0]) => {
  const practice = await practise(routes);
  return { ...practice, messages: practice.cloudflare.messages };
};

describe("one message", () => {
  it("is read by its id", async () => {
    const { messages: my } = await messages({ [at()]: fine(message("aa")) });
    expect(await my.one(ACCESS, ID)).toMatchObject({ ok: true, value: { id: ID, subject: "Budget" } });
  });

  it("that is gone is said to be so, in words about messages", async () => {
    const { messages: my } = await messages({ [at()]: refusal(404, 10007, "not found") });
    expect(await my.one(ACCESS, ID)).toMatchObject({ ok: false, problem: { code: "gone", say: expect.stringContaining("message") } });
  });

  it.each(["", ".", "..", "a/b", "a?b", "a b", "%2e%2e", "x".repeat(400), "a\u0000"])(
    "is not asked for by what is no id (%j)",
    async (id) => {
      const { messages: my, sent } = await messages({});
      for (const read of [my.one, my.detections, my.trace, my.actions, my.picture, my.raw])
        expect(await read(ACCESS, id)).toMatchObject({ ok: false, problem: { code: "gone" } });
      expect(sent()).toEqual([]);
    },
  );
});

describe("what was found in a message", () => {
  it("is read whole", async () => {
    const { messages: my } = await messages({
      [at("/detections")]: fine({
        action: "QUARANTINED",
        final_disposition: "MALICIOUS",
        findings: [
          { name: "link", detail: "known page", detection: "MALICIOUS" },
          { name: null, reason: "because" },
        ],
        threat_categories: [{ id: 1, name: "Credential harvester" }, "Old form", { name: null }],
        links: [{ href: "javascript:alert(1)", text: null }],
        attachments: [
          { size: 7, filename: "a.pdf", content_type: "application/pdf", detection: null, sha256: "ab" },
          { size: null, name: "b" },
        ],
        headers: [],
        validation: { spf: "pass", dkim: "fail", dmarc: null, comment: "x" },
        sender_info: { ip: "192.0.2.1", as_name: "Somebody's network", as_number: 7, geo: "DE" },
      }),
    });
    expect(await my.detections(ACCESS, ID)).toEqual({
      ok: true,
      value: {
        action: "QUARANTINED",
        disposition: "MALICIOUS",
        findings: [
          { name: "link", detail: "known page", verdict: "MALICIOUS" },
          { name: "", detail: "because", verdict: "" },
        ],
        threats: ["Credential harvester", "Old form"],
        links: [{ href: "javascript:alert(1)", text: "" }],
        attachments: [
          { name: "a.pdf", type: "application/pdf", bytes: 7, verdict: "", sha256: "ab" },
          { name: "b", type: "", bytes: 0, verdict: "", sha256: "" },
        ],
        validation: { spf: "pass", dkim: "fail", dmarc: "" },
        sender: { ip: "192.0.2.1", network: "Somebody's network", country: "DE" },
      },
    });
  });

  it("may be nothing", async () => {
    const { messages: my } = await messages({ [at("/detections")]: fine({ findings: null, links: null, validation: null }) });
    expect(await my.detections(ACCESS, ID)).toMatchObject({
      ok: true,
      value: { disposition: "NONE", findings: [], threats: [], attachments: [] },
    });
    const { messages: odd } = await messages({ [at("/detections")]: fine([]) });
    expect(await odd.detections(ACCESS, ID)).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });
});

describe("the way of a message", () => {
  it("is shown line by line, and says what is still to come", async () => {
    const { messages: my } = await messages({
      [at("/trace")]: fine({
        inbound: {
          lines: [
            { lineno: 2, logged_at: "2027-01-15T08:00:01Z", message: "delivered\nto" },
            { lineno: 1, ts: "2027-01-15T08:00:00Z", message: "received" },
          ],
        },
        outbound: { lines: null, pending: true },
      }),
    });
    expect(await my.trace(ACCESS, ID)).toEqual({
      ok: true,
      value: {
        inbound: {
          lines: [
            { at: Date.UTC(2027, 0, 15, 8), say: "received" },
            { at: Date.UTC(2027, 0, 15, 8, 0, 1), say: "delivered to" },
          ],
          isPending: false,
        },
        outbound: { lines: [], isPending: true },
      },
    });
  });
});

describe("what was done with a message", () => {
  const moved = (day: number, more: object = {}) => ({
    ...{ operation: "MOVE", completed_at: `2027-01-${10 + day}T08:00:00Z`, success: true, status: "OK" },
    properties: { folder: "JunkEmail", requested_by: "admin@contoso.com", recipient: "aa@contoso.com" },
    ...more,
  });

  it("comes oldest first, with who asked for it", async () => {
    const { messages: my, sent } = await messages({
      [at("/action_log")]: fine([
        moved(2),
        moved(1, { success: null, status: null, properties: null, completed_at: null, started_at: "2027-01-01T00:00:00Z" }),
      ]),
    });
    const nothing = { status: "", folder: "", requestedBy: "", recipient: "" };
    expect(await my.actions(ACCESS, ID)).toEqual({
      ok: true,
      value: [
        { operation: "MOVE", at: Date.UTC(2027, 0, 1), success: null, ...nothing },
        {
          ...{ operation: "MOVE", at: Date.UTC(2027, 0, 12, 8), success: true, status: "OK", folder: "JunkEmail" },
          ...{ requestedBy: "admin@contoso.com", recipient: "aa@contoso.com" },
        },
      ],
    });
    expect(sent()).toEqual([`GET ${INVESTIGATE}/${ID}/action_log?page=1&per_page=100`]);
  });

  it("is read to its last page", async () => {
    const path = at("/action_log");
    const { messages: my, sent } = await messages({
      [path]: (_, query) => fine(Array.from({ length: query.get("page") === "3" ? 5 : 100 }, () => moved(1))),
    });
    expect(await my.actions(ACCESS, ID)).toMatchObject({ ok: true, value: { length: 205 } });
    expect(sent()).toHaveLength(3);
  });
});
