/** Runs from agreeing to their end: what was agreed is made, once, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Customer, type Practice, startPractice } from "./practice";
import { MINUTE, NOT_AN_ID, SECOND, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const ALLOW_LIST = "exchange.HostedConnectionFilterPolicy.0.IPAllowList";
const SET_ALLOW_LIST = "Set-HostedConnectionFilterPolicy";
const NEW_CONNECTOR = "New-InboundConnector";
const SET_CONNECTOR = "Set-InboundConnector";
const STEP = "enhanced-filtering";

/** Domains are chosen, and what the steps need was looked at. */
async function ready(scenario = "fresh"): Promise<Customer> {
  const customer = await house.customer(scenario);
  await I.chooseDomains(customer);
  return customer;
}

/** A connector of ours and one of somebody else's, both of which enhanced filtering is to change. */
async function withTwoChanges(): Promise<Customer> {
  const customer = await ready("hand-made");
  const [ours] = await I.objects(customer, "InboundConnector");
  const archive = "0b500000-0000-4000-8000-000000000001";
  await I.edit(customer, "exchange.InboundConnector.1", { ...ours, Guid: archive, Name: "Archive", SenderIPAddresses: ["203.0.113.9"] });
  await I.wait(MINUTE);
  const saved = await house.uc.saveSettings(customer.scope, STEP, { hop: "last", others: [archive] });
  expect(saved).toMatchObject({ ok: true });
  expect(await I.status(customer, "inbound-connector")).toBe("done");
  return customer;
}

const kinds = async ({ scope }: Customer) => (await house.deps.store.events.list(scope)).map((event) => event.kind);

describe("a tenant that moved between plan and agreement", () => {
  it("stops the run before its first change and keeps the new plan beside it, which can be agreed to", async () => {
    const customer = await ready();
    const shown = await I.plan(customer, "allow-list");
    await I.edit(customer, ALLOW_LIST, ["52.11.209.211", "198.51.100.7"]);
    await I.wait(MINUTE);
    const run = await I.agree(customer, shown);
    await I.carryOut(customer, run);

    const page = await I.run(customer, run);
    expect(page).toMatchObject({ state: "stopped", problem: { code: "moved" } });
    expect(page.lines.map((line) => line.state)).toEqual(["waiting"]);
    expect(page.instead).toHaveLength(1);
    expect(await I.written(customer, SET_ALLOW_LIST)).toEqual([]);
    expect(await kinds(customer)).toContain("run-stopped");

    const successor = /\/plan\/([0-9a-f-]{36})$/.exec(page.insteadHref ?? "")?.[1] ?? "";
    const next = await house.uc.plan(customer.scope, customer.visitor, successor);
    if (!next.ok) throw new Error(next.problem.say);
    await I.carryOut(customer, await I.agree(customer, next.value));
    expect(await I.run(customer, successor)).toMatchObject({ state: "done" });
  });
});

