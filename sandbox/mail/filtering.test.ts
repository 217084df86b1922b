import { expect, test } from "vitest";
import { egress } from "../scenarios/egress";
import { headerOf, headersOf } from "./headers";
import type { Message } from "./message";
import { connector, moveMx, type Post, post, secure } from "./testing";

const header = (message: Message | undefined, name: string) => headerOf(headersOf(message?.raw ?? ""), name);
const microsoft = (answer: ReturnType<Post["direct"]>) => ("code" in answer ? undefined : answer);
const place = (message: Message | undefined) => (message?.place.kind === "folder" ? message.place.folder : message?.place);
const rule = (more: Record<string, unknown>) => ({
  ...{ Name: "Junk", HeaderContainsMessageHeader: "X-CFEmailSecurity-Disposition", HeaderContainsWords: ["BULK"] },
  ...{ SenderIpRanges: [...egress], SetSCL: 5 },
  ...more,
});

function behindGateway(connectorToo: boolean): Post {
  const mail = post("fresh");
  secure(mail);
  moveMx(mail);
  if (connectorToo) mail.set("New-InboundConnector", connector());
  return mail;
}

test("SPF fails for everything behind the gateway until enhanced filtering looks at who really sent it", () => {
  const without = behindGateway(false).byMx().microsoft;
  expect(header(without, "Authentication-Results")).toContain("spf=fail");
  expect(header(without, "X-MS-Exchange-SkipListedInternetSender")).toBeUndefined();
  const good = behindGateway(true).byMx().microsoft;
  expect(header(good, "Authentication-Results")).toContain("spf=pass (sender IP is 203.0.113.7)");
  expect(header(good, "X-MS-Exchange-SkipListedInternetSender")).toBe("ip=[203.0.113.7];domain=mail.sender.example");
  expect(header(good, "X-MS-Exchange-ExternalOriginalInternetSender")).toBe("ip=[203.0.113.7];domain=mail.sender.example");
});

test.each([
  ["still for pilot users", { EFUsers: ["someone@else.example"] }],
  ["in test mode", { EFTestMode: true }],
  ["off", { EFSkipLastIP: false }],
])("enhanced filtering %s leaves SPF failing", (_, more) => {
  const mail = behindGateway(false);
  mail.set("New-InboundConnector", connector(more));
  expect(header(mail.byMx().microsoft, "Authentication-Results")).toContain("spf=fail");
});

test("enhanced filtering on one connector is no use when lock-down's connector takes the mail", () => {
  const mail = behindGateway(true);
  mail.set("New-InboundConnector", connector({ Name: "Lock-down", RestrictDomainsToIPAddresses: true, EFSkipLastIP: false }));
  const message = mail.byMx().microsoft;
  expect(header(message, "Authentication-Results")).toContain("spf=fail");
  expect(message?.events[0]?.data).toContain('Name="ConnectorId" String="Lock-down"');
});

test("with another hop between, skipping the last skips the wrong one; a list of hops finds the sender", () => {
  const hops = ["inside ([158.51.64.3])", "mail.sender.example ([203.0.113.7])"];
  const headers = { Received: hops.map((hop) => `from ${hop} by archive.example with ESMTPS`).join("\r\nReceived: ") };
  const mail = post("fresh");
  mail.set("New-InboundConnector", connector({ SenderIPAddresses: ["198.51.100.9"] }));
  const seen = () => header(microsoft(mail.direct({ ip: "198.51.100.9", headers })), "Authentication-Results");
  expect(seen()).toContain("sender IP is 158.51.64.3");
  mail.set("Set-InboundConnector", { Identity: "Gateway", EFSkipLastIP: false, EFSkipIPs: ["198.51.100.9", "158.51.64.0/26"] });
  expect(seen()).toContain("spf=pass (sender IP is 203.0.113.7)");
});

test("a rule with SCL -1 lets high-confidence phish in once Microsoft is no longer the first to see mail", () => {
  const mail = post("fresh");
  mail.set("New-TransportRule", { Name: "Bypass", SubjectContainsWords: ["Hello"], SetSCL: -1 });
  const phish = () => place(microsoft(mail.direct({ headers: { "X-Sandbox-Microsoft-Verdict": "HPHISH" } })));
  expect(phish()).toMatchObject({ type: "HighConfPhish" });
  moveMx(mail);
  expect(phish()).toBe("Inbox");
});

test("an allowed address skips the spam filter, but not malware and high-confidence phish", () => {
  const mail = behindGateway(true);
  mail.set("Set-HostedConnectionFilterPolicy", { Identity: "Default", IPAllowList: ["203.0.113.7"] });
  const say = (verdict: string) => microsoft(mail.direct({ headers: { "X-Sandbox-Microsoft-Verdict": verdict } }));
  const spam = say("SPAM");
  expect(place(spam)).toBe("Inbox");
  expect(header(spam, "X-Forefront-Antispam-Report")).toMatch(/SCL:-1;.*IPV:CAL;SFV:SKN/);
  expect(place(say("HPHISH"))).toMatchObject({ type: "HighConfPhish", release: "admin" });
  expect(place(say("MALWARE"))).toMatchObject({ type: "Malware" });
});

