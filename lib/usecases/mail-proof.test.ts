/** The end-to-end proof over the whole house: real SMTP to the sandbox's hosts, its message trace, and headers out of its mailboxes (stories 15, 16, 22, 36). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EGRESS } from "@/lib/profiles/egress";
import { ends, filtering, lock, proofVerbs, verdicts } from "./mail-proof-testing";
import { type Practice, startPractice } from "./practice";
import { HOUR, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof proofVerbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = proofVerbs(house, I);
});
afterAll(() => house.stop());

describe("before the switch", () => {
  it("both messages reach the mailbox, and the activity says what was agreed and what came of it", async () => {
    const at = await my.ready();
    const proof = await my.send(at);
    expect(ends(proof)).toEqual({ mx: "delivered", direct: "delivered" });
    expect(verdicts(proof)).toMatchObject({ "mx/sent": "pass", "mx/arrived": "pass", "direct/door": "pass" });
    expect(proof.isOpen).toBe(false);
    const lines = await my.said(at.customer);
    expect(lines).toContain(`agreed to two test messages to ${at.to}`);
    expect(lines.filter((line) => line.startsWith("sent the test message"))).toHaveLength(2);
  });

  it("names what will be sent, to whom and by which hosts, before anybody agrees", async () => {
    const { customer, to, domain } = await my.ready();
    const shown = await house.uc.mailProof.page(customer.scope, customer.visitor, to);
    const host = `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;
    expect(shown).toMatchObject({
      ok: true,
      value: { plan: { address: to, messages: [{ hosts: [host] }, { hosts: [host] }] }, proof: null },
    });
  });

  it.each(["someone@elsewhere.example", "no address", "a b@", "<x>@", ""])("nothing is sent to %j", async (typed) => {
    const { customer } = await my.ready();
    expect(await house.uc.mailProof.send(customer.scope, customer.visitor, typed)).toMatchObject({
      ok: false,
      problem: { code: "rejected" },
      fields: { to: expect.any(String) },
    });
    expect((await my.page(customer)).proof).toBeNull();
  });

  it("a mailbox that is not there is refused, and the page says so", async () => {
    const { customer, domain } = await my.ready();
    const proof = await my.send({ customer, domain, to: `nobody.at.all@${domain}` });
    expect(ends(proof)).toEqual({ mx: "refused-wrongly", direct: "refused-wrongly" });
    expect(proof.checks.find((check) => check.id === "mx/arrived")).toMatchObject({
      verdict: "fail",
      saw: expect.stringContaining("no such mailbox"),
    });
  });
});

describe("after the switch", () => {
  it("the message comes through the vendor, by its connector, and the other one shows that the door is open", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, filtering);
    const proof = await my.send(at);
    expect(ends(proof)).toEqual({ mx: "delivered", direct: "delivered" });
    expect(verdicts(proof)).toMatchObject({ "mx/sent": "pass", "mx/arrived": "pass", "mx/connector": "pass", "direct/door": "warn" });
    expect(proof.paths[0]?.stops.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      "Cutover: passed",
      "Cloudflare Email Security: passed",
      "Microsoft 365: passed",
      "The mailbox: here",
    ]);
  });

  it("its headers prove that Microsoft looked past the vendor", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, filtering);
    await my.send(at);
    const { answer, proof } = await my.paste(at.customer, await my.rawOf(at.customer, "mx"));
    expect(answer).toMatchObject({ ok: true });
    expect(proof.pasted).toMatchObject({ leg: "mx", by: "Admin" });
    expect(proof.pasted?.checks.find((check) => check.id === "filtering")).toMatchObject({
      verdict: "pass",
      saw: expect.stringContaining("203.0.113.7"),
    });
    expect(proof.paths[0]?.stops.map((stop) => stop.at !== null)).toEqual([true, true, true, true]);
  });

  it("“SPF fails for everything”: without enhanced filtering the vendor's address was judged (15)", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, { ...filtering, EFSkipLastIP: false });
    const sent = await my.send(at);
    expect(sent.checks.find((check) => check.id === "mx/connector")).toMatchObject({ verdict: "fail", step: "enhanced-filtering" });
    const { proof } = await my.paste(at.customer, await my.rawOf(at.customer, "mx"));
    const check = proof.pasted?.checks.find((one) => one.id === "filtering");
    expect(check).toMatchObject({ verdict: "fail", step: "enhanced-filtering" });
    expect(EGRESS.some((network) => check?.saw.includes(network.split(".").slice(0, 2).join(".")))).toBe(true);
  });

  it("“enhanced filtering is on, and does nothing”: another connector took it (16)", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, {
      Name: "Somebody's",
      SenderIPAddresses: ["104.30.0.0/16", "158.51.64.0/23", "134.195.26.0/23", ...EGRESS],
      RequireTls: false,
    });
    const proof = await my.send(at);
    expect(proof.checks.find((check) => check.id === "mx/connector")).toMatchObject({
      verdict: "fail",
      saw: expect.stringContaining("“Somebody's”"),
    });
  });

  it("headers of another message are explained, and are no proof", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, filtering);
    await my.send(at);
    const other = (await my.rawOf(at.customer, "mx")).replace(/^Message-ID:.*$/m, "Message-ID: <another@sender.example>");
    const { answer, proof } = await my.paste(at.customer, other);
    expect(answer).toMatchObject({ ok: true, say: expect.stringContaining("another message") });
    expect(proof.pasted).toMatchObject({ leg: null });
    expect(proof.paths[0]?.stops[1]?.at).toBeNull();
  });

  it.each(["", "   \n", "Hello, this is a letter.", "\0\0\0"])("%j is no header", async (text) => {
    const at = await my.ready();
    await my.send(at);
    expect((await my.paste(at.customer, text)).answer).toMatchObject({ ok: false, fields: { headers: expect.any(String) } });
  });
});

describe("after the lock", () => {
  it("the message past the vendor is refused with 5.7.51, the other one arrives (36)", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, lock);
    await I.fresh(at.customer, "lock-down");
    await I.wait(2 * HOUR);
    const proof = await my.send(at);
    expect(ends(proof)).toEqual({ mx: "delivered", direct: "refused-rightly" });
    expect(proof.checks.find((check) => check.id === "direct/door")).toMatchObject({
      verdict: "pass",
      saw: expect.stringContaining("5.7.51"),
    });
  });

  it("“locked, and still it comes past the vendor”: the test message finds it (36)", async () => {
    const at = await my.ready();
    await my.switched(at);
    await I.edit(at.customer, "traits.worksLagMs", 1_000 * HOUR); // mail never behaves as the settings say
    await my.connected(at, lock);
    await I.fresh(at.customer, "lock-down");
    await I.wait(2 * HOUR);
    const proof = await my.send(at);
    expect(ends(proof).direct).toBe("delivered-wrongly");
    expect(proof.checks.find((check) => check.id === "direct/door")).toMatchObject({ verdict: "fail", step: "lock-down" });
  });

  it("“mail from the vendor's new range bounces”: message trace tells of it (22)", async () => {
    const at = await my.ready();
    await my.switched(at);
    await my.connected(at, { ...lock, SenderIPAddresses: ["192.0.2.1"] });
    const proof = await my.send(at);
    expect(ends(proof).mx).toBe("refused-wrongly");
    expect(proof.checks.find((check) => check.id === "mx/arrived")).toMatchObject({
      verdict: "fail",
      step: "lock-down",
      saw: expect.stringContaining("5.7.51"),
    });
  });
});
