/** What would be refused, from the first press of the button to the file: over the sandbox, a real database, and workers that die. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstPosition } from "@/lib/model/trace";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import { type Customer, type Practice, startPractice } from "./practice";
import { MINUTE, verbs } from "./testing";
import type { TraceReportView } from "./views/trace";

let house: Practice;
let I: ReturnType<typeof verbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
});
afterAll(() => house.stop());

const traits = (customer: Customer, traceRows: number) => I.edit(customer, ["traits", "traceRows"], traceRows);
const report = async ({ scope, visitor }: Customer): Promise<TraceReportView> => {
  const page = await house.uc.rejected.page(scope, visitor);
  if (!page.ok || !page.value.report) throw new Error("There is no report.");
  return page.value.report;
};
const begin = async (customer: Customer): Promise<string> => {
  expect(await house.uc.rejected.begin(customer.scope, 10)).toMatchObject({ ok: true });
  return (await report(customer)).id;
};
const work = (customer: Customer, id: string, uc = house.uc) => uc.work.traceReport({ tenant: customer.scope.tenant, report: id });
const queries = async (customer: Customer) =>
  (await I.received(customer)).filter((one) => one.cmdlet === "Get-MessageTraceV2" && one.status < 300).length;

/** Until it is over, as the sweep and the queue would. */
async function readOut(customer: Customer, id: string): Promise<TraceReportView> {
  for (let round = 0; round < 40; round++) {
    await work(customer, id);
    const now = await report(customer);
    if (now.state === "waiting") {
      await I.wait(Math.max(1_000, (now.retryAt ?? 0) - house.deps.clock.now() + 1_000));
      await house.uc.work.due();
    } else if (now.state !== "queued" && now.state !== "running") return now;
  }
  throw new Error("The report was never over.");
}

async function file({ scope }: Customer): Promise<string> {
  const made = await house.uc.rejected.csv(scope);
  if (!made.ok) throw new Error(made.problem.say);
  let text = "";
  for await (const part of made.value.texts) text += part;
  return text;
}

const sum = (view: TraceReportView) => Object.values(view.counts).reduce((a, b) => a + b, 0);

describe("a tenant whose devices and services send past its mail records", () => {
  it("32, 33, 3, 36: each is named before the lock, with a remedy; every row is accounted for", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    const id = await begin(customer);
    const over = await readOut(customer, id);
    expect(over).toMatchObject({ state: "done", share: 1, problem: null });
    expect(over.rows).toBeGreaterThan(1_800);
    expect(sum(over)).toBe(over.rows);
    const of = (reason: string) => over.reasons.find((one) => one.reason === reason);
    expect(of("device")?.rows.map((row) => row.range)).toContain("198.51.100.0/24");
    expect(of("device")?.rows.flatMap((row) => row.senders.split(", "))).toEqual(
      expect.arrayContaining([`scanner@${customer.tenant.domains[0]?.id}`, `erp@${customer.tenant.domains[0]?.id}`]),
    );
    expect(of("initial-domain")?.rows[0]?.recipients).toContain("onmicrosoft.com");
    for (const { remedy, count } of over.reasons) expect([remedy.length > 20, count > 0]).toEqual([true, true]);
    // Its mail records are Microsoft's still: what is no device's is ordinary mail, and the page says so.
    expect(over.notMoved).toEqual([customer.tenant.domains[0]?.id]);
    expect(of("old-way")?.count).toBeGreaterThan(100);
    expect(over.unseen.join(" ")).toContain("once a month");

    const text = await file(customer);
    expect(text.split("\r\n").length).toBeGreaterThan(over.reasons.length);
    expect(text).toContain("198.51.100.0/24");
  });

  it("the lock's guard is met by the word of a person who has read it, and by nothing else", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    const id = await begin(customer);
    expect(await house.uc.rejected.reviewed(customer.scope, id)).toMatchObject({ ok: false, problem: { code: "not-ready" } });
    await readOut(customer, id);
    const before = await house.deps.store.settings.all(customer.scope);
    expect(before["lock-down"]).toBeUndefined();
    expect(await house.uc.rejected.reviewed(customer.scope, id)).toMatchObject({ ok: true });
    const { "lock-down": saved } = await house.deps.store.settings.all(customer.scope);
    expect(saved).toMatchObject({
      by: customer.scope.actor,
      value: { reviewed: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), turnOn: false },
    });
    const page = await house.uc.rejected.page(customer.scope, customer.visitor);
    expect(page).toMatchObject({ ok: true, value: { reviewed: { by: customer.scope.actor.name } } });
  });

  it("22: mail from an address of the vendor that is not on the list stands apart", async () => {
    const customer = await house.customer("fresh");
    const [domain] = await I.chooseDomains(customer);
    const mail = {
      tenant: customer.tenant.id,
      to: `admin@${domain}`,
      from: "a@partner.example",
      subject: "s",
      via: "direct",
      fromIp: "104.31.9.9",
    };
    await house.sandbox.control("mail", mail);
    const over = await readOut(customer, await begin(customer));
    expect(over.reasons.map((one) => [one.reason, one.count])).toEqual([["vendor-missing", 1]]);
  });

  it("a hybrid tenant's own server is told, and told to go on working", async () => {
    const customer = await house.customer("hybrid");
    const [domain] = await I.chooseDomains(customer);
    const mail = {
      tenant: customer.tenant.id,
      to: `admin@${domain}`,
      from: `app@${domain}`,
      subject: "s",
      via: "direct",
      fromIp: "198.51.100.60",
    };
    await house.sandbox.control("mail", mail);
    const over = await readOut(customer, await begin(customer));
    expect(over.reasons).toMatchObject([{ reason: "on-premises", isKept: true, rows: [{ because: "Inbound from the company's server" }] }]);
  });
});

