/** For tests over the whole product: an admin who walks the journaling track, and mail of all kinds that is reported meanwhile. Not used by the product. */
import { expect } from "vitest";
import { z } from "zod";
import type { inlineVerbs, Row } from "./inline-testing";
import type { Customer, Practice } from "./practice";
import type { Form } from "./settings";
import { HOUR, MINUTE, type verbs } from "./testing";

/** Of an archive outside: an address that takes undeliverable reports as well as any. */
export const NDR = "undeliverable.reports@mail-archive.example";
export const JOURNALING = ["journal-connector", "undeliverable-reports", "journal-regions", "journal-rule"] as const;
export const HOSTS = {
  us: ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"],
  eu: ["mailstream-eu1.mxrecord.io"],
} as const;
/** Usage locations of the sandbox's people in the EU. */
const IN_THE_EU = ["DE", "FR", "IE", "NL", "ES"];

const addressesShape = z.looseObject({ serviceAddresses: z.record(z.string(), z.record(z.string(), z.string())) });
const atVendor = z.looseObject({
  address: z.string(),
  host: z.string(),
  subject: z.string(),
  recipients: z.array(z.string()),
});
const journalShape = z.looseObject({
  reports: z.array(atVendor),
  queued: z.array(z.looseObject({ address: z.string(), problem: z.string().nullable() })),
  ndr: z.array(z.looseObject({ to: z.string(), subject: z.string() })),
  gateway: z.looseObject({ took: z.array(z.looseObject({ address: z.string(), messageId: z.string() })) }),
  counted: z.record(z.string(), z.number()),
});
const groupsShape = z.looseObject({
  groups: z.array(z.looseObject({ id: z.string(), name: z.string(), address: z.string(), members: z.array(z.string()) })),
});
export type List = z.infer<typeof groupsShape>["groups"][number];

export const ruleByHand = (Name: string, JournalEmailAddress: string, Recipient: string | null = null): Row => ({
  Guid: crypto.randomUUID(),
  Name,
  JournalEmailAddress,
  Recipient,
  Scope: "External",
  Enabled: true,
});

export type Mail = {
  readonly to: string;
  readonly from?: string;
  readonly subject: string;
  /** Direct: from outside, straight at Microsoft. Internal: one of the tenant's people sends it. */
  readonly via?: "direct" | "internal";
};

