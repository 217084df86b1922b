/** What goes wrong with the lock, told by its symptom over the whole product: found before, or seen after with the way out. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EGRESS } from "@/lib/profiles/egress";
import { endOf, inlineVerbs, type Row } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

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
const BOUNCED = { kind: "refused", reply: { code: 550, text: expect.stringContaining("5.7.51") } };
const LOCK = "Secure M365 Inbound";
const lockByHand: Row = {
  Guid: "10c4ed00-0000-4000-8000-000000000001",
  Name: "Lock by hand",
  ConnectorType: "Partner",
  Enabled: true,
  SenderDomains: ["smtp:*;1"],
  SenderIPAddresses: [...EGRESS],
  RequireTls: true,
  RestrictDomainsToIPAddresses: true,
  RestrictDomainsToCertificate: false,
  EFSkipLastIP: true,
  EFSkipIPs: [],
  EFUsers: [],
  EFTestMode: false,
};
const isOn = (name: string, more: object) => (rows: readonly Row[]) => rows.map((row) => (row.Name === name ? { ...row, ...more } : row));
const refusalOf = async ({ scope }: Customer, step: string, isUndo = false) => {
  const made = await house.uc.makePlan(scope, step, "us", isUndo);
  return made.ok ? null : made.problem;
};
const someone = (customer: Customer, domain = my.domainsOf(customer)[0] ?? "") => `employee@${domain}`;

describe("“since the lock our other domain bounces with 550 5.7.51”", () => {
  let customer: Customer;
  let chosen: string;
  let forgotten: string;
  beforeAll(async () => {
    customer = await my.arrives("fresh");
    [chosen = "", forgotten = ""] = my.domainsOf(customer);
    await my.save(customer, "choose-domains", { domains: [chosen] });
    await my.shortensTtl(customer, [chosen]);
    await my.connects(customer);
    await my.tellsVendor(customer);
    await my.switches(customer, [chosen]);
  }, WALK_MS);

  it("the domain that nobody moved is named at the switch already (12)", async () => {
    expect(await my.checkOf(customer, "mx-records", `forgotten/${forgotten}`)).toMatchObject({ verdict: "warn", step: "choose-domains" });
  });

  it("the lock is refused while it is so, and a lock by hand bounces that domain's mail until it is turned off (1)", async () => {
    const refusal = await refusalOf(customer, "lock-down");
    expect(refusal).toMatchObject({ code: "not-ready", step: "mx-records", say: expect.stringContaining(forgotten) });
    await my.meddles(customer, "InboundConnector", (rows) => [...rows, lockByHand]);
    expect(endOf(await my.sends(customer, { to: someone(customer, forgotten) }))).toMatchObject(BOUNCED);
    expect(endOf(await my.sends(customer, { to: someone(customer, chosen) })).kind).toBe("folder");
    expect(await my.checkOf(customer, "lock-down", "domains")).toMatchObject({ verdict: "fail", saw: expect.stringContaining(forgotten) });
    await my.meddles(customer, "InboundConnector", isOn(lockByHand.Name, { Enabled: false }));
    expect(endOf(await my.sends(customer, { to: someone(customer, forgotten) })).kind).toBe("folder");
  });
});

describe("“we moved the mail records back, and now everything bounces” (2)", () => {
  it(
    "going back is refused while the door is locked; in the right order every message arrives",
    async () => {
      const customer = await my.walks("cloudflare-dns");
      await my.locks(customer);
      const [domain = ""] = my.domainsOf(customer);
      const to = someone(customer);
      expect(await refusalOf(customer, "mx-records", true)).toMatchObject({ code: "not-ready", step: "lock-down" });

      const microsoft = `0 ${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;
      await my.pointsMx(customer, domain, [microsoft]);
      await I.wait(2 * HOUR);
      expect(endOf(await my.sends(customer, { to }))).toMatchObject(BOUNCED);
      expect(await my.checkOf(customer, "lock-down", "gate")).toMatchObject({ verdict: "fail", saw: expect.stringContaining(domain) });
      await my.pointsMx(customer, domain, await my.vendorHosts(customer));
      await I.wait(2 * HOUR);
      expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");

      expect(await I.does(customer, "lock-down", { isUndo: true })).toMatchObject({ state: "done" });
      await I.wait(10 * MINUTE);
      await I.fresh(customer, "lock-down");
      expect(await refusalOf(customer, "mx-records", true)).toMatchObject({ code: "not-ready" });
      await I.wait(2 * HOUR);
      expect(await I.does(customer, "mx-records", { isUndo: true })).toMatchObject({ state: "done" });
      await I.wait(2 * HOUR);
      const arrived = await my.sends(customer, { to });
      expect(arrived.outcome.host).toBe(microsoft.split(" ")[1]);
      expect(endOf(arrived).kind).toBe("folder");
    },
    WALK_MS,
  );
});

describe("behind a locked door", () => {
  let customer: Customer;
  let to: string;
  beforeAll(async () => {
    customer = await my.walks("cloudflare-dns");
    await my.locks(customer);
    to = someone(customer);
  }, WALK_MS);

  it("“mail to our onmicrosoft.com addresses stopped”: said before, and the same people get it at their own domain (3)", async () => {
    const initial = customer.tenant.domains.map((domain) => domain.id).find((id) => id.endsWith("onmicrosoft.com")) ?? "";
    expect(await my.checkOf(customer, "lock-down", "initial")).toMatchObject({ verdict: "warn", saw: expect.stringContaining(initial) });
    expect(endOf(await my.sends(customer, { to: `employee@${initial}`, via: "direct" }))).toMatchObject(BOUNCED);
    expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
  });

  it("“mail from the vendor bounces with 5.7.51”: its new range is missing in the lock, and the plan adds it (22)", async () => {
    await my.meddles(customer, "InboundConnector", isOn(LOCK, { SenderIPAddresses: ["192.0.2.1"] }));
    expect(endOf(await my.sends(customer, { to }))).toMatchObject(BOUNCED);
    await my.meddles(customer, "InboundConnector", isOn(LOCK, { SenderIPAddresses: EGRESS.slice(1) }));
    const [lock] = (await I.objects(customer, "InboundConnector")).filter((row) => row.Name === LOCK);
    expect(await my.checkOf(customer, "lock-down", `stale/${lock?.Guid}`)).toMatchObject({
      verdict: "fail",
      saw: expect.stringContaining(EGRESS[0] ?? ""),
    });
    await my.done(customer, "lock-down", HOUR);
    expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
    expect(await I.status(customer, "lock-down")).toBe("done");
  });

  it("“spam comes straight to our tenant's host”: refused when locked, found when somebody turned the lock off, and locked again (36)", async () => {
    const attack = { to, from: "prize@sender.example", via: "direct" } as const;
    expect(endOf(await my.sends(customer, attack))).toMatchObject(BOUNCED);
    await my.meddles(customer, "InboundConnector", isOn(LOCK, { Enabled: false }));
    expect(endOf(await my.sends(customer, attack)).kind).toBe("folder");
    expect(await my.checkOf(customer, "lock-down", "door")).toMatchObject({ verdict: "fail" });
    await my.done(customer, "lock-down", 2 * HOUR);
    expect(endOf(await my.sends(customer, attack))).toMatchObject(BOUNCED);
    const { checks } = await I.fresh(customer, "lock-down");
    expect(checks.filter((check) => check.id.startsWith("direct/")).map((check) => check.verdict)).toEqual(["pass", "pass"]);
  });
});

describe("a company with printers and services of its own", () => {
  let customer: Customer;
  let domain: string;
  const OWN = "198.51.100.20";
  beforeAll(async () => {
    customer = await my.walks("direct-senders");
    [domain = ""] = my.domainsOf(customer);
  }, WALK_MS);

  it(
    "“the scanner no longer mails”: nobody locks before somebody looked; a connector of its own brings its mail in again (32)",
    async () => {
      await I.wait(96 * HOUR);
      await my.done(customer, "lock-down");
      await my.save(customer, "lock-down", { turnOn: "true", reviewed: "" });
      expect(await refusalOf(customer, "lock-down")).toMatchObject({ code: "not-ready", say: expect.stringContaining("printers") });
      await my.locks(customer);
      const scan = { to: someone(customer), from: `scanner@${domain}`, via: "direct", fromIp: OWN } as const;
      expect(endOf(await my.sends(customer, scan))).toMatchObject(BOUNCED);
      const own = {
        ...lockByHand,
        Name: "Our printers",
        ConnectorType: "OnPremises",
        SenderIPAddresses: [OWN],
        RestrictDomainsToIPAddresses: false,
      };
      await my.meddles(customer, "InboundConnector", (rows) => [...rows, { ...own, EFSkipLastIP: false }]);
      expect(endOf(await my.sends(customer, scan)).kind).toBe("folder");
      expect(await my.checkOf(customer, "lock-down", `on-premises/${own.Guid}`)).toMatchObject({ verdict: "warn" });
      expect(endOf(await my.sends(customer, { to: someone(customer), via: "direct" }))).toMatchObject(BOUNCED);
    },
    WALK_MS,
  );

  it(
    "“mail of our HR service bounces”: SPF names it before; by the mail records it arrives (33)",
    async () => {
      expect(await my.checkOf(customer, "lock-down", "senders")).toMatchObject({
        verdict: "warn",
        saw: expect.stringContaining("192.0.2.45"),
      });
      await my.locks(customer);
      const letter = { to: someone(customer), from: `people@${domain}`, fromIp: "192.0.2.45" } as const;
      expect(endOf(await my.sends(customer, { ...letter, via: "direct" }))).toMatchObject(BOUNCED);
      const arrived = await my.sends(customer, letter);
      expect(endOf(arrived)).toEqual({ kind: "folder", folder: "Inbox" });
      expect(await my.rawOf(arrived)).toMatch(/spf=pass \(sender IP is 192\.0\.2\.45\)/);
    },
    WALK_MS,
  );
});
