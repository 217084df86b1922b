/** The journaling track from one end to the other, and back: reports at the right host only, and lists of people that are shared with others. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cutover } from "./cutover";
import { inlineVerbs, type Row } from "./inline-testing";
import { HOSTS, journalVerbs, NDR } from "./journal-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, MINUTE, verbs } from "./testing";

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

const WALK_MS = 120_000;
/** All that leaves goes to another company's servers, journal reports too. */
const gateway: Row = {
  Guid: "9a7e3a11-0000-4000-8000-000000000001",
  Name: "Outgoing mail to the gateway",
  Comment: null,
  Enabled: true,
  ConnectorType: "Partner",
  RecipientDomains: ["*"],
  SmartHosts: ["us-smtp-outbound-1.mimecast.com"],
  UseMXRecord: false,
  TlsSettings: "CertificateValidation",
  TlsDomain: null,
  IsTransportRuleScoped: false,
  TestMode: false,
  IsValidated: true,
};

/** A message from outside to each, and where its report arrived. */
async function reported(customer: Customer, parts: readonly string[]): Promise<Readonly<Record<string, readonly string[]>>> {
  for (const part of parts) await our.mails(customer, { to: our.at(customer, part), subject: `To ${part}` });
  const all = await Promise.all(parts.map(async (part) => [part, await our.hostsFor(customer, `To ${part}`)] as const));
  return Object.fromEntries(all);
}

/** Mail among the tenant's own people. */
async function internally(customer: Customer, from: string, to: string): Promise<readonly string[]> {
  const subject = `Internal, ${from} to ${to}`;
  await our.mails(customer, { from: our.at(customer, from), to: our.at(customer, to), subject, via: "internal" });
  return our.hostsFor(customer, subject);
}

describe("the journaling track, from end to end", () => {
  it(
    "US alone: a report of each outside message at the US host, none of internal mail, and the flow is seen",
    async () => {
      const customer = await our.walks("fresh", ["us"]);
      expect(HOSTS.us).toContain((await reported(customer, ["employee"]))["employee"]?.[0]);
      expect(await internally(customer, "employee", "admin")).toEqual([]);
      expect(await my.checkOf(customer, "journal-flow", "flow")).toMatchObject({ verdict: "pass" });
      expect(await I.status(customer, "journal-flow")).toBe("done");
    },
    WALK_MS,
  );

  it(
    "EU alone: only at the EU host",
    async () => {
      const customer = await our.walks("eu-only", ["eu"]);
      expect(await reported(customer, ["berlin.sales", "paris.finance"])).toEqual({ "berlin.sales": HOSTS.eu, "paris.finance": HOSTS.eu });
      expect(await internally(customer, "berlin.sales", "munich.works")).toEqual([]);
      expect(await I.status(customer, "journal-flow")).toBe("done");
    },
    WALK_MS,
  );

  it(
    "EU and US: everybody's reports in their own region and only there, past the gateway that carries the rest; taken back, the tenant is as it was",
    async () => {
      const customer = await our.arrives("regions");
      await my.meddles(customer, "OutboundConnector", () => [gateway]);
      const before = await I.state(customer);
      await our.goes(customer, ["us", "eu"]);
      const seen = await reported(customer, ["berlin.sales", "paris.finance", "austin.sales", "employee"]);
      expect(seen).toEqual({
        "berlin.sales": HOSTS.eu,
        "paris.finance": HOSTS.eu,
        "austin.sales": [expect.stringMatching(/mailstream-(east|west)/)],
        employee: [expect.stringMatching(/mailstream-(east|west)/)],
      });
      expect(await internally(customer, "berlin.sales", "austin.sales")).toEqual([]);
      expect((await our.journal(customer)).gateway.took).toEqual([]);
      expect(await my.checkOf(customer, "journal-regions", "nowhere")).toMatchObject({ verdict: "pass" });

      await our.undoesAll(customer);
      expect(await I.differencesFrom(customer, before)).toEqual([]);
      await our.mails(customer, { to: our.at(customer, "berlin.sales"), subject: "Afterwards" });
      expect(await our.hostsFor(customer, "Afterwards")).toEqual([]);
    },
    WALK_MS,
  );
});

const undoPage = async ({ scope, visitor }: Customer) => {
  const page = await house.uc.undo(scope, visitor);
  if (!page.ok) throw new Error(page.problem.say);
  return page.value;
};

