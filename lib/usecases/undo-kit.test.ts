/** The undo kit, made before the first change, puts a tenant of the sandbox back when only an admin with PowerShell is left, and Cutover is not asked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { execute, type Host } from "@/lib/laws/interpreter";
import { Thrown } from "@/lib/laws/powershell/values";
import { type Send, windowAt } from "@/lib/laws/window";
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

const send: Send = async (request) => {
  const answer = await house.sandbox.http.request({ service: "Exchange", idempotent: false, ...request });
  if (!answer.ok) throw new Thrown(answer.problem.say);
  return { status: answer.value.status, body: answer.value.body.toString() };
};

const windowOf = ({ tenant }: Customer, answer: string, said: string[]): Host => ({
  ...windowAt(house.sandbox.url, tenant.id, send),
  now: () => house.deps.clock.now(),
  write: () => undefined,
  say: (text) => said.push(text),
  answer: () => answer,
});

async function runs(customer: Customer, kit: string, answer: string) {
  const said: string[] = [];
  const stopped = await execute(kit, windowOf(customer, answer, said));
  await I.wait(10 * MINUTE);
  return { stopped, said };
}

type Kept = {
  readonly customer: Customer;
  readonly kit: string;
  readonly before: unknown;
  readonly records: Awaited<ReturnType<typeof recordsOf>>;
};
const recordsOf = async (customer: Customer) =>
  Promise.all(my.domainsOf(customer).map(async (domain) => ({ domain, records: await my.recordsOf(customer, domain) })));

/** The kit first, then the whole track, as far as the lock. */
async function locked(scenario: string, useCase: string): Promise<Kept> {
  const customer = await my.arrives(scenario);
  const made = await house.uc.undoKit(customer.scope);
  if (!made.ok) throw new Error(made.problem.say);
  const [before, records] = [await I.state(customer), await recordsOf(customer)];
  await my.shortensTtl(customer);
  await my.save(customer, "message-handling", { useCase, spoofClean: "yes" });
  await my.connects(customer);
  await my.tellsVendor(customer);
  await my.switches(customer);
  await my.locks(customer);
  return { customer, kit: made.value.text, before, records };
}

const accountShape = z.object({ cloudflare: z.object({ domains: z.array(z.looseObject({ domain: z.string() })) }) });
const vendorShape = z.object({ vendor: z.record(z.string(), z.looseObject({ drop_dispositions: z.array(z.string()).nullable() })) });

/** A person does at the vendor what the kit said: delete what was added, set back what was there. */
async function putBackAtVendor(customer: Customer, before: unknown, said: readonly string[]): Promise<void> {
  const { vendor } = vendorShape.parse(before);
  const { domains } = accountShape.parse(await I.read(`tenants/${customer.tenant.id}`)).cloudflare;
  for (const { domain } of domains)
    expect(said.find((text) => text.includes(`${domain} there`))).toMatch(
      vendor[domain] ? /^Then set .*Quarantine Policy: / : /^Then delete /,
    );
  const kept = domains.filter(({ domain }) => vendor[domain]).map((row) => ({ ...row, ...vendor[row.domain] }));
  await I.edit(customer, ["cloudflare", "domains"], kept);
}

const SENDS = ["MALICIOUS", "SUSPICIOUS", "SPAM", "BULK", "NONE"];
const landings = (customer: Customer, to: string) =>
  Promise.all(SENDS.map(async (disposition) => endOf(await my.sends(customer, { to, disposition }))));

describe.each([
  ["fresh", "4"],
  ["cloudflare-dns", "2"],
  ["leftovers", "3"],
])("the kit of the %s tenant", (scenario, useCase) => {
  it("“no” opens the door and takes nothing else away; when the mail records are back, it puts everything else back, also twice", async () => {
    const { customer, kit, before, records } = await locked(scenario, useCase);
    const to = `employee@${my.domainsOf(customer)[0] ?? ""}`;
    const landed = await landings(customer, to);
    expect(endOf(await my.sends(customer, { to, via: "direct" }))).toMatchObject({ kind: "refused" });

    const first = await runs(customer, kit, "no");
    expect(first.stopped).toContain("Nothing more was put back");
    expect(endOf(await my.sends(customer, { to, via: "direct" })).kind).toBe("folder");
    expect(await landings(customer, to)).toEqual(landed);
    for (const { domain, records: were } of records) {
      const mx = were.filter((record) => record.type === "MX");
      const line = first.said.find((text) => text.startsWith(`MX records of ${domain}:`));
      for (const record of mx) expect(line).toContain(String(record["exchange"]));
      expect(line).toContain(`TTL of ${mx[0]?.ttl} seconds`);
      await my.atDnsHost(customer, domain, () => were);
    }
    await I.wait(2 * HOUR);
    await putBackAtVendor(customer, before, first.said);

    for (const time of ["first", "second"]) {
      expect((await runs(customer, kit, "BACK")).stopped, time).toBeNull();
      expect(await I.differencesFrom(customer, before), time).toEqual([]);
    }
    expect(endOf(await my.sends(customer, { to })).kind).toBe("folder");
  }, 180_000);
});