test("SPF hard fail as spam follows the policy that is the recipient's", () => {
  const mail = post("fresh");
  const forged = { mailFrom: "person@elsewhere.example" };
  expect(place(microsoft(mail.direct(forged)))).toBe("Junk");
  mail.set("Set-HostedContentFilterPolicy", { Identity: "Default", MarkAsSpamSpfRecordHardFail: "Off" });
  expect(place(microsoft(mail.direct(forged)))).toBe("Inbox");
});

test("a rule asks for the word and for the sender's range; SPAM is written UCE", () => {
  const mail = behindGateway(true);
  mail.set("New-TransportRule", rule({}));
  const verdict = (disposition: string) => mail.byMx({ headers: { "X-Sandbox-Verdict": disposition } }).microsoft;
  expect(place(verdict("BULK"))).toBe("Junk");
  expect(place(verdict("SPAM"))).toBe("Inbox");
  expect(place(microsoft(mail.direct({ headers: { "X-CFEmailSecurity-Disposition": "BULK" } })))).toBe("Inbox");
  mail.set("Set-TransportRule", { Identity: "Junk", HeaderContainsWords: ["SPAM"] });
  expect(place(verdict("SPAM"))).toBe("Inbox");
  mail.set("Set-TransportRule", { Identity: "Junk", HeaderContainsWords: ["UCE"] });
  expect(place(verdict("SPAM"))).toBe("Junk");
});

test("a disabled or tested rule does nothing, one that stops hides those after it", () => {
  const mail = post("fresh");
  const all = { HeaderContainsMessageHeader: "Subject", HeaderContainsWords: ["Hello"] };
  mail.set("New-TransportRule", { Name: "Junk", ...all, SetSCL: 5, Enabled: false });
  expect(place(microsoft(mail.direct()))).toBe("Inbox");
  mail.set("Enable-TransportRule", { Identity: "Junk" });
  mail.set("Set-TransportRule", { Identity: "Junk", Mode: "Audit" });
  expect(place(microsoft(mail.direct()))).toBe("Inbox");
  mail.set("Set-TransportRule", { Identity: "Junk", Mode: "Enforce" });
  expect(place(microsoft(mail.direct()))).toBe("Junk");
  mail.set("New-TransportRule", { Name: "Stop", ...all, PrependSubject: "[x] ", StopRuleProcessing: true, Priority: 0 });
  const stopped = microsoft(mail.direct());
  expect([place(stopped), stopped?.subject]).toEqual(["Inbox", "[x] Hello"]);
});

test("hosted quarantine by rule knows no policy: nobody is told and only administrators release", () => {
  const mail = post("fresh");
  mail.set("New-TransportRule", { Name: "Host", SubjectContainsWords: ["Hello"], Quarantine: true });
  mail.set("New-TransportRule", { Name: "Later", SubjectContainsWords: ["Hello"], PrependSubject: "never " });
  const message = microsoft(mail.direct());
  expect(place(message)).toMatchObject({ type: "TransportRule", policy: null, release: "admin", notified: [] });
  expect(message?.subject).toBe("Hello");
});

test("a quarantine policy says who is told and who may release; high-confidence phish is never the recipient's to release", () => {
  const mail = post("fresh");
  mail.set("New-QuarantinePolicy", { Name: "User", EndUserQuarantinePermissionsValue: 7, ESNEnabled: true });
  mail.set("Set-HostedContentFilterPolicy", {
    ...{ Identity: "Default", HighConfidenceSpamAction: "Quarantine", HighConfidenceSpamQuarantineTag: "User" },
    HighConfidencePhishQuarantineTag: "User",
  });
  mail.set("New-TransportRule", { Name: "Nine", SubjectContainsWords: ["Nine"], SetSCL: 9 });
  const to = `employee@${mail.domain}`;
  const spam = place(microsoft(mail.direct({ subject: "Nine" })));
  expect(spam).toMatchObject({ type: "HighConfSpam", policy: "User", release: "user", notified: [to] });
  const phish = microsoft(mail.direct({ headers: { "X-Sandbox-Microsoft-Verdict": "HPHISH" } }));
  expect(place(phish)).toMatchObject({ policy: "User", release: "user-asks" });
});

test("preset and custom policies outrank Default for whom they name", () => {
  const mail = post("presets");
  const [domain, shop] = mail.tenant.domains.map((one) => one.id);
  const hspm = (to: string) => place(microsoft(mail.direct({ to, headers: { "X-Sandbox-Microsoft-Verdict": "HSPM" } })));
  expect(hspm(`employee@${domain}`)).toBe("Junk");
  expect(hspm(`exchange.admin@${domain}`)).toMatchObject({ policy: "DefaultFullAccessWithNotificationPolicy" });
  const phish = { to: `employee@${shop}`, headers: { "X-Sandbox-Microsoft-Verdict": "PHISH" } };
  expect(place(microsoft(mail.direct(phish)))).toBe("Junk");
});
