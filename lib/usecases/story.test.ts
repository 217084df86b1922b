/** The use cases over the whole house: real PostgreSQL, the sandbox as its own process, jobs called by hand. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue, tracks } from "@/lib/steps/index";
import { type Customer, type Practice, startPractice } from "./practice";

let house: Practice;
beforeAll(async () => {
  house = await startPractice();
}, 60_000);
afterAll(() => house.stop());

const MINUTE = 60_000;

async function agreed({ scope }: Customer, step: string, isUndo = false): Promise<string> {
  const plan = await house.uc.makePlan(scope, step, "us", isUndo);
  if (!plan.ok) throw new Error(`${step}: ${plan.problem.say}`);
  const id = /plan\/([0-9a-f-]+)/.exec(plan.value.href)?.[1] ?? "";
  const shown = await house.uc.plan(
    scope,
    { tenant: "", oid: "", name: "", upn: "", isStaff: false, hasRole: true, hasMailRole: false },
    id,
  );
  if (!shown.ok) throw new Error(shown.problem.say);
  const answer = await house.uc.agree(scope, id, { chosen: shown.value.changes.map((c) => c.key), typed: shown.value.typeOneOf[0] ?? "" });
  if (!answer.ok) throw new Error(`${step}: ${answer.problem.say}`);
  await house.uc.work.carryOut({ tenant: scope.tenant, run: id });
  await house.sandbox.advance(10 * MINUTE);
  return id;
}

async function statusOf({ scope, visitor }: Customer, step: string) {
  const fresh = await house.uc.stepFresh(scope, step);
  const view = await house.uc.stepStored(scope, visitor, step);
  if (!view.ok || !fresh.ok) throw new Error(step);
  return { status: view.value.status.code, checks: fresh.value.checks };
}

async function chooseDomains(customer: Customer): Promise<void> {
  const domains = customer.tenant.domains.map((d) => d.id).filter((d) => !d.endsWith("onmicrosoft.com"));
  await house.uc.stepFresh(customer.scope, "choose-domains");
  const saved = await house.uc.saveSettings(customer.scope, "choose-domains", { domains, profile: "cloudflare" });
  expect(saved).toMatchObject({ ok: true });
}

describe("an admin of the fresh tenant", () => {
  it("walks every step that we can do, sees it done, and takes it back to where it was", async () => {
    const customer = await house.customer("fresh");
    expect((await statusOf(customer, "connect-tenant")).checks.filter((c) => c.verdict === "fail" || c.verdict === "unknown")).toEqual([]);
    await chooseDomains(customer);
    expect(await statusOf(customer, "choose-domains")).toMatchObject({ status: "done" });
    for (const step of ["allow-list", "spf-hard-fail", "inbound-connector", "enhanced-filtering"]) {
      const run = await agreed(customer, step);
      const page = await house.uc.run(customer.scope, customer.visitor, run);
      expect(page).toMatchObject({ ok: true, value: { state: "done" } });
      expect((await statusOf(customer, step)).status, step).toBe("done");
    }
    for (const step of ["enhanced-filtering", "inbound-connector", "spf-hard-fail", "allow-list"]) {
      const run = await agreed(customer, step, true);
      expect(await house.uc.run(customer.scope, customer.visitor, run)).toMatchObject({ ok: true, value: { state: "done" } });
    }
  }, 60_000);

  it("sees every step of the tracks they chose in the task list, no other, and what is next", async () => {
    const { scope, visitor } = await house.customer("fresh");
    await house.uc.checkAll(scope);
    const list = await house.uc.taskList(scope, visitor);
    if (!list.ok) throw new Error(list.problem.say);
    const later = tracks.filter(({ id }) => id === "journaling" || id === "retraction").flatMap((track) => track.steps);
    const others = catalogue.map((s) => s.id).filter((id) => !later.includes(id));
    expect(list.value.tracks.flatMap((t) => t.steps.map((s) => s.id))).toEqual(others);
    expect(list.value.next?.id).toBe("choose-domains");
    await house.uc.saveSettings(scope, "choose-domains", { tracks: ["inline", "journaling", "retraction"] });
    const all = await house.uc.taskList(scope, visitor);
    expect(all.ok && all.value.tracks.flatMap((t) => t.steps.map((s) => s.id))).toEqual(catalogue.map((s) => s.id));
  }, 60_000);
});
