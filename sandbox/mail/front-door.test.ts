import { expect, test } from "vitest";
import { connector, moveMx, type Post, post, secure } from "./testing";

const reply = (answer: ReturnType<Post["direct"]>) =>
  "code" in answer ? `${answer.code} ${answer.text}` : `delivered: ${answer.place.kind}`;
const lockDown = connector({ Name: "Lock-down", RestrictDomainsToIPAddresses: true });

test("mail for nobody's domain, and for nobody at ours, is refused", () => {
  const mail = post("fresh");
  expect(reply(mail.direct({ to: "a@nowhere.example" }))).toContain("550 5.4.1");
  expect(reply(mail.direct({ to: `stranger@${mail.domain}` }))).toContain("550 5.4.1");
  expect(reply(mail.direct({ to: `postmaster@${mail.domain}` }))).toBe("delivered: folder");
  expect(reply(mail.direct({ to: `employee@${mail.tenant.initialDomain}` }))).toBe("delivered: folder");
});

test("451 4.4.62: a legacy host does not take the tenant's mail", () => {
  const mail = post("fresh");
  expect(reply(mail.direct({ host: "fabrikam-example.mail.eo.outlook.com" }))).toContain("451 4.4.62");
});

test("550 5.7.51: locked down, only the gateway gets in, for every domain of the tenant", () => {
  const mail = post("fresh");
  mail.set("New-InboundConnector", lockDown);
  for (const to of [`employee@${mail.domain}`, `employee@${mail.tenant.initialDomain}`]) {
    expect(reply(mail.direct({ to }))).toContain("550 5.7.51 TenantInboundAttribution");
    expect(reply(mail.direct({ to, ip: "158.51.64.9" }))).toBe("delivered: folder");
  }
  expect(mail.tenant.mail.messages[0]?.events.at(-1)).toMatchObject({ event: "Fail", detail: expect.stringContaining("5.7.51") });
});

test("a lock-down that was only just turned on, or is off, refuses nothing yet", () => {
  const mail = post("fresh");
  mail.set("New-InboundConnector", { ...lockDown, Enabled: false });
  expect(reply(mail.direct())).toBe("delivered: folder");
  mail.set("Set-InboundConnector", { Identity: "Lock-down", Enabled: true });
  mail.world.clock.advance(-mail.tenant.traits.worksLagMs);
  expect(reply(mail.direct())).toBe("delivered: folder");
  mail.world.clock.advance(mail.tenant.traits.worksLagMs);
  expect(reply(mail.direct())).toContain("5.7.51");
});

test("a partner connector for one sender does not open what lock-down closed; an OnPremises connector does", () => {
  const mail = post("fresh");
  const other = { SenderIPAddresses: ["203.0.113.7"], RequireTls: false };
  mail.set("New-InboundConnector", lockDown);
  mail.set("New-InboundConnector", connector({ Name: "One sender", SenderDomains: ["sender.example"], ...other }));
  expect(reply(mail.direct())).toContain("5.7.51");
  mail.set("New-InboundConnector", connector({ Name: "Own server", ConnectorType: "OnPremises", ...other }));
  expect(reply(mail.direct())).toBe("delivered: folder");
});

test("a range that the vendor added later is refused by lock-down alone", () => {
  const mail = post("fresh");
  mail.set("New-InboundConnector", { ...lockDown, SenderIPAddresses: ["158.51.64.0/26"] });
  expect(reply(mail.direct({ ip: "104.30.40.1" }))).toContain("5.7.51");
  mail.set("Set-InboundConnector", { Identity: "Lock-down", RestrictDomainsToIPAddresses: false });
  expect(reply(mail.direct({ ip: "104.30.40.1" }))).toBe("delivered: folder");
});

test("a connector that requires TLS refuses what comes without", () => {
  const mail = post("fresh");
  mail.set("New-InboundConnector", connector());
  expect(reply(mail.direct({ ip: "158.51.64.9", isTls: false }))).toContain("5.7.3");
  expect(reply(mail.direct({ isTls: false }))).toBe("delivered: folder");
});

test("550 5.7.68: with direct send rejected, anonymous mail from an own domain is refused, other mail is not", () => {
  const mail = post("fresh");
  const organization = mail.tenant.exchange["OrganizationConfig"]?.[0];
  if (organization) organization["RejectDirectSend"] = true;
  expect(reply(mail.direct({ mailFrom: `scanner@${mail.domain}` }))).toContain("550 5.7.68");
  expect(reply(mail.direct())).toBe("delivered: folder");
});

test("5.4.14: an internal relay domain sends unknown people's mail round in a circle", () => {
  const mail = post("fresh");
  const [domain] = mail.tenant.domains;
  if (domain) domain.domainType = "InternalRelay";
  moveMx(mail);
  const stranger = mail.direct({ to: `stranger@${mail.domain}` });
  expect(stranger).toMatchObject({ place: { kind: "refused", reply: { text: expect.stringContaining("5.4.14") } } });
});

test("5.4.14: a sender whose own tenant has the gateway's addresses in an OnPremises connector gets its mail back from us", () => {
  const mail = post("fresh");
  const other = post("hybrid");
  mail.world.tenants.set(other.tenant.id, other.tenant);
  const [theirs] = other.tenant.exchange["InboundConnector"] ?? [];
  if (theirs) theirs["SenderIPAddresses"] = ["158.51.64.0/26"];
  const answer = mail.direct({ mailFrom: `person@${other.domain}`, ip: "158.51.64.9" });
  expect(answer).toMatchObject({ place: { kind: "refused", reply: { text: expect.stringContaining("ATTR34") } } });
  expect(reply(mail.direct({ ip: "158.51.64.9" }))).toBe("delivered: folder");
});

test("hop count exceeded: the vendor forwards to its own MX", () => {
  const mail = post("fresh");
  secure(mail, { transport: "mxb.global.inbound.cf-emailsecurity.net" });
  const { vendor, microsoft } = mail.byMx();
  expect(vendor?.place).toMatchObject({ kind: "refused", reply: { text: expect.stringContaining("5.4.14") } });
  expect(microsoft).toBeUndefined();
});

test("the newest five hundred messages are kept", () => {
  const mail = post("fresh");
  for (let index = 0; index < 510; index += 1) mail.direct({ subject: `No. ${index}` });
  expect(mail.tenant.mail.messages).toHaveLength(500);
  expect(mail.tenant.mail.messages.at(-1)?.subject).toBe("No. 509");
});
