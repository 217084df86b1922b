/** What goes wrong with rules, policies and quarantines, told by its symptom over the whole product. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { EGRESS } from "@/lib/profiles/egress";
import { endOf, inlineVerbs, type Row } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof inlineVerbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = inlineVerbs(house, I);
});
afterAll(() => house.stop());

const WALK_MS = 180_000;
const INBOX = { kind: "folder", folder: "Inbox" };
const JUNK = { kind: "folder", folder: "Junk" };
const ruleOf = (Guid: string, Priority: number, more: object): Row => ({
  Guid,
  Name: `Rule ${Guid}`,
  State: "Enabled",
  Mode: "Enforce",
  Priority,
  ...more,
});
/** A customer's own rule, first of all. */
const withFirst = (more: object) => (rows: readonly Row[]) => [
  ruleOf("0a11ce00-0000-4000-8000-000000000026", 0, more),
  ...rows.map((row) => ({ ...row, Priority: Number(row["Priority"]) + 1 })),
];
const withoutFirst = (rows: readonly Row[]) =>
  rows.filter((row) => !row.Guid.startsWith("0a11ce00")).map((row, Priority) => ({ ...row, Priority }));

describe("a tenant whose mail comes through the vendor", () => {
  let customer: Customer;
  let to: string;
  beforeAll(async () => {
    customer = await my.walks("cloudflare-dns");
    to = `employee@${my.domainsOf(customer)[0] ?? ""}`;
  }, WALK_MS);

  const choose = async (useCase: string, more: Readonly<Record<string, string | readonly string[]>> = {}) => {
    await my.handles(customer, { useCase, moveRules: [], ...more });
    await my.done(customer, "area1-domains");
  };
  const landing = async (disposition: string) => endOf(await my.sends(customer, { to, disposition }));

  it("“nothing is filtered any more”: a rule of the old gateway sets SCL -1; named, and turned off, high-confidence phishing is held again (18)", async () => {
    await choose("1");
    const phish = { to, headers: { "X-Sandbox-Microsoft-Verdict": "HPHISH" } };
    await my.meddles(customer, "TransportRule", withFirst({ SetSCL: -1, SenderIpRanges: [...EGRESS] }));
    expect(endOf(await my.sends(customer, phish))).toEqual(INBOX);
    const id = "0a11ce00-0000-4000-8000-000000000026";
    expect(await my.checkOf(customer, "enhanced-filtering", `bypass/${id}`)).toMatchObject({ verdict: "warn" });
    await my.meddles(customer, "TransportRule", (rows) => rows.map((row) => (row.Guid === id ? { ...row, State: "Disabled" } : row)));
    expect(endOf(await my.sends(customer, phish))).toMatchObject({ kind: "quarantine", type: "HighConfPhish" });
    expect((await I.fresh(customer, "enhanced-filtering")).checks.filter((check) => check.id.startsWith("bypass/"))).toEqual([]);
    await my.meddles(customer, "TransportRule", withoutFirst);
  });

  it("“bulk mail is in the Inbox all the same”: a rule above ends the processing; named, and ours go before it when ticked (26)", async () => {
    await choose("1");
    await my.meddles(customer, "TransportRule", withFirst({ PrependSubject: "[External] ", StopRuleProcessing: true }));
    expect(await landing("BULK")).toEqual(INBOX);
    const id = "0a11ce00-0000-4000-8000-000000000026";
    const { checks } = await I.fresh(customer, "message-handling");
    expect(checks.filter((check) => check.verdict === "warn" && check.saw.includes(`Rule ${id}`))).not.toEqual([]);
    await choose("1", { moveRules: [id] });
    expect(await landing("BULK")).toEqual(JUNK);
    await my.meddles(customer, "TransportRule", withoutFirst);
  });

  it("“released at the vendor, and it still does not come”: a rule at Microsoft holds it again; both places are named, and without the rule it arrives (29)", async () => {
    await choose("1", { spoofClean: "yes" });
    const again = { SetSCL: 9, SenderIpRanges: [...EGRESS], HeaderContainsMessageHeader: "X-CFEmailSecurity-Disposition" };
    await my.meddles(customer, "TransportRule", withFirst({ ...again, HeaderContainsWords: ["UCE"] }));
    const released = async () => {
      const sent = await my.sends(customer, { to, disposition: "SPAM" });
      expect(endOf(sent)).toMatchObject({ kind: "quarantine", by: "vendor" });
      await house.sandbox.control(`messages/${sent.copies.at(-1)?.id ?? ""}/release`, {});
      const held = heldShape.parse(await I.read(`mailboxes?tenant=${customer.tenant.id}`));
      return held.quarantine.some(({ message, place }) => message.messageId.includes(sent.id) && place.by === "microsoft");
    };
    expect(await my.checkOf(customer, "message-handling", "double")).toMatchObject({
      verdict: "warn",
      saw: expect.stringContaining("SPAM"),
    });
    expect(await released()).toBe(true);
    await my.meddles(customer, "TransportRule", withoutFirst);
    expect(await released()).toBe(false);
  });

  it("“nobody is told about held mail”: hosted quarantine knows no quarantine policy; said before, and use case 3 tells (30)", async () => {
    await choose("5");
    expect(await landing("SPAM")).toMatchObject({ kind: "quarantine", policy: null, release: "admin", notified: [] });
    expect(await my.checkOf(customer, "message-handling", "hosted-limits")).toMatchObject({ verdict: "warn" });
    await choose("3");
    expect(await landing("SPAM")).toMatchObject({
      kind: "quarantine",
      policy: "UserNotifyAdminRelease",
      release: "user-asks",
      notified: [to],
    });
  });

  it("“people cannot release phishing, and it is in no Junk folder”: whatever a policy says, it is held and only asked for; told before (28)", async () => {
    await choose("2");
    const { evidence } = await I.fresh(customer, "message-handling");
    const told = evidence[0]?.rows.map((row) => row.map(String)).find(([mail]) => mail?.startsWith("High-confidence phishing"));
    expect(told?.slice(2)).toEqual([
      "Quarantine with UserNotifyAdminRelease",
      "The recipient",
      "The recipient asks, an administrator decides",
    ]);
    await my.meddles(customer, "HostedContentFilterPolicy", (rows) =>
      rows.map((row) => ({ ...row, HighConfidencePhishAction: "MoveToJmf", HighConfidencePhishQuarantineTag: "DefaultFullAccessPolicy" })),
    );
    const phish = { to, headers: { "X-Sandbox-Microsoft-Verdict": "HPHISH" } };
    expect(endOf(await my.sends(customer, phish))).toMatchObject({ kind: "quarantine", release: "user-asks", notified: [] });
    await choose("2");
    expect(endOf(await my.sends(customer, phish))).toMatchObject({ kind: "quarantine", release: "user-asks", notified: [to] });
  });
});

