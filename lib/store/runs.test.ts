import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TenantScope } from "@/lib/model/scope";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import type { NewRun } from "./runs";
import { planOf, sampleChange, scopeOf, job as sweep } from "./samples";
import { createStore, type Store } from "./store";

let database: FreshDatabase;
let store: Store;
let owner: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.url);
  owner = new pg.Pool({ connectionString: database.url, max: 2 });
});
afterAll(async () => {
  await owner.end();
  await store.close();
  await database.drop();
});

async function arrive(name: string): Promise<TenantScope> {
  const scope = scopeOf(name);
  await store.tenants.arrive(scope, { name, at: 1 });
  return scope;
}

async function newRun(scope: TenantScope, step = "a-step"): Promise<NewRun> {
  const plan = await store.plans.keep(scope, planOf(step));
  const job = { task: "carry-out", payload: { tenant: scope.tenant, run: plan.id }, jobKey: `carry-out:${plan.id}` };
  return { plan: plan.id, step, chosen: null, at: 10, job, event: { kind: "agreed", step, at: 10 } };
}

const jobsOf = async (scope: TenantScope): Promise<number> => {
  const { rows } = await owner.query<{ n: number }>(
    "select count(*)::int as n from graphile_worker._private_jobs where payload->>'tenant' = $1",
    [scope.tenant],
  );
  return rows[0]?.n ?? 0;
};

test("a run begins with its event and its job, all in one", async () => {
  const scope = await arrive("Fabrikam");
  const begun = await store.runs.begin(scope, await newRun(scope));
  expect(begun).toMatchObject({ ok: true, value: { state: "queued", by: scope.actor, startedAt: 10, finishedAt: null } });
  expect((await store.events.list(scope)).map((event) => event.kind)).toEqual(["agreed"]);
  expect(await jobsOf(scope)).toBe(1);
});

test("of many runs begun at once in a tenant one is open, and the others hear that it is busy", async () => {
  const scope = await arrive("Contoso");
  const plans = await Promise.all(Array.from({ length: 8 }, () => newRun(scope)));
  const begun = await Promise.all(plans.map((run) => store.runs.begin(scope, run)));
  expect(begun.filter((one) => one.ok)).toHaveLength(1);
  expect(begun.flatMap((one) => (one.ok ? [] : [one.problem.code]))).toEqual(Array(7).fill("busy"));
  expect(await jobsOf(scope)).toBe(1);
  expect(await store.events.list(scope)).toHaveLength(1);
});

test("agreeing twice to one plan is one run with one job", async () => {
  const scope = await arrive("Litware");
  const run = await newRun(scope);
  const [first, second] = await Promise.all([store.runs.begin(scope, run), store.runs.begin(scope, run)]);
  expect(first).toEqual(second);
  expect(await jobsOf(scope)).toBe(1);
});

test("what has ended stays as it ended, and the next run may begin", async () => {
  const scope = await arrive("Tailspin");
  const run = await newRun(scope);
  await store.runs.begin(scope, run);
  expect(await store.runs.move(scope, run.plan, { state: "done", at: 20 })).toMatchObject({ state: "done", finishedAt: 20 });
  expect(await store.runs.move(scope, run.plan, { state: "running", at: 30 })).toBeNull();
  expect(await store.runs.open(scope)).toBeNull();
  expect((await store.runs.begin(scope, await newRun(scope))).ok).toBe(true);
});

test("a run that waits is found when its time has come by our clock, and not before", async () => {
  const scope = await arrive("Northwind");
  const run = await newRun(scope);
  await store.runs.begin(scope, run);
  const problem = { code: "throttled", say: "Microsoft asks us to wait.", retryAt: 5_000 } as const;
  await store.runs.move(scope, run.plan, { state: "waiting", at: 20, problem, retryAt: 5_000 });
  const isDue = async (now: number) => (await store.runs.due(sweep, now)).some((one) => one.id === run.plan);
  expect(await isDue(4_999)).toBe(false);
  expect(await isDue(5_000)).toBe(true);
  expect(await store.runs.find(scope, run.plan)).toMatchObject({ problem, retryAt: 5_000 });
  expect(await store.runs.requeue(scope, run.plan, { at: 5_001, job: run.job })).toMatchObject({
    state: "queued",
    problem: null,
    retryAt: null,
  });
});

test("what is done together is undone together: no job without its row", async () => {
  const scope = await arrive("Proseware");
  const run = await newRun(scope);
  const failing = store.together(scope, async (all) => {
    await all.runs.begin(scope, run);
    throw new Error("cut short");
  });
  await expect(failing).rejects.toThrow("cut short");
  expect(await store.runs.find(scope, run.plan)).toBeNull();
  expect(await store.events.list(scope)).toEqual([]);
  expect(await jobsOf(scope)).toBe(0);
});

test("a transaction about one tenant cannot be used for another", async () => {
  const [mine, theirs] = [await arrive("Adatum"), await arrive("Wingtip")];
  await expect(store.together(mine, (all) => all.settings.save(theirs, { step: "x", value: 1, at: 1 }))).rejects.toThrow(/one tenant/);
});

test("a tenant's scope cannot ask for work on another tenant", async () => {
  const [mine, theirs] = [await arrive("Relecloud"), await arrive("Trey")];
  await expect(store.jobs.enqueue(mine, { task: "carry-out", payload: { tenant: theirs.tenant } })).rejects.toThrow(/tenant in scope/);
  await store.jobs.enqueueAs(sweep, { task: "carry-out", payload: { tenant: theirs.tenant } });
  expect(await jobsOf(theirs)).toBe(1);
});

test("receipts come back in the order they were written, whole", async () => {
  const scope = await arrive("Woodgrove");
  const run = await newRun(scope);
  await store.runs.begin(scope, run);
  const line = { run: run.plan, step: "a-step", at: 5, by: scope.actor, change: sampleChange };
  const lines = [
    { ...line, what: "intent" as const },
    { ...line, what: "done" as const, made: "an id", evidence: { request: "r-1" } },
  ];
  for (const entry of lines) await store.ledger.write(scope, entry);
  expect(await store.ledger.entries(scope)).toEqual(lines);
  expect(await store.ledger.entries(scope, { step: "another" })).toEqual([]);
});

test("plans come back as they were kept, and a new plan is found from the one it replaced", async () => {
  const scope = await arrive("Lucerne");
  const first = await store.plans.keep(scope, planOf("a-step"));
  expect(await store.plans.find(scope, first.id)).toEqual(first);
  const second = await store.plans.keep(scope, { ...planOf("a-step"), insteadOf: first.id });
  expect((await store.plans.successor(scope, first.id))?.id).toBe(second.id);
});
