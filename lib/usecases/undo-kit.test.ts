/** The undo kit, made before the first change, puts a tenant of the sandbox back when only an admin with PowerShell is left, and Cutover is not asked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { execute, type Host } from "@/lib/laws/interpreter";
import { Enumerated, Thrown } from "@/lib/laws/powershell/values";
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

const rowsShape = z.object({ value: z.array(z.record(z.string(), z.unknown())).default([]) });
const tokenShape = z.object({ access_token: z.string() });
const ENUMERATIONS = new Set(["ConnectorType", "State", "MarkAsSpamSpfRecordHardFail"]);
const isTable = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<unknown> {
  const answer = await house.sandbox.http.request({ service: "Exchange", method: "POST", url, headers, body, idempotent: false });
  if (!answer.ok) throw new Thrown(answer.problem.say);
  if (answer.value.status >= 300) throw new Thrown(`${answer.value.status} ${answer.value.body.toString()}`);
  return JSON.parse(answer.value.body.toString() || "{}");
}

/** The admin's window; the sandbox knows the rights of applications alone, so it has those. */
function windowOf({ tenant }: Customer, answer: string, said: string[]): Host {
  const { url } = house.sandbox;
  const login = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "c0ffee00-0000-4000-8000-000000000001",
    client_secret: "sandbox-secret",
    scope: "https://outlook.office365.com/.default",
  });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  return {
    tenant: tenant.id,
    edition: "5.1",
    now: () => house.deps.clock.now(),
    cmdlet: async (CmdletName, given) => {
      const token = tokenShape.parse(await post(`${url}/${tenant.id}/oauth2/v2.0/token`, form, login.toString()));
      const marked = (value: unknown) => (isTable(value) ? { "@odata.type": "#Exchange.GenericHashTable", ...value } : value);
      const Parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, marked(value)]));
      const headers = { authorization: `Bearer ${token.access_token}`, "content-type": "application/json" };
      const body = JSON.stringify({ CmdletInput: { CmdletName, Parameters } });
      const rows = rowsShape.parse(await post(`${url}/adminapi/beta/${tenant.id}/InvokeCommand`, headers, body)).value;
      return rows.map((row) => {
        const own = Object.entries(row).filter(([name]) => !name.includes("@"));
        return Object.fromEntries(own.map(([name, value]) => [name, ENUMERATIONS.has(name) ? new Enumerated(String(value)) : value]));
      });
    },
    graph: () => Promise.reject(new Thrown("The kit asks nothing of Graph.")),
    write: () => undefined,
    say: (text) => said.push(text),
    answer: () => answer,
  };
}

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