export function journalVerbs(house: Practice, I: ReturnType<typeof verbs>, my: ReturnType<typeof inlineVerbs>) {
  const domainOf = (customer: Customer) => my.domainsOf(customer)[0] ?? "";
  const at = (customer: Customer, part: string) => `${part}@${domainOf(customer)}`;

  const addresses = async ({ tenant }: Customer): Promise<Readonly<Record<string, string>>> =>
    addressesShape.parse(await I.read(`cloudflare?tenant=${tenant.id}`)).serviceAddresses["area1"] ?? {};

  /** With the journaling track alone, and a token of the customer's account. */
  async function arrives(scenario: string): Promise<Customer> {
    const customer = await my.arrives(scenario, "area1");
    await my.save(customer, "choose-domains", { tracks: ["journaling"] });
    return customer;
  }

  /** Where reports are processed, and the address of each region, as the dashboard has it or as somebody types it. */
  async function chooses(customer: Customer, regions: readonly string[], typed: Readonly<Record<string, string>> = {}): Promise<void> {
    const own = await addresses(customer);
    const form = Object.fromEntries(regions.map((id) => [`addresses.${id}`, typed[id] ?? own[id] ?? ""]));
    await my.save(customer, "journal-connector", { regions, ...form });
  }

  async function undeliverable(customer: Customer, address = NDR): Promise<void> {
    await my.save(customer, "undeliverable-reports", { address });
    await my.done(customer, "undeliverable-reports");
  }

  /** One list for each region, by where people work. */
  async function lists(customer: Customer, more: Form = {}): Promise<void> {
    const form = {
      "lists.us": at(customer, "journal-us"),
      "lists.eu": at(customer, "journal-eu"),
      by: "usageLocation",
      "values.eu": IN_THE_EU,
    };
    await my.save(customer, "journal-regions", { ...form, ...more });
  }

  /** As far as the rule, which is in effect by then. */
  async function goes(customer: Customer, regions: readonly string[]): Promise<void> {
    await chooses(customer, regions);
    await my.done(customer, "journal-connector");
    await undeliverable(customer);
    if (regions.length > 1) await lists(customer);
    await my.done(customer, "journal-regions");
    await my.done(customer, "journal-rule", 2 * HOUR);
    for (const step of JOURNALING) expect({ step, status: await I.status(customer, step) }).toEqual({ step, status: "done" });
  }

  async function walks(scenario: string, regions: readonly string[]): Promise<Customer> {
    const customer = await arrives(scenario);
    await goes(customer, regions);
    return customer;
  }

  const journal = async ({ tenant }: Customer) => journalShape.parse(await I.read(`journal?tenant=${tenant.id}`));

  const mails = async ({ tenant }: Customer, { from = "person@sender.example", via = "direct", ...letter }: Mail): Promise<void> => {
    await house.sandbox.control("mail", { tenant: tenant.id, from, via, ...letter });
  };

  /** Where the reports of a message arrived, by its subject. */
  const hostsFor = async (customer: Customer, subject: string): Promise<readonly string[]> =>
    (await journal(customer)).reports.filter((report) => report.subject === subject).map(({ host }) => host);

  /** From outside, straight at Microsoft, to one of the tenant's people; where its reports arrived. */
  async function reportsOf(customer: Customer, part: string, more: { readonly from?: string } = {}): Promise<readonly string[]> {
    const subject = `To ${part}, ${crypto.randomUUID()}`;
    await mails(customer, { to: at(customer, part), subject, ...more });
    return hostsFor(customer, subject);
  }

  const groups = async ({ tenant }: Customer): Promise<readonly List[]> => groupsShape.parse(await I.read(`tenants/${tenant.id}`)).groups;
  const membersOf = async (customer: Customer, part: string): Promise<readonly string[]> =>
    (await groups(customer)).find(({ address }) => address === at(customer, part))?.members ?? [];

  /** Somebody else changes lists behind our back. */
  const regroups = async (customer: Customer, change: (list: List) => List): Promise<void> => {
    await I.edit(customer, "groups", (await groups(customer)).map(change));
    await I.wait(MINUTE);
  };
  const puts = (customer: Customer, part: string, members: (now: readonly string[]) => readonly string[]) =>
    regroups(customer, (list) => (list.address === at(customer, part) ? { ...list, members: [...members(list.members)] } : list));

  /** Everything of this tenant, in one plan, until it is through. */
  async function undoesAll(customer: Customer): Promise<void> {
    const made = await house.uc.makeUndoPlan(customer.scope);
    if (!made.ok) throw new Error(made.problem.say);
    const shown = await house.uc.plan(customer.scope, customer.visitor, /plan\/([0-9a-f-]+)/.exec(made.value.href)?.[1] ?? "");
    if (!shown.ok) throw new Error(shown.problem.say);
    const run = await I.agree(customer, shown.value);
    await I.carryOut(customer, run);
    for (let tries = 0; tries < 20 && (await I.run(customer, run)).state === "waiting"; tries++) {
      await I.wait(10 * MINUTE);
      await I.sweep(customer);
    }
    const { state, problem } = await I.run(customer, run);
    expect({ state, problem }).toEqual({ state: "done", problem: null });
    await I.wait(HOUR);
  }

  return {
    at,
    addresses,
    arrives,
    chooses,
    undeliverable,
    lists,
    goes,
    walks,
    journal,
    mails,
    hostsFor,
    reportsOf,
    groups,
    membersOf,
    regroups,
    puts,
    undoesAll,
  };
}