describe("a tenant with much mail", () => {
  it("waits for the service's quota, says until when, and goes on where it stood", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    await traits(customer, 18_500); // well within four pages of 5,000
    const instant = firstPosition({ from: house.deps.clock.now() - 1_000, until: house.deps.clock.now() });
    for (let n = 0; n < 98; n++) expect(await house.deps.traces.page(customer.scope.tenant, instant)).toMatchObject({ ok: true });
    const id = await begin(customer);
    const seen: string[] = [];
    for (let round = 0; round < 10 && (await report(customer)).state !== "done"; round++) {
      await work(customer, id);
      const now = await report(customer);
      seen.push(now.state);
      if (now.state === "waiting") {
        expect(now).toMatchObject({ pages: 2, problem: { code: "throttled" } });
        expect(now.retryAt).toBeGreaterThan(house.deps.clock.now());
        await I.wait((now.retryAt ?? 0) - house.deps.clock.now() + 1_000);
        await house.uc.work.due();
        expect((await report(customer)).state).toBe("queued");
      }
    }
    const over = await report(customer);
    expect(seen).toEqual(["waiting", "done"]);
    expect(over).toMatchObject({ state: "done", pages: 4, problem: null });
    expect(sum(over)).toBe(over.rows);
  });

  it("a worker that dies in the middle loses and doubles nothing, and two at once do the work of one", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    await traits(customer, 30_000);
    const whole = await readOut(customer, await begin(customer));

    const id = await begin(customer);
    let pages = 0;
    const page: Deps["traces"]["page"] = (tenant, position) => {
      pages += 1;
      if (pages === 3) throw new Error("killed");
      return house.deps.traces.page(tenant, position);
    };
    const dying = cutover({ ...house.deps, traces: { page } });
    await expect(work(customer, id, dying)).rejects.toThrow("killed");
    expect(await report(customer)).toMatchObject({ state: "running", pages: 2 });

    const worker = I.worker();
    await worker.due();
    expect(worker.timesGiven({ report: id })).toBe(0); // it may be at work still
    await I.wait(2 * MINUTE);
    await worker.due();
    await worker.due();
    expect(worker.timesGiven({ report: id })).toBe(1);
    const before = await queries(customer);
    const second = cutover(house.deps);
    await Promise.all([work(customer, id), work(customer, id, second), work(customer, id)]);
    const over = await report(customer);
    expect(over.state).toBe("done");
    expect((await queries(customer)) - before).toBe(over.pages - 2);
    expect(over.pages).toBe(whole.pages);
    // Made some minutes later: the same history, but for what came and went at the window's ends.
    expect(Math.abs(over.rows - whole.rows)).toBeLessThan(100);
    expect(sum(over)).toBe(over.rows);
  });

  it("can be called off in the middle and made anew; only one is made at a time", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    await traits(customer, 20_000);
    const id = await begin(customer);
    expect(await house.uc.rejected.begin(customer.scope, 10)).toMatchObject({ ok: false, problem: { code: "busy" } });
    let pages = 0;
    const page: Deps["traces"]["page"] = async (tenant, position) => {
      pages += 1;
      if (pages === 2) await house.uc.rejected.cancel(customer.scope, id);
      return house.deps.traces.page(tenant, position);
    };
    await work(customer, id, cutover({ ...house.deps, traces: { page } }));
    expect(await report(customer)).toMatchObject({ state: "cancelled", pages: 1 });
    expect(pages).toBe(2);
    const next = await begin(customer);
    expect(next).not.toBe(id);
    expect((await readOut(customer, next)).state).toBe("done");
    expect(await house.deps.store.traceReports.find(customer.scope, id)).toBeNull(); // people's addresses are kept no longer than needed
  });

  it("passing trouble is waited for, longer each time; then it stops, says why, and can be let go on", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    const id = await begin(customer);
    const page: Deps["traces"]["page"] = async () => ({
      ok: false,
      problem: { code: "unreachable", say: "Exchange Online did not answer." },
    });
    const cut = cutover({ ...house.deps, traces: { page } });
    const pauses: number[] = [];
    for (let round = 0; round < 20 && (await report(customer)).state !== "stopped"; round++) {
      await work(customer, id, cut);
      const { state, retryAt } = await report(customer);
      if (state !== "waiting") continue;
      pauses.push((retryAt ?? 0) - house.deps.clock.now());
      await I.wait((retryAt ?? 0) - house.deps.clock.now() + 1_000);
      await house.uc.work.due();
    }
    expect(pauses.length).toBe(6);
    expect(pauses.at(-1)).toBeGreaterThan(pauses[0] ?? 0);
    expect(await report(customer)).toMatchObject({ state: "stopped", problem: { code: "unreachable" } });
    expect(await house.uc.rejected.resume(customer.scope, id)).toMatchObject({ ok: true });
    expect((await readOut(customer, id)).state).toBe("done");
  });
});