const heldShape = z.object({
  quarantine: z.array(z.object({ message: z.looseObject({ messageId: z.string() }), place: z.looseObject({ by: z.string() }) })),
});

describe("“the rules never fire” (25)", () => {
  it("the header of 2022, the word SPAM and missing addresses are found, put right in their place, and the mail is held", async () => {
    const customer = await my.arrives("leftovers");
    await my.shortensTtl(customer);
    const spam = { to: `employee@${my.domainsOf(customer)[0] ?? ""}`, disposition: "SPAM" };
    expect(endOf(await my.sends(customer, spam))).toEqual(INBOX);
    for (const step of ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"]) await my.done(customer, step);
    await my.save(customer, "message-handling", { useCase: "2", spoofClean: "yes" });
    const before = await I.objects(customer, "TransportRule");
    for (const { Guid } of before)
      expect(await my.checkOf(customer, "message-handling", `older/${Guid}`)).toMatchObject({ verdict: "warn" });
    await my.done(customer, "message-handling", HOUR);
    expect(endOf(await my.sends(customer, spam))).toMatchObject({ kind: "quarantine", type: "HighConfSpam", release: "user" });
    expect((await I.objects(customer, "TransportRule")).map((row) => row.Guid)).toEqual(before.map((row) => row.Guid));
    const { checks } = await I.fresh(customer, "message-handling");
    expect(checks.filter((check) => check.id.startsWith("older/"))).toEqual([]);
  });
});
