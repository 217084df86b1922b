/** The SMTP probe against postfix: greeting, encryption, certificates, and refusals as mail servers really say them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf, rowOf } from "./internet";
import { DOMAIN, hostName, type Mail, startMail } from "./mail";

let mail: Mail;
beforeAll(async () => {
  mail = await startMail();
});
afterAll(() => mail?.stop());

const met = (label: string, probe = mail.probe()) => rowOf(probe, "smtpHost", hostName(label));
const offered = (label: string, domain = DOMAIN) => rowOf(mail.probe(), "directDelivery", `${domain}@${hostName(label)}`);

describe("a mail server that is as it should be", () => {
  it("greets, encrypts and proves its name through the chain it shows", async () => {
    expect(await met("good")).toMatchObject({
      address: mail.addressOf("good"),
      connected: true,
      banner: "postfix.example ESMTP Postfix",
      ehlo: true,
      starttls: true,
      certificate: { trusted: true, matches: true, subject: hostName("good"), issuer: "Real test intermediate" },
      problem: null,
    });
  });

  it("heard nothing from us but hello, encryption and goodbye", async () => {
    await met("good");
    await expect.poll(() => mail.logOf("good")).toMatch(/TLS connection established from \S+ TLSv1\.[23]/);
    await expect.poll(() => mail.logOf("good")).toMatch(/disconnect from \S+ ehlo=1 starttls=1 quit=1 commands=3$/m);
  });

  it("may let us wait before it greets, and greet in several lines", async () => {
    expect(await met("patient")).toMatchObject({ connected: true, ehlo: true, starttls: true, problem: null });
    expect(mail.logOf("patient")).toContain("PASS NEW");
    expect(mail.logOf("patient")).not.toContain("PREGREET");
  });

  it("is judged by the name in the MX record, also where that is an alias", async () => {
    expect(await met("alias")).toMatchObject({ starttls: true, certificate: { trusted: true, matches: false, subject: hostName("good") } });
  });
});

describe("a certificate", () => {
  it.each([
    ["for another host", "misnamed", { trusted: true, matches: false, subject: "shared.hosting.example" }],
    ["that has ended", "expired", { trusted: false, matches: true }],
    ["signed by itself", "selfsigned", { trusted: false, matches: true, issuer: hostName("selfsigned") }],
    ["of an unknown authority", "stranger", { trusted: false, matches: true, issuer: "Stranger intermediate" }],
    ["without the one between it and the root", "halfchain", { trusted: false, matches: true, issuer: "Real test intermediate" }],
  ])("%s is shown as what it is, and the call goes on", async (_, label, certificate) => {
    expect(await met(label)).toMatchObject({ connected: true, starttls: true, certificate, problem: null });
  });

  it("that has ended says when", async () => {
    const { certificate } = await met("expired");
    expect(Date.parse(certificate?.validTo ?? "")).toBeLessThan(Date.now());
  });

  it("is not trusted where nobody told us to trust its authority", async () => {
    const certificate = { trusted: false, matches: true };
    expect(await met("good", mail.probe({ extraCa: undefined }))).toMatchObject({ starttls: true, certificate });
  });
});

describe("a mail server that falls short", () => {
  it.each([
    ["plain", { connected: true, ehlo: true, starttls: false, problem: "It does not offer encryption (STARTTLS)." }],
    ["ancient", { connected: true, ehlo: true, starttls: false, problem: expect.stringContaining("none could be agreed on") }],
    ["closed", { connected: true, ehlo: false, problem: "It greets us with a refusal: 554." }],
    ["later", { connected: true, ehlo: false, problem: "It greets us with a refusal: 450." }],
    ["nobody", { connected: false, banner: null, problem: expect.stringContaining("ECONNREFUSED") }],
    ["private", { connected: false, problem: "Its address is private or our own, so we do not call it." }],
    ["nowhere", { connected: false, address: null, problem: "It has no address." }],
  ])("(%s) is told how far we came", async (label, said) => {
    expect(await met(label)).toMatchObject({ ...said, certificate: null });
  });

  it("is asked a second time when it is only busy", async () => {
    await met("later");
    await expect.poll(() => mail.logOf("later").match(/connect from/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it("is not blamed when nobody can be reached on that port", async () => {
    const probe = mail.probe({ reference: hostName("nobody") });
    expect(await answerOf(probe, "smtpHost", hostName("nobody"))).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });
});

describe("mail offered straight to a host", () => {
  it("is taken by one that takes mail for the domain, under encryption, and no message is ever sent", async () => {
    expect(await offered("strict")).toMatchObject({ stage: "rcpt", code: 250, refused: false });
    await expect.poll(() => mail.logOf("strict")).toMatch(/disconnect from \S+ ehlo=2 starttls=1 mail=1 rcpt=1 rset=1 quit=1 commands=7$/m);
  });

  it.each([
    ["locked", 550, "5.7.51", "TenantInboundAttribution"],
    ["unknown", 550, "5.1.1", "User unknown"],
  ])("is refused by %s, with the reason in its own words", async (label, code, enhanced, words) => {
    const said = await offered(label);
    expect(said).toMatchObject({ stage: "rcpt", code, refused: true });
    expect(said.text).toContain(enhanced);
    expect(said.text).toContain(words);
  });

  it("is not taken for another domain", async () => {
    expect(await offered("good", "fabrikam.example")).toMatchObject({
      stage: "rcpt",
      code: 554,
      refused: true,
      text: expect.stringContaining("Relay access denied"),
    });
  });

  it("is not called refused when the host only says: later", async () => {
    expect(await offered("grey")).toMatchObject({ stage: "rcpt", code: 450, refused: false, text: expect.stringContaining("Greylisted") });
  });

  it("says at which word it ended", async () => {
    expect(await offered("nosender")).toMatchObject({ stage: "mail", code: 554, refused: true });
    expect(await offered("closed")).toMatchObject({ stage: "connect", code: 554 });
    expect(await offered("ancient")).toMatchObject({ stage: "tls", code: null, refused: false });
    expect(await offered("nobody")).toMatchObject({ stage: "connect", code: null, refused: false });
    expect(await offered("plain")).toMatchObject({ stage: "rcpt", code: 250, refused: false });
  });

  it("leaves no message behind anywhere", () => {
    for (const label of ["good", "strict", "plain", "locked"]) expect(mail.logOf(label)).not.toMatch(/\bdata=/);
  });
});