describe("what was agreed to", () => {
  it("a change that was unticked is not made", async () => {
    const customer = await withTwoChanges();
    const shown = await I.plan(customer, STEP);
    expect(shown.changes.map((change) => change.name).sort()).toEqual(["Archive", "Mail from the filter"]);
    const kept = shown.changes.filter((change) => change.name !== "Archive").map((change) => change.key);
    const run = await I.agree(customer, shown, kept);
    await I.carryOut(customer, run);

    expect(await I.run(customer, run)).toMatchObject({ state: "done", lines: [{ state: "done" }] });
    const after = await I.objects(customer, "InboundConnector");
    expect(after.map((one) => [one.Name, one["EFSkipLastIP"]])).toEqual([
      ["Mail from the filter", true],
      ["Archive", false],
    ]);
  });

  it("agreeing twice, by a double click, is one run and one change", async () => {
    const customer = await ready();
    const shown = await I.plan(customer, "allow-list");
    const chosen = shown.changes.map((change) => change.key);
    const clicks = await Promise.all([1, 2, 3].map(() => house.uc.agree(customer.scope, shown.id, { chosen })));
    expect(new Set(clicks.map((click) => (click.ok ? click.href : click.problem.say))).size).toBe(1);
    await I.carryOut(customer, shown.id);
    await I.carryOut(customer, shown.id);
    expect(await I.written(customer, SET_ALLOW_LIST)).toHaveLength(1);
    expect((await kinds(customer)).filter((kind) => kind === "plan-agreed")).toHaveLength(1);
  });

  it("nothing ticked, or something that was never shown, is refused with a sentence", async () => {
    const customer = await ready();
    const shown = await I.plan(customer, "allow-list");
    for (const chosen of [[], ["something else"]])
      expect(await house.uc.agree(customer.scope, shown.id, { chosen })).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(await house.uc.run(customer.scope, customer.visitor, shown.id)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("a plan of yesterday must be made again", async () => {
    const customer = await ready();
    const shown = await I.plan(customer, "allow-list");
    await I.wait(25 * 60 * MINUTE);
    const chosen = shown.changes.map((change) => change.key);
    expect(await house.uc.agree(customer.scope, shown.id, { chosen })).toMatchObject({ ok: false, problem: { code: "moved" } });
  });

  it("a second plan while a run is at work is busy, and ends nothing that waits", async () => {
    const customer = await ready();
    const [first, byHand, other] = [
      await I.plan(customer, "spf-hard-fail"),
      await I.plan(customer, "allow-list", { way: "hand" }),
      await I.plan(customer, "allow-list"),
    ];
    await I.carryOut(customer, await I.agree(customer, byHand));
    await I.agree(customer, first);
    const chosen = other.changes.map((change) => change.key);
    expect(await house.uc.agree(customer.scope, other.id, { chosen })).toMatchObject({ ok: false, problem: { code: "busy" } });
    expect(await I.run(customer, byHand.id)).toMatchObject({ state: "needs-you" });
    await I.carryOut(customer, first.id);
    expect(await house.uc.agree(customer.scope, other.id, { chosen })).toMatchObject({ ok: true });
    expect(await I.run(customer, byHand.id)).toMatchObject({ state: "cancelled" });
  });
});

describe("a run called off", () => {
  it("before it began changes nothing", async () => {
    const customer = await ready();
    const run = await I.agree(customer, await I.plan(customer, "allow-list"));
    expect(await house.uc.cancel(customer.scope, run)).toMatchObject({ ok: true });
    await I.carryOut(customer, run);
    expect(await I.run(customer, run)).toMatchObject({ state: "cancelled" });
    expect(await I.written(customer, SET_ALLOW_LIST)).toEqual([]);
    expect(await house.uc.cancel(customer.scope, run)).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(await house.uc.resume(customer.scope, run)).toMatchObject({ ok: false, problem: { code: "busy" } });
  });

  it("in the middle makes no further change, stays cancelled and is told once", async () => {
    const customer = await withTwoChanges();
    const run = await I.agree(customer, await I.plan(customer, STEP));
    await I.fault(customer, { kind: "latency", ms: 400, match: SET_CONNECTOR });
    const working = I.carryOut(customer, run);
    await expect.poll(async () => (await I.run(customer, run)).lines.map((line) => line.state)).toContain("doing");
    expect(await house.uc.cancel(customer.scope, run)).toMatchObject({ ok: true });
    await working;
    expect(await I.run(customer, run)).toMatchObject({ state: "cancelled" });
    expect(await I.written(customer, SET_CONNECTOR)).toHaveLength(1);
    expect((await kinds(customer)).filter((kind) => kind.startsWith("run-"))).toEqual(["run-cancelled"]);
  });
});

describe("a service in trouble", () => {
  const done = async (customer: Customer, run: string) => {
    for (let sweeps = 0; sweeps < 6 && (await I.run(customer, run)).state !== "done"; sweeps++) {
      await I.wait(5 * MINUTE);
      await I.sweep(customer);
    }
    expect(await I.run(customer, run)).toMatchObject({ state: "done" });
  };

  it("that asks for two minutes of patience is given them, and the change is made once", async () => {
    const customer = await ready();
    const run = await I.agree(customer, await I.plan(customer, "inbound-connector"));
    await I.fault(customer, { kind: "429", retryAfter: 120, times: 1, match: NEW_CONNECTOR });
    const asked = house.deps.clock.now();
    await I.carryOut(customer, run);
    const page = await I.run(customer, run);
    expect(page).toMatchObject({ state: "waiting", problem: { code: "throttled" } });
    expect((page.retryAt ?? 0) - asked).toBeGreaterThanOrEqual(120 * SECOND);
    await I.wait(MINUTE);
    await I.sweep(customer);
    expect(await I.run(customer, run)).toMatchObject({ state: "waiting" });
    await done(customer, run);
    expect(await I.written(customer, NEW_CONNECTOR)).toHaveLength(1);
  });

  for (const [name, fault] of [
    ["answers 503", { kind: "503", times: 1, match: NEW_CONNECTOR }],
    ["drops the connection", { kind: "drop", times: 1, match: NEW_CONNECTOR }],
    ["says it is done and forgets it", { kind: "lie", times: 1, match: NEW_CONNECTOR }],
    ["has too many of us at once", { kind: "concurrency", times: 1, match: NEW_CONNECTOR }],
  ] as const)
    it(`that ${name} gets no second connector in the end`, async () => {
      const customer = await ready();
      await I.fault(customer, fault);
      const first = await I.does(customer, "inbound-connector");
      if (fault.kind !== "lie") await done(customer, first.id);
      await I.wait(20 * MINUTE);
      if ((await I.status(customer, "inbound-connector")) !== "done")
        await done(customer, (await I.does(customer, "inbound-connector")).id);
      await I.wait(MINUTE);
      expect(await I.status(customer, "inbound-connector")).toBe("done");
      expect(await I.objects(customer, "InboundConnector")).toHaveLength(1);
    });
});

it("an id that is none answers “gone”, never an error", async () => {
  const { scope, visitor } = await house.customer("fresh");
  for (const id of [NOT_AN_ID, "", "00000000-0000-4000-8000-000000000000"]) {
    const answers = await Promise.all([
      house.uc.plan(scope, visitor, id),
      house.uc.run(scope, visitor, id),
      house.uc.agree(scope, id, { chosen: ["x"] }),
      house.uc.cancel(scope, id),
      house.uc.resume(scope, id),
      house.uc.iDidIt(scope, id),
      house.uc.planScript(scope, id),
      house.uc.stepFresh(scope, id),
      house.uc.stepStored(scope, visitor, id),
      house.uc.makePlan(scope, id, "us", false),
      house.uc.skip(scope, id, "Not needed here."),
      house.uc.calendar(scope, id),
    ]);
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, problem: { code: "gone" } });
    await house.uc.work.carryOut({ tenant: scope.tenant, run: id });
    await house.uc.work.lookAgain({ tenant: scope.tenant, step: id });
  }
});
