/** Consent as admins meet it: given, half given, not given, and taken back; each told in a sentence of its own. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Result } from "@/lib/base/result";
import { cutover } from "./cutover";
import { type Customer, type Practice, startPractice } from "./practice";
import { HOUR, MINUTE, verbs } from "./testing";

let house: Practice;
let does: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  does = verbs(house);
});
afterAll(() => house.stop());

type Form = Readonly<Record<string, string>>;

/** Off to Microsoft's page and back, as a browser would. `forged` overwrites what comes back. */
async function asked(customer: Customer, form: Form, forged: Form = {}): Promise<Result<null>> {
  const { url, cookie } = house.uc.consent.begin(customer.scope, "/");
  const back = await house.sandbox.submit(url, form);
  const params = { ...Object.fromEntries(back?.searchParams ?? []), ...forged };
  await house.sandbox.clock.refresh();
  await house.deps.clock.refresh();
  return house.uc.consent.finish(customer.scope, params, cookie.value);
}

const sayOf = (answer: Result<null>): string => (answer.ok ? "" : answer.problem.say);
const portal = ({ tenant }: Customer, section: string, act: string) =>
  house.sandbox.submit(`${house.sandbox.url}/portal/${tenant.id}/${section}`, { do: act });

/** What is stored of it, and what the activity list says, newest first. */
async function standing({ scope, visitor }: Customer) {
  const [tenant, settings, told] = await Promise.all([
    house.deps.store.tenants.find(scope),
    house.deps.store.settings.all(scope),
    house.uc.activity(scope, visitor),
  ]);
  return {
    access: tenant?.access ?? null,
    consentedAt: tenant?.consentedAt ?? null,
    settings: Object.keys(settings),
    said: told.ok ? told.value.events.map((e) => e.say) : [],
  };
}

describe("consent that was not given", () => {
  const nothing = { access: null, consentedAt: null, settings: [] };

  it("is told and recorded each in its own sentence, and gives no access", async () => {
    const customer = await house.customer("fresh", { access: "none" });
    const other = await house.sandbox.tenant("fresh");
    const account = customer.visitor.oid;
    const stranger = other.users.find((user) => user.upn.startsWith("admin@"))?.id ?? "";
    const employee = customer.tenant.users.find((user) => user.upn.startsWith("employee@"))?.id ?? "";
    const accept = { account, decision: "accept" };
    const answers = [
      await asked(customer, { account, decision: "cancel" }),
      await asked(customer, { account: employee, decision: "return" }),
      await asked(customer, { account: stranger, decision: "accept" }),
      await asked(customer, { account, decision: "cancel" }, { error: "constructor", error_description: "AADSTS__proto__" }),
      await asked(customer, { account, decision: "cancel" }, { error: "", error_description: "" }),
      await asked(customer, accept, { state: "somebody else's" }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ ok: false, problem: { say: expect.stringMatching(/^[A-Z].*\.$/), fix: expect.any(String) } });
    const said = answers.map(sayOf);
    expect(said.slice(0, 3)).toEqual([
      "Consent was cancelled, so nothing was granted.",
      "The account that was used may not give consent for the organisation.",
      "Consent was given for another organisation than the one you signed in with.",
    ]);
    expect(await standing(customer)).toEqual({ ...nothing, said: said.map((say) => `tried to give access: ${say}`).reverse() });
  });

  it("is told when it took too long or was begun in another browser", async () => {
    const customer = await house.customer("fresh", { access: "none" });
    const late = cutover({ ...house.deps, wall: { now: () => house.deps.wall.now() + 15 * MINUTE } });
    const { url, cookie } = house.uc.consent.begin(customer.scope, "/");
    const back = await house.sandbox.submit(url, { account: customer.visitor.oid, decision: "accept" });
    const params = Object.fromEntries(back?.searchParams ?? []);
    for (const answer of [
      await late.consent.finish(customer.scope, params, cookie.value),
      await house.uc.consent.finish(customer.scope, params, undefined),
    ])
      expect(sayOf(answer)).toBe("This consent took too long, or was begun in another browser.");
    expect(late.consent.tenantOf(cookie.value)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(await standing(customer)).toMatchObject(nothing);
  });

  it("is not believed of another tenant's attempt", async () => {
    const [customer, other] = [await house.customer("fresh", { access: "none" }), await house.customer("fresh", { access: "none" })];
    const { url, cookie } = house.uc.consent.begin(other.scope, "/");
    const back = await house.sandbox.submit(url, { account: other.visitor.oid, decision: "accept" });
    const answer = await house.uc.consent.finish(customer.scope, Object.fromEntries(back?.searchParams ?? []), cookie.value);
    expect(answer).toMatchObject({ ok: false });
    expect(await standing(customer)).toMatchObject(nothing);
  });

  it("is not recorded when Microsoft gives no token for the tenant, whatever the answer in the address says", async () => {
    const customer = await house.customer("fresh", { access: "none" });
    const begun = house.uc.consent.begin(customer.scope, "/");
    const answer = await house.uc.consent.finish(
      customer.scope,
      { admin_consent: "True", tenant: customer.tenant.id, state: new URL(begun.url).searchParams.get("state") ?? "" },
      begun.cookie.value,
    );
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: "consent-missing", say: expect.stringContaining("has not given this application access") },
    });
    expect(await standing(customer)).toMatchObject(nothing);
  });

  it("leads back only to a page of ours", async () => {
    const customer = await house.customer("fresh", { access: "none" });
    const { cookie } = house.uc.consent.begin(customer.scope, "//evil.example");
    expect(house.uc.consent.tenantOf(cookie.value)).toEqual({ ok: true, value: { tenant: customer.tenant.id, returnTo: "/" } });
  });
});

