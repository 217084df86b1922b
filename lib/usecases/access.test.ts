/** Who may touch a tenant's data, how long a session lasts, and what is believed of a browser that comes back from Microsoft. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxTenant } from "@/lib/clouds/sandbox-process";
import { hashOf, open, SESSION, visitorOf } from "./access";
import { attemptCookie, ownPath, readAttempt } from "./attempt";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import { type Customer, type Practice, startPractice } from "./practice";
import { DAY, HOUR, MINUTE, SECOND } from "./testing";
import type { Visitor } from "./views";

let house: Practice;
let fabrikam: Customer;
let contoso: Customer;
beforeAll(async () => {
  house = await startPractice();
  fabrikam = await house.customer("fresh", { access: "none" });
  contoso = await house.customer("fresh", { access: "none" });
});
afterAll(() => house.stop());

const NOBODY = "99999999-0000-4000-8000-000000000099";
const OPERATOR = "0be7a700-0000-4000-8000-000000000001";

function personOf({ tenant }: Customer, part: string): Visitor {
  const user = tenant.users.find((one) => one.upn.startsWith(`${part}@`));
  return { tenant: tenant.id, oid: user?.id ?? "", name: part, upn: user?.upn ?? "", isStaff: false, hasRole: false, hasMailRole: false };
}
const staff: Visitor = {
  tenant: OPERATOR,
  oid: "staff",
  name: "Support desk",
  upn: "support@cutover.example",
  isStaff: true,
  hasRole: false,
  hasMailRole: false,
};

/** The house with a wall clock that the test moves. */
function houseAt(start: number) {
  const wall = { at: start };
  const deps: Deps = { ...house.deps, wall: { now: () => wall.at } };
  return { wall, deps, uc: cutover(deps) };
}

async function signedIn(
  uc: Practice["uc"],
  tenant: SandboxTenant,
  part = "admin",
  userAgent: string | null = "a browser",
): Promise<string> {
  const begun = await uc.signIn.begin({ returnTo: "/" });
  if (!begun.ok) throw new Error(begun.problem.say);
  const account = tenant.users.find((user) => user.upn.startsWith(`${part}@`))?.id ?? "";
  const back = await house.sandbox.submit(begun.value.url, { account });
  const params = Object.fromEntries(back?.searchParams ?? []);
  const finished = await uc.signIn.finish({ params, attempt: begun.value.cookie.value, userAgent });
  if (!finished.ok) throw new Error(finished.problem.say);
  return finished.value.token;
}