describe("whoever may not", () => {
  it("a tenant without access is told so, and gets the command to run", async () => {
    const customer = await house.customer("direct-senders", { access: "without" });
    expect(await house.uc.rejected.begin(customer.scope, 10)).toMatchObject({
      ok: false,
      problem: { code: "not-asked", step: "connect-tenant" },
    });
    const page = await house.uc.rejected.page(customer.scope, customer.visitor);
    expect(page).toMatchObject({ ok: true, value: { report: null, script: expect.stringContaining("Get-MessageTraceV2") } });
  });

  it("access that is withdrawn between two pages stops the report, which says so, and does not go on until access is back", async () => {
    const customer = await house.customer("direct-senders");
    await I.chooseDomains(customer);
    await traits(customer, 20_000);
    const id = await begin(customer);
    let pages = 0;
    const page: Deps["traces"]["page"] = async (tenant, position) => {
      pages += 1;
      if (pages === 2) await house.deps.store.tenants.edit(customer.scope, { access: "without" });
      return house.deps.traces.page(tenant, position);
    };
    await work(customer, id, cutover({ ...house.deps, traces: { page } }));
    const barred = { code: "not-asked", step: "connect-tenant" };
    expect(await report(customer)).toMatchObject({ state: "stopped", pages: 2, problem: barred });
    expect(await house.uc.rejected.resume(customer.scope, id)).toMatchObject({ ok: false, problem: barred });
    expect(await house.uc.rejected.begin(customer.scope, 10)).toMatchObject({ ok: false, problem: barred });
    await work(customer, id);
    expect(await report(customer)).toMatchObject({ state: "stopped", pages: 2 });

    await house.deps.store.tenants.edit(customer.scope, { access: "consent" });
    expect(await house.uc.rejected.resume(customer.scope, id)).toMatchObject({ ok: true });
    const over = await readOut(customer, id);
    expect(over).toMatchObject({ state: "done", problem: null });
    expect(sum(over)).toBe(over.rows);
  });

  it("a report that was begun and lost its access before a worker came reads nothing", async () => {
    const customer = await house.customer("direct-senders");
    const id = await begin(customer);
    const before = await queries(customer);
    await house.deps.store.tenants.edit(customer.scope, { access: "without" });
    await work(customer, id);
    expect(await report(customer)).toMatchObject({ state: "stopped", pages: 0, problem: { code: "not-asked" } });
    expect(await queries(customer)).toBe(before);
  });

  it("another tenant finds nothing of it, by its id neither", async () => {
    const [one, other] = [await house.customer("direct-senders"), await house.customer("fresh")];
    const id = await begin(one);
    expect(await house.deps.store.traceReports.find(other.scope, id)).toBeNull();
    expect(await house.uc.rejected.cancel(other.scope, id)).toMatchObject({ ok: false });
    expect(await house.uc.rejected.csv(other.scope)).toMatchObject({ ok: false, problem: { code: "gone" } });
    await work(other, id);
    expect(await report(one)).toMatchObject({ state: "queued", pages: 0 });
  });
});
