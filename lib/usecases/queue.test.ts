/** Support's queue: who may see it, what each row says, and that searching, sorting and paging lose nobody. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profileOf } from "@/lib/profiles/all";
import { scopeForArrival } from "./access";
import { type Customer, type Practice, startPractice } from "./practice";
import { stepById } from "./setup";
import { MINUTE, verbs } from "./testing";
import type { QueueRow, QueueView, Visitor } from "./views";

let house: Practice;
let does: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  does = verbs(house);
});
afterAll(() => house.stop());

const staff: Visitor = {
  tenant: "0be7a700-0000-4000-8000-000000000001",
  oid: "staff",
  name: "Support desk",
  upn: "support@cutover.example",
  isStaff: true,
  hasRole: false,
  hasMailRole: false,
};
const titleOf = (step: string) => stepById(step)?.texts(profileOf("cloudflare")).title;

async function page(ask: { readonly search?: string; readonly sort?: string; readonly after?: string } = {}): Promise<QueueView> {
  const view = await house.uc.queue(staff, ask);
  if (!view.ok) throw new Error(view.problem.say);
  return view.value;
}

async function every(ask: { readonly search?: string; readonly sort?: string }): Promise<readonly QueueRow[]> {
  const rows: QueueRow[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const view: QueueView = await page({ ...ask, after });
    rows.push(...view.rows);
    after = view.after;
    if (rows.length > 500) throw new Error("The pages have no end.");
  }
  return rows;
}

async function rowOf({ tenant }: Customer): Promise<QueueRow> {
  const { rows } = await page({ search: tenant.id });
  const [row] = rows;
  if (rows.length !== 1 || !row) throw new Error(`${rows.length} rows for one tenant.`);
  return row;
}

/** A company that arrived, and nothing else. */
async function company(name: string, at: number): Promise<string> {
  const visitor: Visitor = { ...staff, tenant: randomUUID(), isStaff: false, hasRole: true, hasMailRole: false };
  await house.deps.store.tenants.arrive(scopeForArrival(visitor), { name, at });
  return visitor.tenant;
}

describe("the queue", () => {
  it("is there for staff only, and for others it does not exist", async () => {
    const { visitor } = await house.customer("fresh", { access: "none" });
    for (const other of [null, visitor, { ...visitor, hasRole: true, hasMailRole: false }])
      expect(await house.uc.queue(other, {})).toEqual({ ok: false, problem: { code: "gone", say: "There is nothing here for you." } });
  });

  it("shows sixty companies by pages, each once, in the order asked for, also those that share a name or a moment", async () => {
    const start = house.deps.clock.now() - 60 * MINUTE;
    const names = Array.from({ length: 60 }, (_, i) =>
      i === 0 ? "" : i % 3 === 0 ? "Gleichheit GmbH" : `Queue ${String(i).padStart(2, "0")} é%_`,
    );
    const ids: string[] = [];
    for (const [i, name] of names.entries()) ids.push(await company(name, start + Math.floor(i / 2) * 1_000));
    const sorted = new Map<string, readonly QueueRow[]>();
    for (const sort of ["oldest", "newest", "name", "nonsense"]) {
      const rows = await every({ sort });
      const seen = rows.map((row) => row.tenant);
      expect(new Set(seen).size, sort).toBe(seen.length);
      expect(
        ids.filter((id) => !seen.includes(id)),
        sort,
      ).toEqual([]);
      sorted.set(
        sort,
        rows.filter((row) => ids.includes(row.tenant)),
      );
    }
    const since = sorted.get("oldest")?.map((row) => row.since) ?? [];
    expect(since).toEqual([...since].sort((a, b) => a - b));
    expect(sorted.get("newest")?.map((row) => row.since)).toEqual([...since].sort((a, b) => b - a));
    expect(sorted.get("name")?.[0]?.name).toBe("");
    expect(sorted.get("nonsense")).toEqual(sorted.get("oldest"));
  });

  it("is searched by company, by chosen domain and by tenant id, and takes what is typed as text", async () => {
    const customer = await house.customer("fresh", { access: "without" });
    const [domain = ""] = customer.tenant.domains.map((d) => d.id);
    await house.uc.saveSettings(customer.scope, "choose-domains", { domains: domain, profile: "cloudflare" });
    const found = async (search: string) => (await page({ search })).rows.map((row) => row.tenant);
    expect(await found(` ${domain.toUpperCase()} `)).toContain(customer.tenant.id);
    expect(await found(customer.tenant.id)).toEqual([customer.tenant.id]);
    expect(await found(customer.tenant.name.toLowerCase())).toContain(customer.tenant.id);
    expect((await every({ search: "é%_" })).length).toBeGreaterThan(0);
    expect(await found("%_%_nobody")).toEqual([]);
    for (const search of ["' OR 1=1 --", "\\", "x".repeat(5_000), "\ud800nobody"]) expect(await found(search), search).toEqual([]);
    expect((await page({ search: "\0" })).rows.length).toBeGreaterThan(0);
  });

  it("begins at the first page where the address names none", async () => {
    const first = await page({ sort: "oldest" });
    const id = randomUUID();
    for (const after of [
      "x",
      `${id}.`,
      `${id}.abc`,
      `${id}.1e999`,
      `${"-".repeat(36)}.1`,
      `${id}.1;drop table tenant`,
      "\0",
      "a".repeat(10_000),
    ])
      expect((await page({ sort: "oldest", after })).rows, after).toEqual(first.rows);
    for (const after of [`${id}.\0`, `${"0".repeat(36)}.a`]) expect((await page({ sort: "name", after })).rows.length).toBeGreaterThan(0);
  });
});