describe("a list that we made, and somebody else has changed since", () => {
  it(
    "stays with everybody in it when everything is taken back, the undo page says so, and the other list goes",
    async () => {
      const customer = await our.walks("regions", ["us", "eu"]);
      const made = await our.membersOf(customer, "journal-eu");
      await our.puts(customer, "journal-eu", (members) => [...members, "office@tax-adviser.example"]);
      await I.status(customer, "journal-regions");
      await our.undoesAll(customer);
      expect(await our.membersOf(customer, "journal-eu")).toEqual([...made, "office@tax-adviser.example"]);
      expect(await our.membersOf(customer, "journal-us")).toEqual([]);
      expect((await our.groups(customer)).map(({ address }) => address)).not.toContain(our.at(customer, "journal-us"));
      const { stays } = await undoPage(customer);
      expect(stays.filter((line) => line.includes("somebody else has changed it since"))).toEqual([expect.stringContaining("journal-eu")]);
    },
    WALK_MS,
  );
});

/** Lists of others for both regions: a newcomer belongs into one, both administrators into the other. */
async function withTheirLists(): Promise<Customer> {
  const customer = await our.arrives("overlap");
  await our.puts(customer, "eu-staff", (members) => members.filter((one) => one !== our.at(customer, "travelling.manager")));
  await our.chooses(customer, ["us", "eu"]);
  await my.done(customer, "journal-connector");
  await our.lists(customer, { "lists.us": our.at(customer, "us-staff"), "lists.eu": our.at(customer, "eu-staff") });
  return customer;
}

const OURS = ["admin", "exchange.admin", "newcomer"];
const addedTo = async (customer: Customer) =>
  (await I.written(customer, "Add-DistributionGroupMember")).map(({ parameters }) => String(parameters?.["Member"])).toSorted();

describe("lists of others", () => {
  it("get only our people, one at a time, and give only ours back, whoever was put in meanwhile", async () => {
    const customer = await withTheirLists();
    const before = await I.state(customer);
    await my.done(customer, "journal-regions");
    expect(await addedTo(customer)).toEqual(OURS.map((part) => our.at(customer, part)));
    expect(await I.written(customer, "Update-DistributionGroupMember")).toEqual([]);
    expect(await I.status(customer, "journal-regions")).toBe("done");

    await our.puts(customer, "eu-staff", (members) => [...members, our.at(customer, "travelling.manager")]);
    expect(await I.does(customer, "journal-regions", { isUndo: true })).toMatchObject({ state: "done" });
    await our.puts(customer, "eu-staff", (members) => members.filter((one) => one !== our.at(customer, "travelling.manager")));
    expect(await I.differencesFrom(customer, before)).toEqual([]);
    const removed = await I.written(customer, "Remove-DistributionGroupMember");
    expect(removed.map(({ parameters }) => String(parameters?.["Member"])).toSorted()).toEqual(OURS.map((part) => our.at(customer, part)));
  }, 60_000);

  it("whom they had before us stays in, though we would have put them in as well", async () => {
    const customer = await withTheirLists();
    await our.puts(customer, "eu-staff", (members) => [...members, our.at(customer, "newcomer")]);
    await my.done(customer, "journal-regions");
    expect(await addedTo(customer)).not.toContain(our.at(customer, "newcomer"));
    expect(await I.does(customer, "journal-regions", { isUndo: true })).toMatchObject({ state: "done" });
    expect(await our.membersOf(customer, "eu-staff")).toContain(our.at(customer, "newcomer"));
  }, 60_000);
});

class Death extends Error {}

/** The use cases of a process that dies at its nth change. */
function dyingAt(nth: number, when: "before" | "after"): Practice["uc"] {
  let made = 0;
  return cutover({
    ...house.deps,
    world: (...of) => {
      const world = house.deps.world(...of);
      return {
        ...world,
        make: async (change) => {
          made += 1;
          if (made === nth && when === "before") throw new Death(when);
          const answer = await world.make(change);
          if (made === nth) throw new Death(when);
          return answer;
        },
      };
    },
  });
}