describe("consent that was given", () => {
  it("is recorded with its time, its setting and its event, and may be given again", async () => {
    const customer = await house.customer("fresh");
    const first = await standing(customer);
    expect(first).toMatchObject({ access: "consent", settings: ["connect-tenant"], said: ["gave Cutover access to Microsoft 365"] });
    expect(Math.abs((first.consentedAt ?? 0) - house.deps.clock.now())).toBeLessThan(5 * MINUTE);
    expect(await asked(customer, { account: customer.visitor.oid, decision: "accept" })).toMatchObject({ ok: true });
    expect((await does.fresh(customer, "connect-tenant")).checks.filter((c) => c.verdict === "fail" || c.verdict === "unknown")).toEqual(
      [],
    );
  });

  it("without the Exchange role lets Graph be read and Exchange not, and names the role (story 40)", async () => {
    const customer = await house.customer("no-role", { access: "none" });
    expect(await asked(customer, { account: customer.visitor.oid, decision: "accept" })).toMatchObject({ ok: true });
    const { checks } = await does.fresh(customer, "connect-tenant");
    const role = checks.find((c) => c.id === "role/exchange-administrator");
    expect(role).toMatchObject({ verdict: "fail", fix: expect.stringContaining("Exchange Administrator") });
    expect(checks.filter((c) => c.id.startsWith("permission/")).map((c) => c.verdict)).toEqual(expect.arrayContaining(["pass"]));
    expect(checks.some((c) => c.id.startsWith("permission/") && c.verdict !== "pass")).toBe(false);
    const list = await does.fresh(customer, "allow-list");
    expect(list.changes).toEqual([]);
    expect(list.checks).toEqual([expect.objectContaining({ verdict: "unknown", saw: expect.stringContaining("Exchange Administrator") })]);
    await portal(customer, "role", "assign");
    await does.wait(MINUTE);
    expect((await does.fresh(customer, "allow-list")).checks.some((c) => c.verdict === "unknown")).toBe(false);
  });

  it("and revoked afterwards is seen by the connect step, also when the application was deleted (story 41)", async () => {
    const customer = await house.customer("fresh");
    expect(await does.status(customer, "connect-tenant")).toBe("done");
    await portal(customer, "consent", "revoke");
    await does.wait(2 * HOUR);
    const revoked = await does.fresh(customer, "connect-tenant");
    expect(revoked.checks.filter((c) => c.verdict === "fail" || c.verdict === "unknown")).not.toEqual([]);
    expect(JSON.stringify(revoked.checks)).toMatch(/grant|consent/i);
    await portal(customer, "consent", "delete");
    await does.wait(2 * HOUR);
    const deleted = await does.fresh(customer, "connect-tenant");
    expect(deleted.checks.map((c) => c.saw).join(" ")).toContain(
      "Your organisation has not given this application access, or has taken it back.",
    );
    expect(await asked(customer, { account: customer.visitor.oid, decision: "accept", exchangeRole: "yes" })).toMatchObject({ ok: true });
    await does.wait(MINUTE);
    expect(await does.status(customer, "connect-tenant")).toBe("done");
  });

  it("may be declined for the way without access, and given later", async () => {
    const customer = await house.customer("fresh", { access: "without" });
    expect(await standing(customer)).toMatchObject({
      access: "without",
      consentedAt: null,
      said: ["goes on without giving Cutover access"],
    });
    expect(await asked(customer, { account: customer.visitor.oid, decision: "accept" })).toMatchObject({ ok: true });
    expect(await standing(customer)).toMatchObject({ access: "consent" });
  });
});
