import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quietLog } from "@/lib/base/log";
import { type FreshDatabase, freshDatabase } from "@/lib/store/fresh-database";
import { job, scopeOf } from "@/lib/store/samples";
import { createStore, type Store } from "@/lib/store/store";
import { type Handler, startWorker } from "./queue";

let database: FreshDatabase;
let store: Store;
const scope = scopeOf("Fabrikam");

beforeAll(async () => {
  database = await freshDatabase();
  store = createStore(database.url);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const work = (tasks: Readonly<Record<string, Handler>>) => startWorker({ databaseUrl: database.url, tasks, log: quietLog });

test("a job asked for in a transaction is done once, after the transaction", async () => {
  const done: unknown[] = [];
  const worker = await work({ greet: async (payload) => void done.push(payload) });
  await store.jobs.enqueue(scope, { task: "greet", payload: { tenant: scope.tenant, text: 'it\'s "quoted"' } });
  await expect.poll(() => done).toEqual([{ tenant: scope.tenant, text: 'it\'s "quoted"' }]);
  await worker.stop();
  expect(await store.jobs.state(job)).toMatchObject({ waiting: 0 });
});

test("two jobs with one key that still wait become one", async () => {
  for (const text of ["first", "second"])
    await store.jobs.enqueue(scope, { task: "say", payload: { tenant: scope.tenant, text }, jobKey: "say:1" });
  const said: unknown[] = [];
  const worker = await work({ say: async (payload) => void said.push(payload) });
  await expect.poll(() => said).toEqual([{ tenant: scope.tenant, text: "second" }]);
  await worker.stop();
});

test("a stopping worker finishes what it began", async () => {
  let isDone = false;
  let finish = () => {};
  const begun = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const worker = await work({
    slow: async () => {
      finish();
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query("select pg_sleep(0.2)");
      await client.end();
      isDone = true;
    },
  });
  await store.jobs.enqueue(scope, { task: "slow", payload: { tenant: scope.tenant } });
  await begun;
  await worker.stop();
  expect(isDone).toBe(true);
});

test("health sees a worker while one is connected", async () => {
  await expect.poll(async () => (await store.jobs.state(job)).workers).toBe(0); // the last one may still be hanging up
  const worker = await work({});
  expect((await store.jobs.state(job)).workers).toBeGreaterThan(0);
  await worker.stop();
  await expect.poll(async () => (await store.jobs.state(job)).workers).toBe(0);
});

test("a job that throws is kept for another try", async () => {
  let tries = 0;
  const worker = await work({
    fail: async () => {
      tries += 1;
      throw new Error("not yet");
    },
  });
  await store.jobs.enqueue(scope, { task: "fail", payload: { tenant: scope.tenant }, maxAttempts: 3 });
  await expect.poll(() => tries).toBe(1);
  await worker.stop();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query("select attempts, last_error from graphile_worker.jobs where task_identifier = 'fail'");
  await client.end();
  expect(rows).toMatchObject([{ attempts: 1, last_error: expect.stringContaining("not yet") }]);
});
