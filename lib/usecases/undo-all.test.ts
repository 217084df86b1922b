/** Taking everything back is one plan: agreed to once, carried out part after part, and the tenant is as it was before. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openConsole } from "@/e2e/console";
import { sandboxAt } from "@/e2e/sandbox";
import { AT_MICROSOFT, inlineVerbs } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let person: ReturnType<typeof verbs>;
let inline: ReturnType<typeof inlineVerbs>;
beforeAll(async () => {
  house = await startPractice();
  person = verbs(house);
  inline = inlineVerbs(house, person);
}, 60_000);
afterAll(() => house.stop());

const STEPS = ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"];

async function setUp(scenario: string): Promise<{ readonly customer: Customer; readonly before: unknown }> {
  const customer = await house.customer(scenario);
  await person.chooseDomains(customer);
  const before = await person.state(customer);
  for (const step of STEPS) {
    expect((await person.does(customer, step)).state).toBe("done");
    await person.wait(10 * MINUTE);
  }
  return { customer, before };
}

async function undoPlan({ scope, visitor }: Customer) {
  const made = await house.uc.makeUndoPlan(scope);
  if (!made.ok) throw new Error(made.problem.say);
  const shown = await house.uc.plan(scope, visitor, /plan\/([0-9a-f-]+)/.exec(made.value.href)?.[1] ?? "");
  if (!shown.ok) throw new Error(shown.problem.say);
  return shown.value;
}

describe("undo everything", () => {
  it("lists the steps last done first, in one plan, and puts the tenant back to where it was", async () => {
    const { customer, before } = await setUp("fresh");
    const page = await house.uc.undo(customer.scope, customer.visitor);
    expect(page).toMatchObject({ ok: true, value: { rows: STEPS.toReversed().map((id) => ({ id })) } });
    const plan = await undoPlan(customer);
    expect(new Set(plan.changes.map((change) => change.part)).size).toBeGreaterThan(2);
    const run = await person.agree(customer, plan);
    await person.carryOut(customer, run);
    expect((await person.run(customer, run)).state).toBe("done");
    await person.wait(HOUR);
    expect(await person.differencesFrom(customer, before)).toEqual([]);
    expect(await house.uc.undo(customer.scope, customer.visitor)).toMatchObject({ ok: true, value: { rows: [] } });
  }, 60_000);

  it("is refused while nothing is left to take back", async () => {
    const customer = await house.customer("fresh");
    expect(await house.uc.makeUndoPlan(customer.scope)).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });

  it("waits where Microsoft still shows the lock, then for the mail, and is through in the end, whatever is slow to show", async () => {
    const customer = await house.customer("cloudflare-dns");
    await person.edit(customer, "traits.readLagMs", 2 * MINUTE);
    const before = await person.state(customer);
    await house.uc.cloudflare.enter(customer.scope, { token: (await inline.account(customer)).tokens[0]?.value ?? "", account: "" });
    await person.chooseDomains(customer);
    await inline.shortensTtl(customer);
    await inline.connects(customer);
    await inline.tellsVendor(customer);
    await inline.switches(customer);
    await inline.locks(customer);
    const run = await person.agree(customer, await undoPlan(customer));
    await person.carryOut(customer, run);
    expect(await person.run(customer, run)).toMatchObject({ state: "waiting", problem: { code: "not-ready" } });
    const said = new Set<string>();
    for (let tries = 0; tries < 60 && (await person.run(customer, run)).state === "waiting"; tries++) {
      said.add((await person.run(customer, run)).problem?.say.replace(/ by .*/, "") ?? "");
      await person.wait(10 * MINUTE);
      await person.sweep(customer);
    }
    expect((await person.run(customer, run)).state).toBe("done");
    expect([...said].join("\n")).toMatch(/everywhere again[\s\S]*Servers may remember/);
    await person.wait(HOUR);
    expect(await person.differencesFrom(customer, before)).toEqual([]);
  }, 120_000);

  it("stops at the part that moved, keeps what was done, and offers what is left", async () => {
    const { customer } = await setUp("fresh");
    const plan = await undoPlan(customer);
    const run = await person.agree(customer, plan);
    const [policy] = await person.objects(customer, "HostedConnectionFilterPolicy");
    await person.edit(customer, ["exchange", "HostedConnectionFilterPolicy", "0", "IPAllowList"], ["192.0.2.1"]);
    await person.wait(10 * MINUTE);
    await person.carryOut(customer, run);
    const shown = await person.run(customer, run);
    expect(shown.lines.filter((line) => line.state === "done").length).toBeGreaterThan(0);
    expect(await person.objects(customer, "HostedConnectionFilterPolicy")).toMatchObject([
      { Guid: policy?.Guid, IPAllowList: ["192.0.2.1"] },
    ]);
  }, 60_000);
});

/** Without access the tenant is known by what an admin's scripts wrote. */
async function losesAccess(customer: Customer, steps: readonly string[]): Promise<void> {
  await house.uc.consent.without(customer.scope);
  const run = await openConsole(sandboxAt(house.sandbox.url), customer.tenant);
  for (const step of steps) {
    const made = await house.uc.queryScript(customer.scope, step);
    if (!made.ok) throw new Error(made.problem.say);
    const file = { step, text: await run(made.value.text), name: "answers.json" };
    expect(await house.uc.upload(customer.scope, file)).toMatchObject({ ok: true });
  }
}

const AT_EXCHANGE = /^\s*[^#\n]*\b(?:Set|New|Remove)-(?:InboundConnector|HostedC|TransportRule|QuarantinePolicy)/m;

describe("what must not be taken back yet, while mail still comes through the vendor", () => {
  it("is told apart and kept out of the script; without access no plan holds it, and none is made when nothing else is left", async () => {
    const customer = await inline.walks("cloudflare-dns");
    const { scope } = customer;
    const plan = await undoPlan(customer);
    const parts = new Set(plan.changes.map((change) => change.part));
    const open = ["Switch your mail records", "Shorten how long your mail records are remembered"];
    expect(plan.way).toBe("us");
    expect(plan.notYet.map(({ part }) => part)).toEqual([...parts].filter((part) => !open.includes(part)));
    expect(plan.notYet).toHaveLength(AT_MICROSOFT.length + 1);
    for (const { saw } of plan.notYet) expect(saw).toContain("still comes through");
    expect(plan.script).not.toMatch(AT_EXCHANGE);
    expect(await house.uc.planScript(scope, plan.id)).toMatchObject({ ok: true, value: { text: plan.script } });

    await losesAccess(customer, AT_MICROSOFT);
    const ofScripts = await undoPlan(customer);
    expect(ofScripts).toMatchObject({ way: "script", notYet: [] });
    expect([...new Set(ofScripts.changes.map((change) => change.part))]).toEqual(open);

    for (const step of ["mx-records", "mx-ttl"]) expect((await person.does(customer, step, { isUndo: true })).state).toBe("done");
    await person.wait(10 * MINUTE);
    expect(await house.uc.makeUndoPlan(scope)).toMatchObject({
      ok: false,
      problem: { code: "not-ready", say: expect.stringContaining("Servers may remember") },
    });

    await person.wait(DAY);
    const atLast = await undoPlan(customer);
    expect(atLast.notYet).toEqual([]);
    expect(new Set(atLast.changes.map((change) => change.part))).toEqual(new Set(plan.notYet.map(({ part }) => part)));
    expect(atLast.script).toMatch(AT_EXCHANGE);
  }, 120_000);
});
