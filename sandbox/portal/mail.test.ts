import { expect, test } from "vitest";
import type { Message, Place } from "../mail/message";
import { remember } from "../mail/store";
import { newTenant } from "../scenarios/index";
import { keepSent } from "../smtp/outbox";
import type { Letter, Outcome } from "../smtp/sender";
import { makeWorld } from "../world";
import { mailPortal } from "./mail";

function opened(outcome: Partial<Outcome> = {}) {
  const tenant = newTenant("fresh");
  if (!tenant) throw new Error("There is no such scenario.");
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const sent: Letter[] = [];
  const to = `admin@${tenant.domains[0]?.id}`;
  const said = { host: "mx.example", address: "127.0.1.11", code: 250, text: "Ok", isTls: true, lines: ["S: 220 mx.example ESMTP"] };
  const portal = mailPortal(async (_, letter) => {
    sent.push(letter);
    return {
      id: "sent-1",
      messageId: "<sent-1@stranger.example>",
      outcome: { result: "accepted", host: said.host, code: 250, text: "Ok", attempts: [said], ...outcome },
    };
  });
  const put = (id: string, place: Place, more: Partial<Message> = {}) =>
    remember(world, tenant, "messages", {
      ...{ id, traceId: id, at: 1_700_000_000_000, messageId: "<sent-1@stranger.example>", mailFrom: "news@stranger.example" },
      ...{ from: "news@stranger.example", to, mailbox: to, subject: "Offer", fromIp: "203.0.113.7", size: 40, place, events: [] },
      raw: "Subject: Offer\r\nX-Forefront-Antispam-Report: SCL:1\r\n\r\nHello <b>there</b>\r\n",
      ...more,
    });
  const visit = async (path: string, form?: Record<string, string>) => {
    const body = Buffer.from(new URLSearchParams(form ?? {}).toString());
    const url = new URL(`/portal/${path}`, "http://127.0.0.1");
    const answer = await portal({ method: form ? "POST" : "GET", url, headers: {}, body }, world);
    return { status: answer?.status, to: answer?.headers["location"], text: String(answer?.body) };
  };
  return { tenant, world, sent, put, visit, page: (more = "") => `${tenant.id}/mail${more}`, to };
}

const form = { from: "News <news@stranger.example>", to: "admin@x.example", subject: "Hello", via: "Straight to Microsoft 365" };

test("each folder, the quarantine and what never arrived show what lies there", async () => {
  const { put, visit, page } = opened();
  put("in", { kind: "folder", folder: "Inbox" });
  put("junk", { kind: "folder", folder: "Junk" });
  const where = { type: "HighConfPhish", policy: "UserNotificationUserRequest", reason: "Verdict" } as const;
  put("held", { kind: "quarantine", by: "microsoft", ...where, release: "user-asks", notified: [] });
  put("no", { kind: "refused", reply: { code: 550, text: "5.7.51 TenantInboundAttribution; Rejecting" } });
  const { text } = await visit(page());
  expect(text).toContain("Inbox (1)");
  expect(text).toContain("Junk (1)");
  expect(text).toContain("HighConfPhish, policy UserNotificationUserRequest; the recipient can ask for its release");
  expect(text).toContain("Refused: 550 5.7.51");
});

test("the original shows the headers to copy, as text whatever is in them", async () => {
  const { put, visit, page, world } = opened();
  put("in", { kind: "folder", folder: "Inbox" }, { raw: "Subject: </textarea><script>\r\nX-Test: 1\r\n\r\n<b>body</b>" });
  const { text } = await visit(page("/in"));
  expect(text).toContain("X-Test: 1");
  expect(text).not.toMatch(/<script>|<b>/);
  expect((await visit(page("/none"))).status).toBe(404);
  const other = newTenant("fresh");
  if (other) world.tenants.set(other.id, other);
  expect((await visit(`${other?.id}/mail/in`)).status).toBe(404);
});

