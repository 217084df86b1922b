/** For tests over the whole product: an admin who walks the inline track with whatever DNS host there is, and mail that strangers send meanwhile. Not used by the product. */
import { expect } from "vitest";
import { z } from "zod";
import { profiles } from "@/lib/profiles/all";
import type { Customer, Practice } from "./practice";
import type { Form } from "./settings";
import { DAY, HOUR, MINUTE, type verbs } from "./testing";

const recordShape = z.looseObject({ type: z.string(), name: z.string(), ttl: z.number() });
const zonesShape = z.object({ zones: z.array(z.looseObject({ name: z.string(), records: z.array(recordShape) })) });
type DnsRecord = z.infer<typeof recordShape>;

const securedShape = z.looseObject({
  domain: z.string(),
  verification: z.object({ txt_record_name: z.string(), txt_record_value: z.string() }).nullable(),
});
const accountShape = z.object({
  accountId: z.string(),
  tokens: z.array(z.object({ id: z.string(), value: z.string() })),
  domains: z.array(securedShape),
  zones: z.array(z.unknown()),
});

const placeShape = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("folder"), folder: z.enum(["Inbox", "Junk"]) }),
  z.object({
    kind: z.literal("quarantine"),
    by: z.enum(["microsoft", "vendor"]),
    type: z.string(),
    policy: z.string().nullable(),
    release: z.enum(["admin", "user", "user-asks"]),
    notified: z.array(z.string()),
  }),
  z.object({ kind: z.literal("refused"), reply: z.object({ code: z.number(), text: z.string() }) }),
  z.object({ kind: z.literal("gone"), why: z.string() }),
]);
export type Place = z.infer<typeof placeShape>;

const attemptShape = z.looseObject({ host: z.string(), code: z.number().nullable(), text: z.string() });
const postedShape = z.object({
  id: z.string(),
  outcome: z.object({
    result: z.enum(["accepted", "refused", "deferred"]),
    host: z.string().nullable(),
    code: z.number().nullable(),
    text: z.string(),
    attempts: z.array(attemptShape),
  }),
  copies: z.array(z.looseObject({ id: z.string(), to: z.string(), fromIp: z.string(), place: placeShape })),
});
export type Posted = z.infer<typeof postedShape>;

