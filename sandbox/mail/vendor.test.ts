import { expect, test } from "vitest";
import { egress } from "../scenarios/egress";
import { covers } from "./addresses";
import { headerOf, headersOf } from "./headers";
import { gatewayData, gatewayRcpt, mailboxes, messageWithId, quarantine, releaseMessage, vendorRcpt } from "./index";
import type { Message } from "./message";
import { connector, post, secure } from "./testing";

const header = (message: Message | undefined, name: string) => headerOf(headersOf(message?.raw ?? ""), name);
const verdict = (disposition: string) => ({ headers: { "X-Sandbox-Verdict": disposition } });

test("a domain that the vendor does not know, or whose proof is missing, is not relayed for", () => {
  const mail = post("fresh");
  expect(mail.byMx().refusal).toMatchObject({ code: 550, text: expect.stringContaining("Relaying denied") });
  const secured = secure(mail, { status: "PENDING" });
  expect(mail.byMx().refusal?.code).toBe(550);
  secured.status = "ACTIVE";
  expect(mail.byMx().refusal).toBeNull();
});

test("IP restrictions and inbound TLS are obeyed", () => {
  const mail = post("fresh");
  secure(mail, { ip_restrictions: ["198.51.100.0/24"], require_tls_inbound: true });
  expect(mail.byMx().refusal?.text).toContain("is not allowed");
  expect(mail.byMx({ ip: "198.51.100.1", isTls: false }).refusal?.code).toBe(530);
  expect(mail.byMx({ ip: "198.51.100.1" }).refusal).toBeNull();
});

test("mail is handed on from a published address, with the word of its disposition in the product's header", () => {
  for (const [product, name] of [
    ["area1", "X-Area1Security-Disposition"],
    ["cloudflare", "X-CFEmailSecurity-Disposition"],
  ] as const) {
    const mail = post("fresh", product);
    secure(mail);
    const words = ["SUSPICIOUS", "SPOOF", "SPAM", "BULK", "NONE"].map((one) => mail.byMx(verdict(one)).microsoft);
    expect(words.map((message) => header(message, name))).toEqual(["SUSPICIOUS", "SPOOF", "UCE", "BULK", undefined]);
    expect(words.every((message) => covers(egress, message?.fromIp ?? ""))).toBe(true);
    expect(mail.tenant.mail.processed).toEqual({ [mail.domain]: 5 });
  }
});

test("the vendor holds what was chosen, and MALICIOUS whatever was chosen where its older page holds", () => {
  const mail = post("fresh");
  mail.tenant.traits.vendorAlwaysQuarantines = ["MALICIOUS"];
  secure(mail, { drop_dispositions: ["SPOOF"] });
  const held = ["MALICIOUS", "SPOOF", "SPAM"].map((one) => mail.byMx(verdict(one)));
  expect(held.map(({ vendor }) => vendor?.place.kind)).toEqual(["quarantine", "quarantine", "folder"]);
  expect(held.map(({ microsoft }) => microsoft !== undefined)).toEqual([false, false, true]);
  expect(quarantine(mail.tenant).map(({ place }) => place.by)).toEqual(["vendor", "vendor"]);
  mail.tenant.traits.vendorAlwaysQuarantines = ["MALICIOUS", "SPAM"];
  expect(mail.byMx(verdict("SPAM")).microsoft).toBeUndefined();
});

test("a message that the vendor released can be held again by Microsoft", () => {
  const mail = post("fresh");
  secure(mail, { drop_dispositions: ["SPOOF"] });
  const word = { HeaderContainsMessageHeader: "X-CFEmailSecurity-Disposition", HeaderContainsWords: ["SPOOF"] };
  mail.set("New-TransportRule", { Name: "Host", ...word, Quarantine: true });
  const { vendor } = mail.byMx(verdict("SPOOF"));
  expect(releaseMessage(mail.world, vendor?.id ?? "")).toBeNull();
  const [second] = quarantine(mail.tenant);
  expect(second).toMatchObject({ place: { by: "microsoft" }, message: { messageId: vendor?.messageId } });
  expect(releaseMessage(mail.world, second?.message.id ?? "")).toBeNull();
  expect(messageWithId(mail.world, second?.message.id ?? "")?.message.place).toEqual({ kind: "folder", folder: "Inbox" });
  expect(releaseMessage(mail.world, second?.message.id ?? "")).toContain("No such message");
});

test("outbound TLS not forced: a connector that requires it refuses the hand-over", () => {
  const mail = post("fresh");
  const secured = secure(mail, { require_tls_outbound: null });
  mail.set("New-InboundConnector", connector());
  expect(mail.byMx().vendor?.place).toMatchObject({ kind: "refused", reply: { text: expect.stringContaining("5.7.3") } });
  secured.require_tls_outbound = true;
  expect(mail.byMx().vendor?.place.kind).toBe("folder");
});

test("tags are written into subject and body where the account has them on", () => {
  const mail = post("fresh");
  secure(mail);
  mail.tenant.traits.vendorTags = { SUSPICIOUS: { subject: "[SUSPICIOUS]", body: "Be careful." } };
  const message = mail.byMx(verdict("SUSPICIOUS")).microsoft;
  expect(message?.subject).toBe("[SUSPICIOUS] Hello");
  expect(message?.raw).toContain("\r\n\r\nBe careful.\r\n\r\nA line.");
});

test("another gateway hands on to Microsoft, for its own customers only", () => {
  const mail = post("other-gateway");
  const session = {
    serverHost: "us-smtp-inbound-1.mimecast.com",
    clientIp: "203.0.113.7",
    isTls: true,
    helo: "h",
    mailFrom: "a@sender.example",
  };
  const to = `employee@${mail.domain}`;
  expect(gatewayRcpt(mail.world, session, to)).toBeNull();
  expect(gatewayRcpt(mail.world, session, "a@nowhere.example")?.code).toBe(550);
  expect(vendorRcpt(mail.world, session, to)?.code).toBe(550);
  gatewayData(mail.world, session, [to], Buffer.from("Subject: Hello\r\n\r\nA line.\r\n"));
  const [, , box] = mailboxes(mail.tenant);
  expect(box?.folders.Inbox[0]?.message?.events.map((one) => one.detail)).toContain(
    "Transport rule: 'Bypass spam filtering for the gateway'",
  );
});

test("with the addresses of 2022, rules and connector miss mail from the newer ones, and the old header is not there at all", () => {
  const mail = post("leftovers");
  const copies = Array.from({ length: 40 }, () => mail.byMx(verdict("BULK")).microsoft);
  expect(copies.every((message) => message?.place.kind === "folder" && message.place.folder === "Inbox")).toBe(true);
  const connectors = new Set(copies.map((message) => /ConnectorId" String="([^"]+)"/.exec(message?.events[0]?.data ?? "")?.[1]));
  expect([...connectors].sort()).toEqual(["Area 1 Inbound Connector", "BN8NAM12FT001\\Default BN8NAM12FT001"]);
});