describe("a row", () => {
  it("of a company that just came says that nothing was begun, since when, and what is first", async () => {
    const customer = await house.customer("fresh", { access: "none" });
    const row = await rowOf(customer);
    expect(row).toMatchObject({ step: titleOf("connect-tenant"), next: titleOf("connect-tenant"), status: { code: "not-started" } });
    expect(row.why).toBe("");
    expect(Math.abs(row.since - house.deps.clock.now())).toBeLessThan(MINUTE); // a followed clock is known but roughly
    expect(row.href).toBe(`/t/${customer.tenant.id}/connect/connect-tenant`);
  });

  it("of a company at work names the first step that is not done, and what was done last", async () => {
    const customer = await house.customer("fresh");
    await does.chooseDomains(customer);
    await house.uc.checkAll(customer.scope);
    const row = await rowOf(customer);
    expect(row.why).toMatch(/^\S/);
    expect(row.next).toBe(row.step);
    expect(row.status.code).not.toBe("done");
  });

  it("says what stopped, until the step is seen done or is skipped", async () => {
    const customer = await house.customer("fresh");
    await does.chooseDomains(customer);
    const { id } = await does.does(customer, "allow-list", { way: "hand" });
    const problem = { code: "rejected", say: "Exchange refused it.", fix: "Look." } as const;
    await house.deps.store.runs.move(customer.scope, id, { state: "stopped", at: house.deps.clock.now(), problem });
    expect(await rowOf(customer)).toMatchObject({ step: titleOf("allow-list"), status: { code: "problem" }, why: problem.say });
    await house.uc.skip(customer.scope, "allow-list", "Somebody else does it.");
    expect(await rowOf(customer)).not.toMatchObject({ step: titleOf("allow-list") });
    await house.uc.unskip(customer.scope, "allow-list");
    expect(await rowOf(customer)).toMatchObject({ step: titleOf("allow-list"), status: { code: "problem" } });
    const first = (await every({ sort: "oldest" })).findIndex((row) => row.tenant === customer.tenant.id);
    await house.deps.store.events.add(customer.scope, { kind: "step-done", at: house.deps.clock.now(), step: "allow-list" });
    expect(await rowOf(customer)).not.toMatchObject({ step: titleOf("allow-list") });
    expect((await every({ sort: "oldest" })).findIndex((row) => row.tenant === customer.tenant.id)).toBeGreaterThan(first);
  });

  it("says whom a run waits for, and the one that stopped comes before it", async () => {
    const customer = await house.customer("fresh");
    await does.chooseDomains(customer);
    await does.does(customer, "spf-hard-fail", { way: "hand" });
    expect(await rowOf(customer)).toMatchObject({ step: titleOf("spf-hard-fail"), status: { code: "needs-you", say: "Needs the admin" } });
    const { id } = await does.does(customer, "inbound-connector", { way: "hand" });
    const problem = { code: "rejected", say: "Exchange refused it.", fix: "Look." } as const;
    await house.deps.store.runs.move(customer.scope, id, { state: "stopped", at: house.deps.clock.now(), problem });
    expect(await rowOf(customer)).toMatchObject({ step: titleOf("inbound-connector"), status: { code: "problem" }, why: problem.say });
    expect((await every({ sort: "oldest" }))[0]).toMatchObject({ tenant: customer.tenant.id });
  });

  it("says until when it waits", async () => {
    const customer = await house.customer("day-ttl");
    await does.chooseDomains(customer);
    const now = house.deps.clock.now();
    await house.deps.store.watches.begin(customer.scope, { step: "mx-ttl", dueAt: now + MINUTE, since: now, deadline: now + 2 * MINUTE });
    expect(await rowOf(customer)).toMatchObject({
      step: titleOf("mx-ttl"),
      status: { code: "waiting", at: expect.any(Number) },
      why: "It looks again by itself.",
    });
  });

  it("of a company that has finished has nothing next", async () => {
    const customer = await house.customer("fresh", { access: "none" });
    const at = house.deps.clock.now();
    const list = await house.uc.taskList(customer.scope, customer.visitor);
    const steps = list.ok ? list.value.tracks.flatMap((track) => track.steps.map((step) => step.id)) : [];
    for (const step of steps) await house.deps.store.events.add(customer.scope, { kind: "step-done", at, step });
    expect(await rowOf(customer)).toMatchObject({
      step: "All steps are done",
      next: "Nothing",
      status: { code: "done" },
      since: at,
      href: `/t/${customer.tenant.id}`,
    });
  });
});