export type Letter = {
  readonly to: string;
  readonly from?: string;
  readonly via?: "mx" | "direct";
  readonly disposition?: string;
  readonly fromIp?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An object of Exchange as the sandbox keeps it. */
export type Row = { readonly Guid: string; readonly Name: string; readonly [property: string]: unknown };

/** Where the copy that came furthest lies; the refusal, where there is none. */
export function endOf({ outcome, copies }: Posted): Place {
  const last = copies.at(-1);
  return last?.place ?? { kind: "refused", reply: { code: outcome.code ?? 0, text: outcome.text } };
}

/** Steps at Microsoft that come before the switch. */
export const AT_MICROSOFT = ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering", "message-handling"] as const;

export function inlineVerbs(house: Practice, I: ReturnType<typeof verbs>) {
  const account = async ({ tenant }: Customer) => accountShape.parse(await I.read(`cloudflare?tenant=${tenant.id}`));

  const save = async ({ scope }: Customer, step: string, form: Form): Promise<void> => {
    const saved = await house.uc.saveSettings(scope, step, form);
    if (!saved.ok) throw new Error(`${step}: ${JSON.stringify(saved)}`);
  };

  const recordsOf = async ({ tenant }: Customer, domain: string): Promise<readonly DnsRecord[]> =>
    zonesShape.parse(await I.read(`tenants/${tenant.id}`)).zones.find((zone) => zone.name === domain)?.records ?? [];

  /** What a person does at the DNS host. */
  const atDnsHost = async (customer: Customer, domain: string, change: (records: readonly DnsRecord[]) => readonly DnsRecord[]) => {
    await I.dns({ zone: domain, records: change(await recordsOf(customer, domain)) });
  };

  /** Mail records by hand: "10 host". */
  const pointsMx = (customer: Customer, domain: string, hosts: readonly string[], ttl = 300) =>
    atDnsHost(customer, domain, (records) => [
      ...hosts.map((written) => {
        const [preference = "", exchange = ""] = written.split(" ");
        return { type: "MX", name: domain, ttl, preference: Number(preference), exchange };
      }),
      ...records.filter((record) => !(record.type === "MX" && record.name === domain)),
    ]);

  const domainsOf = ({ tenant }: Customer) => tenant.domains.map((d) => d.id).filter((d) => !d.endsWith("onmicrosoft.com"));

  const done = async (customer: Customer, step: string, restMs = 10 * MINUTE): Promise<void> => {
    const { changes } = await I.fresh(customer, step);
    if (changes.length > 0) {
      const { state, problem } = await I.does(customer, step);
      expect({ step, state, problem }).toEqual({ step, state: "done", problem: null });
    }
    await I.wait(restMs);
  };

  /** With domains chosen and a token of the customer's Cloudflare account. */
  async function arrives(scenario: string, profile = "cloudflare"): Promise<Customer> {
    const customer = await house.customer(scenario);
    await I.chooseDomains(customer, profile);
    if (profile === "area1") await save(customer, "choose-domains", { regions: ["us"] });
    const { accountId, tokens } = await account(customer);
    const entered = await house.uc.cloudflare.enter(customer.scope, { token: tokens[0]?.value ?? "", account: accountId });
    if (!entered.ok) throw new Error(entered.problem.say);
    await house.uc.checkAll(customer.scope);
    return customer;
  }

  /** What the records should name, as the choice of product and region has it. */
  const vendorHosts = async (customer: Customer): Promise<readonly string[]> => {
    const { settings } = await I.stored(customer, "choose-domains");
    const { regions } = profiles[settings["profile"] === "area1" ? "area1" : "cloudflare"];
    const chosen = [settings["regions"]].flat();
    const region = regions.value.find(({ id }) => chosen.includes(id)) ?? regions.value[0];
    return region?.hosts.map(({ preference, host }) => `${preference} ${host}`) ?? [];
  };

  const isAtCloudflare = async (customer: Customer) => (await account(customer)).zones.length > 0;

  async function shortensTtl(customer: Customer, domains = domainsOf(customer)): Promise<void> {
    if (await isAtCloudflare(customer)) await done(customer, "mx-ttl");
    else for (const zone of domains) await I.dns({ zone, ttl: 300 });
    await I.fresh(customer, "mx-ttl");
    await I.wait(DAY + HOUR); // a day, where it was short before anybody looked
    expect(await I.status(customer, "mx-ttl")).toBe("done");
  }

  /** The use case at Microsoft; without a form as it was chosen before. */
  async function handles(customer: Customer, form: Form = {}): Promise<void> {
    await save(customer, "message-handling", form);
    await done(customer, "message-handling", HOUR);
  }

  async function connects(customer: Customer): Promise<void> {
    for (const step of AT_MICROSOFT) await done(customer, step);
  }

  /** The vendor's half, with the TXT record that it asks for. */
  async function tellsVendor(customer: Customer): Promise<void> {
    await done(customer, "area1-domains", MINUTE);
    for (const { domain, verification } of (await account(customer)).domains) {
      if (verification === null) continue;
      const { txt_record_name: name, txt_record_value: text } = verification;
      await atDnsHost(customer, domain, (records) => [
        ...records.filter((record) => record.name !== name),
        { type: "TXT", name, ttl: 300, text },
      ]);
    }
    await I.wait(5 * MINUTE);
    expect(await I.status(customer, "area1-domains")).toBe("done");
  }

  /** Where the zone is not at Cloudflare a person enters what the plan says. */
  async function switches(customer: Customer, domains = domainsOf(customer)): Promise<void> {
    if (await isAtCloudflare(customer)) await done(customer, "mx-records");
    else {
      const run = await I.does(customer, "mx-records", { way: "hand" });
      for (const domain of domains) await pointsMx(customer, domain, await vendorHosts(customer));
      await house.uc.iDidIt(customer.scope, run.id);
      await I.carryOut(customer, run.id);
      expect(await I.run(customer, run.id)).toMatchObject({ state: "done" });
    }
    await I.wait(2 * HOUR);
    expect(await I.status(customer, "mx-records")).toBe("done");
  }

  /** As far as the switch. */
  async function walks(scenario: string, profile = "cloudflare"): Promise<Customer> {
    const customer = await arrives(scenario, profile);
    await shortensTtl(customer);
    await connects(customer);
    await tellsVendor(customer);
    await switches(customer);
    return customer;
  }

  /** Made turned off, and turned on when its time has come. */
  async function locks(customer: Customer): Promise<void> {
    await I.wait(4 * DAY);
    await done(customer, "lock-down");
    await save(customer, "lock-down", { turnOn: "true", reviewed: "2026-05-03" });
    await done(customer, "lock-down", 2 * HOUR);
    expect(await I.status(customer, "lock-down")).toBe("done");
  }

  const sends = async ({ tenant }: Customer, { from = "person@sender.example", via = "mx", ...letter }: Letter): Promise<Posted> =>
    postedShape.parse(await house.sandbox.control("mail", { tenant: tenant.id, subject: "Hello", from, via, ...letter }));

  /** The source of the copy that came furthest, as it lies there. */
  const rawOf = async ({ copies }: Posted): Promise<string> => {
    const url = `${house.sandbox.url}/sandbox/messages/${copies.at(-1)?.id ?? ""}`;
    const answer = await house.sandbox.http.request({ service: "The sandbox", method: "GET", url, idempotent: true });
    if (!answer.ok) throw new Error(answer.problem.say);
    return answer.value.body.toString();
  };

  /** Somebody changes objects of Exchange behind our back; an hour later it is in effect. */
  const meddles = async (customer: Customer, noun: string, change: (rows: readonly Row[]) => readonly Row[]): Promise<void> => {
    await I.edit(customer, ["exchange", noun], change(await I.objects(customer, noun)));
    await I.wait(HOUR);
  };

  const checkOf = async (customer: Customer, step: string, id: string) => {
    const { checks } = await I.fresh(customer, step);
    const found = checks.find((check) => check.id === id);
    if (!found) throw new Error(`${step} has no finding ${id}: ${checks.map((check) => check.id).join(", ")}`);
    return found;
  };

  return {
    account,
    save,
    recordsOf,
    vendorHosts,
    atDnsHost,
    pointsMx,
    domainsOf,
    done,
    arrives,
    shortensTtl,
    handles,
    connects,
    tellsVendor,
    switches,
    locks,
    sends,
    rawOf,
    meddles,
    walks,
    checkOf,
  };
}
