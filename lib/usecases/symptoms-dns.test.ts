/** What goes wrong with mail records and all that stands in DNS, told by its symptom over the whole product. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOf, inlineVerbs } from "./inline-testing";
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
const hostOf = (domain: string) => `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;
const planOf = async ({ scope }: Customer) => {
  const made = await house.uc.makePlan(scope, "mx-records", "us", false);
  return made.ok ? null : made.problem;
};

describe("“for hours half of our mail still comes the old way” (9)", () => {
  it("the switch is refused while the TTL is long; done all the same, the servers that remember are named, until the old TTL is over", async () => {
    const customer = await my.arrives("fresh");
    const [domain = ""] = my.domainsOf(customer);
    const to = `employee@${domain}`;
    await my.connects(customer);
    await my.tellsVendor(customer);
    expect(await planOf(customer)).toMatchObject({ code: "not-ready", step: "mx-ttl" });
    expect(await my.checkOf(customer, "mx-records", "ttl-over")).toMatchObject({ verdict: "fail" });

    await I.wait(HOUR);
    await my.sends(customer, { to }); // whoever asks remembers the old records for an hour
    await my.pointsMx(customer, domain, await my.vendorHosts(customer));
    await I.wait(10 * MINUTE);
    expect((await my.sends(customer, { to })).outcome.host).toBe(hostOf(domain));
    expect(await my.checkOf(customer, "mx-records", domain)).toMatchObject({
      verdict: "wait",
      saw: expect.stringMatching(/127\.0\.0\.10\d.* the old answer/),
    });
    await I.wait(HOUR);
    expect((await my.sends(customer, { to })).outcome.host).toMatch(/cf-emailsecurity\.net$/);
    expect(await my.checkOf(customer, "mx-records", domain)).toMatchObject({ verdict: "pass" });
  });
});

describe("around a switch by the API", () => {
  let customer: Customer;
  let domain: string;
  let to: string;
  beforeAll(async () => {
    customer = await my.arrives("cloudflare-dns");
    [domain = ""] = my.domainsOf(customer);
    to = `employee@${domain}`;
    await my.shortensTtl(customer);
    await my.connects(customer);
    await my.tellsVendor(customer);
  }, WALK_MS);

  const publishes = (policy: string | null) => house.sandbox.control("web", { tenant: customer.tenant.id, domain, mtaSts: policy });
  const policyFor = (...hosts: readonly string[]) =>
    `version: STSv1\nmode: enforce\n${hosts.map((host) => `mx: ${host}\n`).join("")}max_age: 86400\n`;

  it(
    "“some senders refuse to deliver since the switch”: MTA-STS names the old hosts; it is found before, and mended first (13)",
    async () => {
      await publishes(policyFor(hostOf(domain)));
      await I.wait(10 * MINUTE);
      expect(await planOf(customer)).toMatchObject({ code: "not-ready", say: expect.stringContaining("MTA-STS") });
      const before = await my.recordsOf(customer, domain);
      await my.pointsMx(customer, domain, await my.vendorHosts(customer));
      await I.wait(HOUR);
      expect(endOf(await my.sends(customer, { to }))).toMatchObject({ reply: { text: expect.stringContaining("MTA-STS") } });
      await my.atDnsHost(customer, domain, () => before);

      await publishes(policyFor("*.global.inbound.cf-emailsecurity.net", hostOf(domain)));
      await I.wait(HOUR);
      await my.switches(customer);
      expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
      await publishes(null);
    },
    WALK_MS,
  );

  it(
    "“spam comes past the vendor by the old record that we kept as a backup”: it is named, and the plan takes it out (10)",
    async () => {
      await my.switches(customer);
      const vendor = (await my.vendorHosts(customer)).map((record) => record.split(" ")[1] ?? "");
      const busy = async (behaviour: "busy" | "ok") => {
        for (const host of vendor) await house.sandbox.control("smtp", { host, behaviour });
      };
      await my.pointsMx(customer, domain, [...(await my.vendorHosts(customer)), `20 ${hostOf(domain)}`]);
      await I.wait(HOUR);
      await busy("busy");
      expect((await my.sends(customer, { to })).outcome).toMatchObject({ result: "accepted", host: hostOf(domain) });
      await busy("ok");
      expect(await my.checkOf(customer, "mx-records", `left-over/${domain}`)).toMatchObject({
        verdict: "fail",
        saw: expect.stringContaining(hostOf(domain)),
      });
      await my.done(customer, "mx-records", HOUR);
      await busy("busy");
      expect((await my.sends(customer, { to })).outcome).toMatchObject({ result: "deferred" }); // it waits at the sender, as it should
      await busy("ok");
      expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
    },
    WALK_MS,
  );
});

describe("“mail that was to stay in Europe is processed in the US” (11)", () => {
  it("the wrong order is found with what senders do by it, and the right one leads to Europe first", async () => {
    const customer = await my.arrives("fresh", "area1");
    await my.save(customer, "choose-domains", { regions: ["eu"] });
    const [domain = ""] = my.domainsOf(customer);
    const first = async () => (await my.sends(customer, { to: `employee@${domain}` })).outcome.attempts[0]?.host;
    const [germany, central, ...others] = [
      "mailstream-eu1.mxrecord.io",
      "mailstream-central.mxrecord.mx",
      "mailstream-east.mxrecord.io",
      "mailstream-west.mxrecord.io",
    ];
    const behind = others.map((host) => `20 ${host}`);

    await my.pointsMx(customer, domain, [`5 ${central}`, `10 ${germany}`, ...behind]);
    await I.wait(2 * HOUR);
    expect(await first()).toBe(central);
    expect(await my.checkOf(customer, "mx-records", `order/${domain}`)).toMatchObject({ verdict: "fail" });
    await my.pointsMx(customer, domain, [`5 ${germany}`, `10 ${central}`, ...behind]);
    await I.wait(2 * HOUR);
    expect(await first()).toBe(germany);
    const { checks } = await I.fresh(customer, "mx-records");
    expect(checks.filter((check) => /^(order|region|missing-host)\//.test(check.id))).toEqual([]);
  });
});

describe("a company with another gateway", () => {
  let customer: Customer;
  let domain: string;
  beforeAll(async () => {
    customer = await my.arrives("other-gateway");
    [domain = ""] = my.domainsOf(customer);
  });

  it("“two gateways rewrite our links, and nobody knows which quarantine has it”: gateway, connector and its bypass rule are named before (7)", async () => {
    expect(await my.checkOf(customer, "choose-domains", domain)).toMatchObject({
      verdict: "warn",
      saw: expect.stringContaining("Mimecast"),
    });
    expect(await my.checkOf(customer, "connect-tenant", "gateway")).toMatchObject({
      saw: expect.stringContaining("Mimecast to Microsoft 365"),
    });
    const [rule] = await I.objects(customer, "TransportRule");
    expect(await my.checkOf(customer, "enhanced-filtering", `bypass/${rule?.Guid}`)).toMatchObject({ verdict: "warn" });
  });

  it("“since the old gateway is gone our own mail fails SPF”: what it sent is told before, and what SPF needs then (37)", async () => {
    const spf = async (text: string) => {
      await my.atDnsHost(customer, domain, (records) => [
        ...records.filter((record) => record.type !== "TXT"),
        { type: "TXT", name: domain, ttl: 300, text },
      ]);
      await I.wait(2 * HOUR);
    };
    const ours = async () =>
      my.rawOf(await my.sends(customer, { to: `employee@${domain}`, from: `sales@${domain}`, via: "direct", fromIp: "40.107.1.1" }));

    await spf("v=spf1 include:eu._netblocks.mimecast.com -all");
    expect(await my.checkOf(customer, "mx-records", `spf/${domain}`)).toMatchObject({
      verdict: "warn",
      saw: expect.stringMatching(/Mimecast.*only receives/),
    });
    expect(await ours()).toContain("spf=fail");
    await spf("v=spf1 include:spf.protection.outlook.com -all");
    expect(await ours()).toContain("spf=pass");
    expect((await I.fresh(customer, "mx-records")).checks.filter((check) => check.id === `spf/${domain}`)).toEqual([]);
  });
});