describe("the right to a tenant", () => {
  it("is refused to an outsider in the same words whether the tenant exists or not", async () => {
    const there = await house.uc.open(contoso.visitor, fabrikam.tenant.id);
    expect(there).toMatchObject({ ok: false, problem: { code: "gone" } });
    expect(await house.uc.open(contoso.visitor, NOBODY)).toEqual(there);
    expect(await house.uc.open(staff, NOBODY)).toEqual(there);
    expect(await house.uc.open(null, fabrikam.tenant.id)).toEqual(there);
  });

  it("is refused for an address that is no tenant id, without asking the database", async () => {
    const deps: Deps = {
      ...house.deps,
      store: { ...house.deps.store, tenants: { ...house.deps.store.tenants, find: () => expect.unreachable() } },
    };
    for (const id of ["", "x", "../..", `${fabrikam.tenant.id}'`, `${fabrikam.tenant.id}\0`, "{}", "a".repeat(10_000)])
      expect(await open(deps)(staff, id)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("is denied to a colleague without a role, who may see whom to ask", async () => {
    await signedIn(house.uc, fabrikam.tenant);
    const employee = personOf(fabrikam, "employee");
    expect(await house.uc.open(employee, fabrikam.tenant.id)).toMatchObject({ ok: false, problem: { code: "denied" } });
    const people = await house.uc.peopleForDenied(employee);
    expect(people).toMatchObject({
      ok: true,
      value: { head: { access: "unknown" }, people: [{ upn: fabrikam.visitor.upn, why: "Global Administrator" }] },
    });
  });

  it("comes with an invitation and goes with it", async () => {
    const employee = personOf(fabrikam, "employee");
    expect(await house.uc.invite(fabrikam.scope, fabrikam.visitor, ` ${employee.upn.toUpperCase()} `)).toMatchObject({ ok: true });
    expect(await house.uc.open(employee, fabrikam.tenant.id)).toMatchObject({ ok: true });
    expect(await house.uc.open({ ...employee, tenant: contoso.tenant.id }, contoso.tenant.id)).toMatchObject({
      ok: false,
      problem: { code: "denied" },
    });
    // Who was invited acts, but invites nobody.
    expect(await house.uc.invite(fabrikam.scope, employee, "third@fabrikam.example")).toMatchObject({
      ok: false,
      problem: { code: "denied" },
    });
    expect(await house.uc.uninvite(fabrikam.scope, fabrikam.visitor, employee.upn)).toMatchObject({ ok: true });
    expect(await house.uc.open(employee, fabrikam.tenant.id)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(await house.uc.uninvite(fabrikam.scope, fabrikam.visitor, employee.upn)).toMatchObject({ ok: false, problem: { code: "gone" } });
    const told = await house.uc.activity(fabrikam.scope, fabrikam.visitor);
    expect(told.ok && told.value.events.map((e) => e.say)).toEqual([
      `took back the invitation of ${employee.upn}`,
      `invited ${employee.upn}`,
    ]);
  });

  it("is not given by an invitation of what is no sign-in name", async () => {
    for (const upn of [
      "",
      "employee",
      "a@b@c",
      "a b@fabrikam.example",
      `a\0@fabrikam.example`,
      `${"a".repeat(65)}@fabrikam.example`,
      "\ud800@fabrikam.example",
    ])
      expect(await house.uc.invite(fabrikam.scope, fabrikam.visitor, upn), upn).toMatchObject({
        ok: false,
        problem: { code: "rejected" },
        fields: { upn: expect.any(String) },
      });
    expect(await house.uc.uninvite(fabrikam.scope, fabrikam.visitor, "a\0")).toMatchObject({ ok: false });
  });

  it("is staff's in every tenant that arrived, under their own name, but they invite nobody", async () => {
    const scope = await house.uc.open(staff, fabrikam.tenant.id);
    if (!scope.ok) throw new Error(scope.problem.say);
    expect(scope.value.actor).toEqual({ kind: "staff", id: "staff", name: "Support desk" });
    expect(await house.uc.invite(scope.value, staff, "somebody@fabrikam.example")).toMatchObject({
      ok: false,
      problem: { code: "denied" },
    });
    expect(await house.uc.uninvite(scope.value, staff, "somebody@fabrikam.example")).toMatchObject({
      ok: false,
      problem: { code: "denied" },
    });
  });

  it("is not staff's because another tenant calls a role Support.Staff", () => {
    const person = { oid: "x", name: "X", upn: "x@fabrikam.example", directoryRoles: [], appRoles: ["Support.Staff"] };
    expect(visitorOf(house.deps, { ...person, tenant: fabrikam.tenant.id })).toMatchObject({
      isStaff: false,
      hasRole: false,
      hasMailRole: false,
    });
    expect(visitorOf(house.deps, { ...person, tenant: OPERATOR })).toMatchObject({ isStaff: true });
    expect(visitorOf({ ...house.deps, operatorTenant: undefined }, { ...person, tenant: OPERATOR })).toMatchObject({ isStaff: false });
    expect(visitorOf(house.deps, { ...person, tenant: OPERATOR, directoryRoles: ["constructor", "__proto__"] })).toMatchObject({
      hasRole: false,
      hasMailRole: false,
    });
  });
});

describe("what comes back from Microsoft", () => {
  it("leads only to pages of our own", () => {
    const foreign = [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "\\\\evil",
      "javascript:alert(1)",
      "/\t/evil.example",
      "/a b",
      "/x\n",
      "",
      null,
    ];
    for (const path of foreign) expect(ownPath(path), String(path)).toBe("/");
    const encoded = ownPath("/%2F%2Fevil.example");
    expect(new URL(encoded, "https://cutover.example").host).toBe("cutover.example");
    for (const path of ["/", "/support?sort=name&after=x%20y", `/t/${NOBODY}/inbound/allow-list`]) expect(ownPath(path)).toBe(path);
  });

  it("is not believed when the sealed text was tampered with, is late, from elsewhere or no JSON, and nothing throws", () => {
    const { wall, deps } = houseAt(Date.UTC(2026, 0, 1));
    const attempt = { state: "s", returnTo: "/" };
    const { value } = attemptCookie(deps, "cutover-sign-in", attempt);
    expect(readAttempt(deps, "cutover-sign-in", value)).toMatchObject({ ok: true, value: attempt });
    const middle = Math.floor(value.length / 2);
    const tampered = value.slice(0, middle) + (value[middle] === "A" ? "B" : "A") + value.slice(middle + 1);
    const sealed = (text: string) => deps.seal.seal(text, "cutover-sign-in");
    const bad = [
      undefined,
      "",
      "x",
      tampered,
      value.slice(1),
      sealed("not JSON"),
      sealed("null"),
      sealed('{"v":2}'),
      sealed(""),
      "a".repeat(100_000),
    ];
    for (const text of bad) expect(readAttempt(deps, "cutover-sign-in", text)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(readAttempt(deps, "cutover-consent", value)).toMatchObject({ ok: false });
    wall.at += 15 * MINUTE;
    expect(readAttempt(deps, "cutover-sign-in", value)).toMatchObject({
      ok: false,
      problem: { say: expect.stringContaining("fifteen minutes") },
    });
  });
});

describe("a session", () => {
  it("signs in whoever Microsoft says, and writes down once that their company began", async () => {
    const tenant = await house.sandbox.tenant("fresh");
    const token = await signedIn(house.uc, tenant, "admin", `\0${"x".repeat(5_000)}`);
    await signedIn(house.uc, tenant);
    const visitor = await house.uc.signIn.who(token);
    expect(visitor).toMatchObject({ tenant: tenant.id, hasRole: true, isStaff: false });
    if (!visitor) throw new Error("Nobody is signed in.");
    const scope = await house.uc.open(visitor, tenant.id);
    const told = scope.ok ? await house.uc.activity(scope.value, visitor) : scope;
    expect(told.ok && told.value.events.map((e) => e.say)).toEqual(["began the setup"]);
  });

  it("of an employee begins no setup", async () => {
    const tenant = await house.sandbox.tenant("fresh");
    const visitor = await house.uc.signIn.who(await signedIn(house.uc, tenant, "employee"));
    expect(visitor).toMatchObject({ hasRole: false });
    expect(await house.uc.open(staff, tenant.id)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("ends after half a day without a click and after a week in any case", async () => {
    const { wall, uc } = houseAt(Date.now());
    const token = await signedIn(uc, fabrikam.tenant);
    wall.at += SESSION.idleMs;
    expect(await uc.signIn.who(token)).not.toBeNull();
    wall.at += SESSION.idleMs + 1;
    expect(await uc.signIn.who(token)).toBeNull();
    expect(await uc.signIn.renew(token)).toBeNull();
    const used = await signedIn(uc, fabrikam.tenant);
    for (let at = 0; at < 7 * DAY - 6 * HOUR; at += 6 * HOUR) {
      wall.at += 6 * HOUR;
      expect(await uc.signIn.who(used)).not.toBeNull();
    }
    wall.at += 6 * HOUR;
    expect(await uc.signIn.who(used)).toBeNull();
  });

  it("changes its cookie every hour; the one before is good for a minute more", async () => {
    const { wall, uc } = houseAt(Date.now());
    const token = await signedIn(uc, fabrikam.tenant);
    expect(await uc.signIn.renew(token)).toBeNull();
    wall.at += HOUR;
    const [one, other] = await Promise.all([uc.signIn.renew(token), uc.signIn.renew(token)]);
    const fresh = one ?? other;
    expect([one, other].filter((renewed) => renewed !== null)).toHaveLength(1);
    expect(fresh?.maxAge).toBe((7 * DAY - HOUR) / 1_000);
    wall.at += 59 * SECOND;
    expect(await uc.signIn.who(token)).not.toBeNull();
    expect(await uc.signIn.renew(token)).toBeNull();
    wall.at += SECOND;
    expect(await uc.signIn.who(token)).toBeNull();
    expect(await uc.signIn.who(fresh?.token)).not.toBeNull();
  });

  it("ends when its person signs out, with the cookie value of a minute ago too", async () => {
    const { wall, uc } = houseAt(Date.now());
    const elsewhere = await signedIn(uc, contoso.tenant);
    wall.at += SECOND;
    const token = await signedIn(uc, contoso.tenant);
    wall.at += HOUR;
    const fresh = await uc.signIn.renew(token);
    await uc.signIn.out(fresh?.token);
    expect(await uc.signIn.who(fresh?.token)).toBeNull();
    expect(await uc.signIn.who(token)).toBeNull();
    expect(await uc.signIn.who(elsewhere)).not.toBeNull();
    await uc.signIn.out(undefined);
    await uc.signIn.out("nobody's");
  });

  it("ends when it is revoked", async () => {
    const token = await signedIn(house.uc, contoso.tenant);
    await house.deps.store.sessions.revoke(hashOf(token), Date.now());
    expect(await house.uc.signIn.who(token)).toBeNull();
    expect(await house.uc.signIn.who("made up")).toBeNull();
    expect(await house.uc.signIn.who(undefined)).toBeNull();
  });
});
