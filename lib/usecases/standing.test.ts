/** What is told of where a step stands: also when only part of it could be read, when it turned more than once, and when somebody else read it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openConsole } from "@/e2e/console";
import { sandboxAt } from "@/e2e/sandbox";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const SPF = "exchange.HostedContentFilterPolicy.0.MarkAsSpamSpfRecordHardFail";
const told = async ({ scope }: Customer, ...kinds: string[]) => (await house.deps.store.events.list(scope, { kinds })).map((e) => e.kind);

describe("a step that was done", () => {
  it("and turned is told, and told again when it was put right and turned once more", async () => {
    const customer = await house.customer("fresh");
    await I.chooseDomains(customer);
    await I.does(customer, "spf-hard-fail");
    const set = async (value: "On" | "Off") => {
      await I.edit(customer, SPF, value);
      await I.wait(10 * MINUTE);
      await I.status(customer, "spf-hard-fail");
      return I.status(customer, "spf-hard-fail");
    };
    expect(await set("Off")).toBe("done");
    expect(await set("On")).toBe("changed");
    expect(await set("Off")).toBe("done");
    expect(await set("On")).toBe("changed");
    const { scope } = customer;
    const of = await house.deps.store.events.list(scope, { kinds: ["step-done", "step-turned"], step: "spf-hard-fail" });
    expect(of.map((e) => e.kind)).toEqual(["step-turned", "step-done", "step-turned", "step-done"]);
  });

  it("seen by many at once is told once", async () => {
    const customer = await house.customer("fresh");
    await I.chooseDomains(customer);
    await I.edit(customer, SPF, "Off");
    await I.wait(MINUTE);
    await Promise.all([1, 2, 3, 4, 5, 6].map(() => I.fresh(customer, "spf-hard-fail")));
    expect(await told(customer, "step-done")).toContain("step-done");
    const done = await house.deps.store.events.list(customer.scope, { kinds: ["step-done"], step: "spf-hard-fail" });
    expect(done).toHaveLength(1);
  });
});

describe("a step of which only part could be read", () => {
  it("needs the admin when that part is wrong: consent without the Exchange role", async () => {
    const customer = await house.customer("no-role", { access: "none" });
    const { url, cookie } = house.uc.consent.begin(customer.scope, "/");
    const back = await house.sandbox.submit(url, { account: customer.visitor.oid, decision: "accept" });
    const params = Object.fromEntries(back?.searchParams ?? []);
    expect(await house.uc.consent.finish(customer.scope, params, cookie.value)).toMatchObject({ ok: true });
    await house.uc.checkAll(customer.scope);
    const list = await house.uc.taskList(customer.scope, customer.visitor);
    expect(list).toMatchObject({ ok: true, value: { next: { id: "connect-tenant", status: { code: "needs-you" } } } });
  });
});

describe("a step that a script read", () => {
  it("says who uploaded the answers and when the script ran; what Cutover asks itself is its own", async () => {
    const customer = await house.customer("fresh", { access: "without" });
    const { scope } = customer;
    const [domain = ""] = customer.tenant.domains.map((d) => d.id);
    await house.uc.saveSettings(scope, "choose-domains", { domains: domain, profile: "cloudflare" });
    const made = await house.uc.queryScript(scope, "allow-list");
    if (!made.ok) throw new Error(made.problem.say);
    const run = await openConsole(sandboxAt(house.sandbox.url), customer.tenant);
    await house.deps.clock.refresh();
    const ranAt = house.deps.clock.now() - 20_000;
    const file = JSON.stringify({ ...JSON.parse(await run(made.value.text)), at: new Date(ranAt).toISOString() });
    await I.wait(3 * HOUR);
    expect(await house.uc.upload(scope, { step: "allow-list", text: file, name: "answers.json" })).toMatchObject({ ok: true });
    expect(await I.fresh(customer, "allow-list")).toMatchObject({ source: "upload", by: "Admin", at: ranAt });
    expect((await I.stored(customer, "allow-list")).last).toMatchObject({ source: "upload", by: "Admin", at: ranAt });
    const own = await I.fresh(customer, "mx-ttl");
    expect(own).toMatchObject({ source: "asked", by: null });
    expect(house.deps.clock.now() - own.at).toBeLessThan(MINUTE);
  });

  it("a file that claims a time to come, or one before its script was made, is as old as can be", async () => {
    const customer = await house.customer("fresh", { access: "without" });
    const { scope } = customer;
    const made = await house.uc.queryScript(scope, "organization-customization");
    const madeAt = house.deps.clock.now();
    if (!made.ok) throw new Error(made.problem.say);
    const run = await openConsole(sandboxAt(house.sandbox.url), customer.tenant);
    await house.deps.clock.refresh();
    const said: unknown = JSON.parse(await run(made.value.text));
    const uploaded = async (at: string) => {
      const text = JSON.stringify({ ...Object(said), at });
      expect(await house.uc.upload(scope, { step: "organization-customization", text, name: "a.json" })).toMatchObject({ ok: true });
      return (await I.fresh(customer, "organization-customization")).at;
    };
    expect(Math.abs((await uploaded("1999-01-01T00:00:00Z")) - madeAt)).toBeLessThan(MINUTE);
    expect(await uploaded("2999-01-01T00:00:00Z")).toBeLessThanOrEqual(house.deps.clock.now());
  });
});

it("how Cutover may work with a tenant is no form's business", async () => {
  const customer = await house.customer("fresh", { access: "without" });
  const saved = await house.uc.saveSettings(customer.scope, "connect-tenant", { access: "consent" });
  expect(saved).toMatchObject({ ok: false, problem: { code: "rejected", fix: expect.any(String) } });
  expect((await house.deps.store.settings.all(customer.scope))["connect-tenant"]?.value).toMatchObject({ access: "without" });
});

it("a reason with a character that no database keeps is refused at its field", async () => {
  const customer = await house.customer("fresh", { access: "none" });
  for (const reason of ["not\0 needed", "not \ud800 needed"])
    expect(await house.uc.skip(customer.scope, "allow-list", reason)).toMatchObject({ ok: false, fields: { reason: expect.any(String) } });
});
