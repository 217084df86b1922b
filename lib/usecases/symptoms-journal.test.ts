/** What goes wrong with journaling, told by its symptom over the whole product: found before, or seen after with the way out. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inlineVerbs, type Row } from "./inline-testing";
import { HOSTS, journalVerbs, NDR, ruleByHand } from "./journal-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof inlineVerbs>;
let our: ReturnType<typeof journalVerbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = inlineVerbs(house, I);
  our = journalVerbs(house, I, my);
}, 60_000);
afterAll(() => house.stop());

const WALK_MS = 180_000;
const refusalOf = async ({ scope }: Customer, step: string) => {
  const made = await house.uc.makePlan(scope, step, "us", false);
  return made.ok ? null : made.problem;
};
const sets = (more: object) => (rows: readonly Row[]) => rows.map((row) => ({ ...row, ...more }));

describe("“links in mail open twice, or not at all” (31)", () => {
  it("Safe Links and the vendor both rewrite, and the host is blocked: named before isolation is turned on, until somebody has seen to both", async () => {
    const customer = await house.customer("fresh");
    await I.chooseDomains(customer);
    await my.save(customer, "message-handling", { plan: "Enterprise", entered: ["links-isolation"] });
    expect(await my.checkOf(customer, "message-handling", "links")).toMatchObject({
      verdict: "warn",
      fix: expect.stringMatching(/First allow https:\/\/linkdefender\.cloudflare\.com.*Tenant Allow\/Block Lists.*Safe Links/s),
    });
    await my.save(customer, "message-handling", { entered: ["links-isolation", "links-host"] });
    expect(await my.checkOf(customer, "message-handling", "links")).toMatchObject({ verdict: "unknown", onWord: true });
  });
});

describe("“mail to one mailbox is not journaled” (45)", () => {
  it("undeliverable reports go there: told before, seen after, and an address outside mends it", async () => {
    const customer = await our.arrives("fresh");
    await our.chooses(customer, ["us"]);
    await my.done(customer, "journal-connector");
    const mailbox = our.at(customer, "employee");
    await my.save(customer, "undeliverable-reports", { address: mailbox });
    expect(await my.checkOf(customer, "undeliverable-reports", "recipient")).toMatchObject({
      verdict: "warn",
      saw: expect.stringMatching(/mailbox in Exchange Online.*vendor's guide asks.*Microsoft says since then/s),
    });

    await our.undeliverable(customer, mailbox); // as the guide has it, all the same
    await my.done(customer, "journal-rule", 2 * HOUR);
    expect(await our.reportsOf(customer, "admin")).toHaveLength(1);
    expect(await our.reportsOf(customer, "employee")).toEqual([]);
    expect(await my.checkOf(customer, "undeliverable-reports", "journaled")).toMatchObject({
      verdict: "warn",
      saw: expect.stringContaining("nothing that is sent to the address"),
    });

    await our.undeliverable(customer);
    await I.wait(2 * HOUR);
    expect(await our.reportsOf(customer, "employee")).toHaveLength(1);
    expect((await I.fresh(customer, "undeliverable-reports")).checks.map((check) => check.id)).not.toContain("journaled");
  }, 60_000);

  it.each([
    ["a distribution list", "sales"],
    ["a team", "atlas"],
    ["a shared mailbox", "info"],
    ["a room", "berlin.room"],
  ])("%s is refused, and nothing is written", async (what, part) => {
    const customer = await our.arrives("regions");
    await my.save(customer, "undeliverable-reports", { address: our.at(customer, part) });
    expect(await refusalOf(customer, "undeliverable-reports")).toMatchObject({ code: "not-ready", say: expect.stringContaining(what) });
    expect(await I.written(customer, "Set-TransportConfig")).toEqual([]);
  });
});

describe("“the rule is on, and not one report arrives” (46)", () => {
  let customer: Customer;
  beforeAll(async () => {
    customer = await our.arrives("fresh");
    await our.chooses(customer, ["us"], { us: "contsoo@journaling.mxrecord.io" });
    await my.done(customer, "journal-connector");
    await our.undeliverable(customer);
    await my.done(customer, "journal-rule", 20 * MINUTE);
  }, 60_000);

  it("the address is mistyped: reports wait, and after half an hour somebody is told what to look at, in order", async () => {
    expect(await our.reportsOf(customer, "employee")).toEqual([]);
    expect((await our.journal(customer)).queued).toMatchObject([{ problem: expect.stringContaining("5.1.1") }]);
    expect(await my.checkOf(customer, "journal-flow", "flow")).toMatchObject({ verdict: "wait" });
    await I.wait(HOUR);
    expect(await my.checkOf(customer, "journal-flow", "flow")).toMatchObject({
      verdict: "fail",
      fix: expect.stringContaining("“When nothing arrives”"),
    });
  });

  it("after two days they are undeliverable and Microsoft turns the rule off: said with the reason, and found in the rule's own step", async () => {
    await I.wait(3 * DAY);
    expect((await our.journal(customer)).ndr).toMatchObject([{ to: NDR }]);
    await my.meddles(customer, "JournalRule", sets({ Enabled: false }));
    expect(await my.checkOf(customer, "journal-flow", "rule/us")).toMatchObject({
      verdict: "fail",
      saw: expect.stringMatching(/was on until .*nobody takes its reports for two days/),
      fix: expect.stringContaining("spelt right"),
    });
    const { checks } = await I.fresh(customer, "journal-rule");
    expect(checks.find((check) => check.id.startsWith("turned-off/"))).toMatchObject({ verdict: "warn" });
  });

  it("with the address put right the plan changes the rule in its place and turns it on, and reports arrive", async () => {
    await our.chooses(customer, ["us"]);
    await my.done(customer, "journal-rule", 2 * HOUR);
    expect(await I.objects(customer, "JournalRule")).toHaveLength(1);
    expect(await our.reportsOf(customer, "employee")).toHaveLength(1);
    expect(await my.checkOf(customer, "journal-flow", "flow")).toMatchObject({ verdict: "pass" });
  });
});

describe("“our archive's undeliverable reports are gone” (47)", () => {
  it("there is one address in a tenant, and it is the archive's: shown with who uses it, kept, and shared with its knowledge", async () => {
    const customer = await our.arrives("archive-ndr");
    const theirs = String((await I.objects(customer, "TransportConfig"))[0]?.["JournalingReportNdrTo"]);
    await my.save(customer, "undeliverable-reports", { address: NDR });
    expect(await refusalOf(customer, "undeliverable-reports")).toMatchObject({
      code: "not-ready",
      say: expect.stringMatching(/is set already.*“Archive all mail”/),
      fix: expect.stringContaining("Keep it"),
    });

    await our.chooses(customer, ["us"]);
    await my.done(customer, "journal-connector");
    await our.undeliverable(customer, theirs);
    expect(await my.checkOf(customer, "undeliverable-reports", "shared")).toMatchObject({ verdict: "warn" });
    expect(await I.status(customer, "undeliverable-reports")).toBe("done");
    await my.done(customer, "journal-rule", 2 * HOUR);
    expect(await our.reportsOf(customer, "employee")).toHaveLength(1);
    expect(await my.checkOf(customer, "journal-rule", "archives")).toMatchObject({ saw: expect.stringContaining("“Archive all mail”") });
    expect((await I.objects(customer, "TransportConfig"))[0]).toMatchObject({ JournalingReportNdrTo: theirs });
  }, 60_000);
});

describe("“phishing in our own name is in nobody's report” (48)", () => {
  it(
    "Microsoft takes it for internal: told before; with the gateway in front as well it is seen there",
    async () => {
      const customer = await my.walks("cloudflare-dns", "area1");
      await my.save(customer, "choose-domains", { tracks: ["inline", "journaling"] });
      expect(await my.checkOf(customer, "journal-rule", "blind-spot")).toMatchObject({
        verdict: "warn",
        saw: expect.stringContaining("counts as internal for Microsoft"),
        fix: expect.stringContaining("in front of your mail"),
      });
      await our.goes(customer, ["us"]);
      const spoofed = our.at(customer, "admin");
      expect(await our.reportsOf(customer, "employee")).toHaveLength(1);
      expect(await our.reportsOf(customer, "employee", { from: spoofed })).toEqual([]);

      const sent = await my.sends(customer, { to: our.at(customer, "employee"), from: spoofed, disposition: "SPOOF" });
      expect(await my.rawOf(sent)).toMatch(/X-(Area1Security|CFEmailSecurity)-Disposition: SPOOF/);
    },
    WALK_MS,
  );
});

describe("“one person's mail is counted twice, in both regions” (49)", () => {
  it("is in both lists: rules wait for it; made by hand they report twice; out of one list, each message is reported once", async () => {
    const customer = await our.arrives("overlap");
    await our.chooses(customer, ["us", "eu"]);
    await my.done(customer, "journal-connector");
    await our.undeliverable(customer);
    const [us, eu] = [our.at(customer, "us-staff"), our.at(customer, "eu-staff")];
    await our.lists(customer, { "lists.us": us, "lists.eu": eu });
    await my.done(customer, "journal-regions");
    const both = our.at(customer, "travelling.manager");
    expect(await my.checkOf(customer, "journal-regions", "twice")).toMatchObject({ verdict: "fail", saw: expect.stringContaining(both) });
    expect(await refusalOf(customer, "journal-rule")).toMatchObject({ code: "not-ready", step: "journal-regions" });

    const own = await our.addresses(customer);
    await my.meddles(customer, "JournalRule", () => [
      ruleByHand("US by hand", own["us"] ?? "", us),
      ruleByHand("EU by hand", own["eu"] ?? "", eu),
    ]);
    await I.wait(2 * HOUR);
    expect(await our.reportsOf(customer, "travelling.manager")).toHaveLength(2);
    expect(await our.reportsOf(customer, "newcomer")).toEqual(HOSTS.eu);

    await our.puts(customer, "eu-staff", (members) => members.filter((one) => one !== both));
    expect(await my.checkOf(customer, "journal-regions", "twice")).toMatchObject({ verdict: "pass" });
    await my.done(customer, "journal-rule");
    expect(await I.objects(customer, "JournalRule")).toHaveLength(2); // those that do the job already are left as they are
    expect(await our.reportsOf(customer, "travelling.manager")).toHaveLength(1);
  }, 60_000);
});