describe.each(["before", "after"] as const)("a run that is killed in the middle of a list, %s the service had done it", (when) => {
  it.each([1, 2, 3])(
    "at person %i of 3, goes on with the rest: nobody twice, nobody lost, and all of it can be taken back",
    async (nth) => {
      const customer = await withTheirLists();
      const before = await I.state(customer);
      await I.edit(customer, "traits.readLagMs", 5 * MINUTE); // whoever goes on does not see yet what was done
      const run = await I.agree(customer, await I.plan(customer, "journal-regions"));
      await expect(dyingAt(nth, when).work.carryOut({ tenant: customer.scope.tenant, run })).rejects.toThrow(Death);
      expect(await I.run(customer, run)).toMatchObject({ state: "running", done: nth - 1, total: 3 });

      await I.wait(MINUTE);
      await I.carryOut(customer, run);
      expect(await I.run(customer, run)).toMatchObject({ state: "done", done: 3, total: 3 });
      expect(await addedTo(customer)).toEqual(OURS.map((part) => our.at(customer, part)));
      const members = (await our.groups(customer)).flatMap((list) => list.members);
      expect(new Set(members).size).toBe(members.length);

      await I.wait(10 * MINUTE);
      expect(await my.checkOf(customer, "journal-regions", "nowhere")).toMatchObject({ verdict: "pass" });
      expect(await I.does(customer, "journal-regions", { isUndo: true })).toMatchObject({ state: "done" });
      expect(await I.differencesFrom(customer, before)).toEqual([]);
    },
  );
});

describe("a connector's validation that does not stick", () => {
  it("is proven by our own receipt, and no second test message goes out, however often somebody looks", async () => {
    const customer = await our.arrives("outbound-gateway");
    await I.edit(customer, "traits.forgetsValidation", true);
    await our.chooses(customer, ["us"]);
    await my.done(customer, "journal-connector");
    const shown = (await I.objects(customer, "OutboundConnector")).find(({ Name }) => Name.startsWith("Deliver journal"));
    expect(shown).toMatchObject({ IsValidated: false });
    expect(await my.checkOf(customer, "journal-connector", "validated")).toMatchObject({
      verdict: "pass",
      saw: expect.stringContaining("was tried by Cutover"),
    });
    for (let day = 0; day < 3; day++) {
      await I.wait(DAY);
      expect(await I.fresh(customer, "journal-connector")).toMatchObject({ changes: [] });
      expect(await I.status(customer, "journal-connector")).toBe("done");
    }
    const plan = await house.uc.makePlan(customer.scope, "journal-connector", "us", false);
    expect(plan).toMatchObject({ ok: false, problem: { say: expect.stringContaining("nothing to change") } });
    expect(await I.written(customer, "Validate-OutboundConnector")).toHaveLength(1);
  }, 60_000);
});

describe("the address for undeliverable reports that an archive has set", () => {
  const now = async (customer: Customer) => (await I.objects(customer, "TransportConfig"))[0]?.["JournalingReportNdrTo"];

  it("is never overwritten before somebody types it back as the one that may be; taken back, it is there again", async () => {
    const customer = await our.arrives("archive-ndr");
    const before = await I.state(customer);
    const theirs = String(await now(customer));
    for (const replace of ["", "somebody.else@mail-archive.example", NDR]) {
      await my.save(customer, "undeliverable-reports", { address: NDR, replace });
      expect(await house.uc.makePlan(customer.scope, "undeliverable-reports", "us", false)).toMatchObject({
        ok: false,
        problem: { code: "not-ready", say: expect.stringContaining(theirs) },
      });
    }
    expect(await now(customer)).toBe(theirs);
    expect(await I.written(customer, "Set-TransportConfig")).toEqual([]);

    await my.save(customer, "undeliverable-reports", { address: NDR, replace: theirs });
    await my.done(customer, "undeliverable-reports");
    expect(await now(customer)).toBe(NDR);
    expect(await I.does(customer, "undeliverable-reports", { isUndo: true })).toMatchObject({ state: "done" });
    expect(await I.differencesFrom(customer, before)).toEqual([]);
  }, 60_000);

  it("set by somebody while we wait for agreement, it is not overwritten either", async () => {
    const customer = await our.arrives("fresh");
    await my.save(customer, "undeliverable-reports", { address: NDR });
    const run = await I.agree(customer, await I.plan(customer, "undeliverable-reports"));
    const theirs = "archive.reports@mail-archive.example";
    await my.meddles(customer, "TransportConfig", (rows) => rows.map((row) => ({ ...row, JournalingReportNdrTo: theirs })));
    await I.carryOut(customer, run);
    expect(await I.run(customer, run)).toMatchObject({ state: "stopped", problem: { say: expect.stringContaining(theirs) } });
    expect(await now(customer)).toBe(theirs);
  });
});