test("a test message goes out as the form says, and the page tells what was said and where it lies", async () => {
  const { sent, put, visit, page, to } = opened();
  put("in", { kind: "folder", folder: "Inbox" });
  const done = await visit(page(), { ...form, disposition: "SPAM", fromIp: "198.51.100.9" });
  expect(sent).toEqual([{ from: form.from, to: form.to, subject: "Hello", via: "direct", disposition: "SPAM", fromIp: "198.51.100.9" }]);
  expect([done.status, done.to]).toEqual([303, `/portal/${page()}?sent=sent-1`]);
  const { text } = await visit(page("?sent=sent-1"));
  expect(text).toContain("mx.example accepted the message: 250 Ok");
  expect(text).toContain("S: 220 mx.example ESMTP");
  expect(text).toContain(`${to}</a>: Inbox`);
  expect((await visit(page("?sent=other"))).text).not.toContain("accepted");
});

test("a refusal is announced as one, and a form that makes no sense is not sent", async () => {
  const { sent, visit, page } = opened({ result: "refused", code: 550, text: "5.4.1 Access denied" });
  await visit(page(), form);
  expect((await visit(page("?sent=sent-1"))).text).toMatch(/role="alert"><p>mx.example refused the message: 550 5.4.1/);
  expect((await visit(page(), { ...form, to: "nobody" })).status).toBe(400);
  expect((await visit(page(), { ...form, fromIp: "here" })).status).toBe(400);
  expect(sent).toHaveLength(1);
  await visit(page(), { ...form, via: "From one of your own people, to the inside or the outside" });
  expect(sent.at(-1)?.via).toBe("internal");
});

test("what is held is released from the page, and only by its own tenant's", async () => {
  const { put, visit, page, tenant, world } = opened();
  const why = { type: "Spam", policy: "DefaultFullAccessPolicy", reason: "Verdict" } as const;
  put("held", { kind: "quarantine", by: "microsoft", ...why, release: "admin", notified: [] });
  expect((await visit(page())).text).toContain('aria-label="Release Offer"');
  const other = newTenant("fresh");
  if (other) world.tenants.set(other.id, other);
  expect((await visit(`${other?.id}/mail`, { do: "release", id: "held" })).status).toBe(400);
  expect((await visit(page(), { do: "release", id: "held" })).text).toContain("Released.");
  expect(tenant.mail.messages.map(({ place }) => place.kind)).toEqual(["folder"]);
});

test("a message is moved as its owner would, and shows in the folder it went to", async () => {
  const { put, visit, page, to, tenant } = opened();
  put("in", { kind: "folder", folder: "Inbox" });
  expect((await visit(page())).text).not.toContain("Deleted Items (");
  const { text } = await visit(page(), { do: "move", id: "in", mailbox: to, folder: "Deleted Items" });
  expect(text).toContain("lies in Deleted Items now");
  expect(text).toContain("Deleted Items (1)");
  expect(tenant.mail.messages[0]?.place).toEqual({ kind: "folder", folder: "DeletedItems" });
  for (const wrong of [{ folder: "Nowhere" }, { id: "none" }, { mailbox: "nobody@x.example" }])
    expect((await visit(page(), { do: "move", id: "in", mailbox: to, folder: "Inbox", ...wrong })).status).toBe(400);
});

test("Cutover's own mail is readable, with links that can be followed", async () => {
  const { world, visit } = opened();
  expect((await visit("outbox")).text).toContain("Cutover sent no mail yet.");
  const raw =
    "Subject: =?utf-8?Q?Fertig_=C3=BC?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSee http://localhost:3000/t/a=\r\nb now <i>\r\n";
  keepSent(world, "cutover@ops.example", ["admin@fabrikam.example"], Buffer.from(raw));
  const { text } = await visit("outbox");
  expect(text).toContain("Fertig ü");
  expect(text).toContain('<a href="http://localhost:3000/t/ab">');
  expect(text).not.toContain("<i>");
});
