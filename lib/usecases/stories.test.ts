/** What goes wrong with mail flow in real tenants, told by its symptom. Numbers are those of the stories this product was made for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profiles } from "@/lib/profiles/all";
import type { ProfileId } from "@/lib/profiles/profile";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

async function ready(scenario: string, profile: ProfileId = "cloudflare"): Promise<Customer> {
  const customer = await house.customer(scenario);
  await I.chooseDomains(customer, profile);
  return customer;
}

const listOf = async (customer: Customer) => {
  const [policy] = await I.objects(customer, "HostedConnectionFilterPolicy");
  const list = policy?.["IPAllowList"];
  return Array.isArray(list) ? list.map(String) : [];
};
const sorted = (list: readonly string[]) => [...list].sort();

describe("“you first need to run the command: Enable-OrganizationCustomization” (38)", () => {
  it("the connector's run waits and names the step, that step can be done meanwhile, and the connector's goes on by itself", async () => {
    const customer = await ready("dehydrated");
    const skipped = await house.uc.skip(customer.scope, "organization-customization", "A colleague says it was done.");
    expect(skipped).toMatchObject({ ok: true });
    const first = await I.does(customer, "inbound-connector");
    expect(first).toMatchObject({ state: "waiting", problem: { code: "not-ready", step: "organization-customization" } });

    await house.uc.unskip(customer.scope, "organization-customization");
    expect(await I.does(customer, "organization-customization")).toMatchObject({ state: "done" });
    await I.wait(10 * MINUTE);
    expect(await I.status(customer, "organization-customization")).toBe("done");

    await I.sweep(customer);
    expect(await I.run(customer, first.id)).toMatchObject({ state: "waiting" }); // Microsoft takes half an hour over it
    for (let tries = 0; tries < 6; tries++) {
      await I.wait(10 * MINUTE);
      await I.sweep(customer);
    }
    expect(await I.run(customer, first.id)).toMatchObject({ state: "done" });
    await I.wait(10 * MINUTE);
    expect(await I.status(customer, "inbound-connector")).toBe("done");
    expect(await I.objects(customer, "InboundConnector")).toHaveLength(1);
  });
});

describe("a trial subscription (39)", () => {
  it("Microsoft's refusal is told plainly and not tried again", async () => {
    const customer = await ready("trial");
    const run = await I.does(customer, "inbound-connector");
    expect(run).toMatchObject({ state: "stopped", problem: { code: "rejected" } });
    expect(run.problem?.say).toMatch(/trial|subscription|licen[cs]e/i);
    expect(run.lines.map((line) => line.state)).toEqual(["problem"]);
    await I.wait(HOUR);
    await I.sweep(customer);
    expect((await I.received(customer)).filter((one) => one.cmdlet === "New-InboundConnector")).toHaveLength(1);
    expect((await I.stored(customer, "inbound-connector")).status.code).toBe("problem");
  });
});

describe("consent without the Exchange role (40)", () => {
  it("“denied” names the role to give, and nothing is planned", async () => {
    const customer = await house.customer("no-role", { access: "none" });
    const at = house.deps.clock.now();
    await house.deps.store.tenants.edit(customer.scope, { access: "consent", consentedAt: at });
    await house.deps.store.settings.save(customer.scope, { step: "connect-tenant", value: { access: "consent" }, at });
    const looked = await I.fresh(customer, "allow-list");
    const told = looked.checks.map((check) => `${check.saw} ${check.fix ?? ""}`).join("\n");
    expect(told).toMatch(/Exchange Administrator/);
    expect(looked.changes).toEqual([]);
    expect(await house.uc.makePlan(customer.scope, "allow-list", "us", false)).toMatchObject({ ok: false });
  });
});

describe("“I see no connector, so I made another one” (43)", () => {
  it("right after the run the step waits, asking again makes no second one, and later it is done", async () => {
    const customer = await ready("wrong-addresses");
    await I.edit(customer, "exchange.InboundConnector", []);
    await I.edit(customer, "traits.readLagMs", 4 * MINUTE);
    await I.wait(10 * MINUTE);
    expect(await I.does(customer, "inbound-connector")).toMatchObject({ state: "done" });
    expect(await I.status(customer, "inbound-connector")).toBe("waiting");
    const again = await house.uc.makePlan(customer.scope, "inbound-connector", "us", false);
    expect(again).toMatchObject({ ok: false, problem: { code: "not-ready" } });
    await I.wait(MINUTE);
    await I.sweep(customer);
    expect(await I.objects(customer, "InboundConnector")).toHaveLength(1);
    await I.wait(5 * MINUTE);
    await I.sweep(customer);
    expect((await I.stored(customer, "inbound-connector")).status.code).toBe("done");
    expect(await I.written(customer, "New-InboundConnector")).toHaveLength(1);
  });
});

describe("“Area 1 Inbound Connector (1)” (44)", () => {
  it("a look-alike is named with what is wrong with it, and left alone, also by undo", async () => {
    const customer = await ready("wrong-addresses", "area1");
    const [ours] = await I.objects(customer, "InboundConnector");
    const alike = { ...ours, Guid: "0a11ce00-0000-4000-8000-000000000044", Name: "Area 1 Inbound Connector (1)" };
    await I.edit(customer, "exchange.InboundConnector.1", { ...alike, SenderIPAddresses: ["52.11.209.211"] });
    await I.wait(MINUTE);
    const looked = await I.fresh(customer, "inbound-connector");
    const told = looked.checks.find((check) => check.id === `look-alike/${alike.Guid}`);
    expect(told).toMatchObject({ verdict: "warn" });
    expect(told?.saw).toMatch(/Area 1 Inbound Connector \(1\).*41 are missing/);
    const before = await I.objects(customer, "InboundConnector");
    await I.does(customer, "inbound-connector");
    await I.wait(10 * MINUTE);
    expect(await I.status(customer, "inbound-connector")).toBe("done");
    expect(await I.does(customer, "inbound-connector", { isUndo: true })).toMatchObject({ state: "done" });
    const after = await I.objects(customer, "InboundConnector");
    expect(after.find((one) => one.Guid === alike.Guid)).toEqual(before.find((one) => one.Guid === alike.Guid));
    const [first] = after;
    expect(first?.["SenderIPAddresses"]).toEqual(["203.0.113.10", "203.0.113.0/25"]);
  });
});

describe("“the script overwrote our allow list” (20)", () => {
  it("what others put there stays, entry by entry, through the step and through taking it back", async () => {
    const customer = await ready("full-list");
    const others = (await listOf(customer)).slice(0, 1200);
    const half = [...others, "52.11.209.211"]; // one of the gateway's, put there by somebody else
    await I.edit(customer, "exchange.HostedConnectionFilterPolicy.0.IPAllowList", half);
    await I.wait(MINUTE);
    expect(await I.does(customer, "allow-list")).toMatchObject({ state: "done" });
    expect((await listOf(customer)).slice(0, half.length).sort()).toEqual(sorted(half));
    expect(await listOf(customer)).toHaveLength(1200 + 42);
    await I.edit(customer, "exchange.HostedConnectionFilterPolicy.0.IPAllowList", [...(await listOf(customer)), "198.51.100.44"]);
    await I.wait(10 * MINUTE);
    expect(await I.does(customer, "allow-list", { isUndo: true })).toMatchObject({ state: "done" });
    expect(sorted(await listOf(customer))).toEqual(sorted([...half, "198.51.100.44"]));
    const sent = await I.written(customer, "Set-HostedConnectionFilterPolicy");
    expect(sent.every((one) => !Array.isArray(one.parameters?.["IPAllowList"]))).toBe(true);
  });
});

describe("an allow list that is full", () => {
  it("bars the step and says how many entries must go", async () => {
    const customer = await ready("full-list");
    const looked = await I.fresh(customer, "allow-list");
    const room = looked.checks.find((check) => check.id === "room");
    expect(room).toMatchObject({ verdict: "fail" });
    expect(room?.fix).toMatch(/at least 9 entries/);
    const plan = await house.uc.makePlan(customer.scope, "allow-list", "us", false);
    expect(plan).toMatchObject({ ok: false, problem: { code: "not-ready" } });
    expect(await I.written(customer, "Set-HostedConnectionFilterPolicy")).toEqual([]);
  });
});

describe("“our auditor says the allow list and enhanced filtering fight each other” (19)", () => {
  it("the step tells what each does, that the guide asks for both, and what is not known", async () => {
    const customer = await ready("fresh");
    const { evidence } = await I.fresh(customer, "allow-list");
    const told = evidence.map((table) => table.rows.flat().join(" ")).join("\n");
    expect(told).toMatch(/enhanced filtering/i);
    expect(told).toMatch(/asks for both/);
    expect(told).toMatch(/not documented/);
  });
});

describe.each(["cloudflare", "area1"] as const)("every egress address of %s", (profile) => {
  it("ends in the allow list and the connector, and no /19, /23 or IPv6 is ever sent (21)", async () => {
    const customer = await ready("fresh", profile);
    for (const step of ["allow-list", "inbound-connector"]) expect(await I.does(customer, step)).toMatchObject({ state: "done" });
    const egress = profiles[profile].egress.value;
    expect(egress).toHaveLength(42);
    expect(sorted(await listOf(customer))).toEqual(sorted(egress));
    const [connector] = await I.objects(customer, "InboundConnector");
    expect(sorted([connector?.["SenderIPAddresses"]].flat().map(String))).toEqual(sorted(egress));
    const sent = (await I.received(customer)).flatMap(
      (one) => JSON.stringify(one.parameters ?? {}).match(/"[\da-fA-F.:]+(\/\d+)?"/g) ?? [],
    );
    const networks = sent.map((text) => text.slice(1, -1)).filter((text) => /\d+\.\d+\.\d+\.\d+|^[\da-f]*:[\da-f:]+/i.test(text));
    expect(networks.length).toBeGreaterThan(80);
    expect(networks.filter((one) => !/^\d+\.\d+\.\d+\.\d+(\/(2[4-9]|3[0-2]))?$/.test(one))).toEqual([]);
  });
});
