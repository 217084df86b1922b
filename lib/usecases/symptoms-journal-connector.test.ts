/** What goes wrong with the way of journal reports, told by its symptom over the whole product: a connector that fails its test, or that is for the wrong domain. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Change } from "@/lib/model/change";
import { cutover } from "./cutover";
import { inlineVerbs, type Row } from "./inline-testing";
import { HOSTS, journalVerbs, ruleByHand } from "./journal-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

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

const refusalOf = async ({ scope }: Customer, step: string) => {
  const made = await house.uc.makePlan(scope, step, "us", false);
  return made.ok ? null : made.problem;
};
const zoneShape = z.array(z.looseObject({ name: z.string(), records: z.array(z.looseObject({ name: z.string() })) }));
const zoneOf = async (name: string) => {
  const zone = zoneShape.parse(await I.read("dns")).find((one) => one.name === name);
  if (!zone) throw new Error(`There is no zone ${name}.`);
  return zone;
};

describe("“the connector's validation fails” (50)", () => {
  const [EAST] = HOSTS.us;
  const NAME = "Deliver journal directly to Area 1";
  const ails = (behaviour: string, host: string = EAST) => house.sandbox.control("smtp", { host, behaviour });
  const arrives = async (typed: Readonly<Record<string, string>> = {}): Promise<Customer> => {
    const customer = await our.arrives("outbound-gateway");
    await our.chooses(customer, ["us"], typed);
    return customer;
  };

  describe("what we can see from here is found before anything is made", () => {
    it.each([
      ["refused", /not answer on port 25/],
      ["busy", /does not greet as a mail server/],
      ["no-starttls", /no encryption \(STARTTLS\)/],
      ["self-signed", /certificate is not trusted/],
      ["expired", /certificate is not trusted/],
      ["wrong-name", /not for this host/],
    ])(
      "a smart host that is %s",
      async (behaviour, words) => {
        const customer = await arrives();
        await ails(behaviour);
        await I.wait(2 * MINUTE); // what a host answers counts for a minute
        const refusal = await refusalOf(customer, "journal-connector");
        await ails("ok");
        expect(refusal).toMatchObject({ code: "not-ready", say: expect.stringMatching(words) });
        expect(await I.written(customer, "New-OutboundConnector")).toEqual([]);
      },
      60_000,
    );
  });

  describe("what only Microsoft meets is explained, and tried again once it is put right", () => {
    let customer: Customer;
    let inBetween: (() => Promise<unknown>) | null = null;
    let uc: Practice["uc"];
    beforeAll(async () => {
      customer = await arrives();
      // Something goes wrong between our look and Microsoft's test.
      uc = cutover({
        ...house.deps,
        world: (...of) => {
          const world = house.deps.world(...of);
          const make = async (change: Change) => {
            if (change.kind === "OutboundConnectorValidation") await inBetween?.();
            return world.make(change);
          };
          return { ...world, make };
        },
      });
    });
    const connector = (more: object) => (rows: readonly Row[]) => rows.map((row) => (row.Name === NAME ? { ...row, ...more } : row));
    const meddles = (more: object) => my.meddles(customer, "OutboundConnector", connector(more));
    const unnamed = async () => {
      const { records } = await zoneOf("mxrecord.io");
      await I.dns({ zone: "mxrecord.io", records: records.filter((record) => record.name !== EAST) });
      return () => I.dns({ zone: "mxrecord.io", records });
    };
    const set = (more: object, back: object) => async () => {
      await meddles(more);
      return () => meddles(back);
    };
    const broken = (behaviour: string) => async () => {
      await ails(behaviour);
      return () => ails("ok");
    };

    it.each<[string, RegExp, () => Promise<() => Promise<unknown>>]>([
      ["the name does not resolve", /does not resolve/, unnamed],
      ["nobody answers", /cannot be reached on port 25/, broken("silent")],
      ["the connection is refused", /cannot be reached on port 25/, broken("refused")],
      ["the server is busy at EHLO", /cannot be reached on port 25/, broken("busy")],
      ["TLS is not offered", /does not offer TLS/, broken("no-starttls")],
      ["the certificate is of no authority", /certificate .* is not valid/, broken("self-signed")],
      ["the certificate has expired", /certificate .* is not valid/, broken("expired")],
      [
        "the name in the certificate is another",
        /certificate .* is not valid/,
        async () => {
          await ails("wrong-name");
          return set({ TlsSettings: "DomainValidation", TlsDomain: EAST }, {})().then(() => async () => {
            await ails("ok");
            await meddles({ TlsSettings: "CertificateValidation", TlsDomain: null });
          });
        },
      ],
      ["the connector is off", /is turned off/, set({ Enabled: false }, { Enabled: true })],
      [
        "the address is in none of its domains",
        /not in a domain that this connector is for/,
        set({ RecipientDomains: ["elsewhere.mxrecord.io"] }, { RecipientDomains: ["journaling.mxrecord.io"] }),
      ],
    ])(
      "%s",
      async (_, words, breaks) => {
        let mend: () => Promise<unknown> = async () => undefined;
        inBetween = async () => {
          mend = await breaks();
        };
        const run = await I.agree(customer, await I.plan(customer, "journal-connector"));
        await uc.work.carryOut({ tenant: customer.scope.tenant, run });
        inBetween = null;
        await mend();
        expect(await I.run(customer, run)).toMatchObject({
          state: "stopped",
          problem: { code: "rejected", say: expect.stringMatching(words), fix: expect.any(String) },
        });
        await I.wait(10 * MINUTE);
        const { changes } = await I.fresh(customer, "journal-connector");
        expect(changes).toHaveLength(1); // the connector is there: only its trial is left
      },
      60_000,
    );

    it("and when all is well again, one more try is the proof", async () => {
      await my.done(customer, "journal-connector");
      expect(await my.checkOf(customer, "journal-connector", "validated")).toMatchObject({ verdict: "pass" });
      expect(await I.written(customer, "New-OutboundConnector")).toHaveLength(1);
      expect(await I.status(customer, "journal-connector")).toBe("done");
    });
  });

  it("there is no such recipient: the part before the @ is mistyped; corrected, the same connector is validated", async () => {
    const customer = await arrives({ us: "nobody-of-ours@journaling.mxrecord.io" });
    expect(await I.does(customer, "journal-connector")).toMatchObject({
      state: "stopped",
      problem: { code: "rejected", say: expect.stringContaining("no such recipient"), fix: expect.stringContaining("letter by letter") },
    });
    await I.wait(10 * MINUTE);
    await our.chooses(customer, ["us"]);
    await my.done(customer, "journal-connector");
    expect(await I.written(customer, "New-OutboundConnector")).toHaveLength(1);
    expect(await I.status(customer, "journal-connector")).toBe("done");
  });

  it("the address is of another domain than the connector: said before, and nothing is made", async () => {
    const customer = await arrives({ us: "contoso@mailstream-eu-primary.journaling.mxrecord.io" });
    expect(await refusalOf(customer, "journal-connector")).toMatchObject({
      code: "not-ready",
      say: expect.stringContaining("is an address of the region"),
    });
    expect(await I.written(customer, "New-OutboundConnector")).toEqual([]);
  });
});

describe("“reports of the EU are at our gateway” (51)", () => {
  it("the connector is for the US domain alone: found, and the EU address gets its own", async () => {
    const customer = await our.arrives("outbound-gateway");
    await our.chooses(customer, ["eu"]);
    await our.undeliverable(customer);
    const [shape] = await I.objects(customer, "OutboundConnector");
    const byHand = { RecipientDomains: ["journaling.mxrecord.io"], SmartHosts: [...HOSTS.us], IsValidated: true };
    await my.meddles(customer, "OutboundConnector", (rows) => [
      ...rows,
      { ...shape, ...byHand, Guid: crypto.randomUUID(), Name: "Journal to the vendor" },
    ]);
    const { eu = "" } = await our.addresses(customer);
    await my.meddles(customer, "JournalRule", () => [ruleByHand("EU by hand", eu)]);
    await I.wait(2 * HOUR);
    expect(await our.reportsOf(customer, "employee")).toEqual([]);
    expect((await our.journal(customer)).gateway.took).toMatchObject([{ address: eu }]);
    expect(await my.checkOf(customer, "journal-connector", "bypass/eu")).toMatchObject({
      verdict: "fail",
      saw: expect.stringMatching(/“Journal to the vendor” takes mail for journaling\.mxrecord\.io.*to the gateway/),
    });

    await my.done(customer, "journal-connector", 2 * HOUR);
    expect(await our.reportsOf(customer, "employee")).toEqual(HOSTS.eu);
    expect((await our.journal(customer)).gateway.took).toHaveLength(1);
    expect(await I.status(customer, "journal-connector")).toBe("done");
  }, 60_000);
});
