import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isRunning } from "./processes";
import { readSecrets } from "./secrets";
import { type Postgres, startPostgres } from "./server";

const parent = join(import.meta.dirname, "../../data");
let data: string;
let running: Postgres[];

beforeEach(() => {
  mkdirSync(parent, { recursive: true });
  data = mkdtempSync(join(parent, "test-start-"));
  // mkdtemp makes a folder that only its owner may enter; the database's user has to.
  chmodSync(data, 0o755);
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.stop();
  rmSync(data, { recursive: true, force: true });
});

const start = async (): Promise<Postgres> => {
  const one = await startPostgres(data, { isThrowaway: true });
  running.push(one);
  return one;
};

async function said<T extends pg.QueryResultRow>(url: string, sql: string): Promise<readonly T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return (await client.query<T>(sql).finally(() => client.end())).rows;
}

test("a start after a start that was killed takes over its database", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ pid: first.pid, url: first.url, isAdopted: true });
});

test("kill -9 of the database itself loses nothing that was committed", async () => {
  const first = await start();
  await said(first.url, "create table kept (n int)");
  await said(first.url, "insert into kept values (7)");
  process.kill(first.pid, "SIGKILL");
  await expect.poll(() => isRunning(first.pid, "postgres")).toBe(false);
  const second = await start();
  expect(second.isAdopted).toBe(false);
  expect(await said(second.url, "select n from kept")).toEqual([{ n: 7 }]);
});

test("a pid file that names another living program is not believed", async () => {
  const first = await start();
  await first.stop();
  const folder = existsSync(join(data, "pg", "PG_VERSION")) ? join(data, "pg") : data;
  writeFileSync(join(folder, "postmaster.pid"), `${process.pid}\n${folder}\n0\n${first.port}\n\n127.0.0.1\n`);
  expect((await start()).isAdopted).toBe(false);
});

test("a first start that was cut short is begun again", async () => {
  const first = await start();
  await first.stop();
  rmSync(join(data, "pg", "made-by-cutover"));
  rmSync(join(data, "pg", "global"), { recursive: true });
  const second = await start();
  expect(await said(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("it listens on loopback alone and wants the password", async () => {
  const { url } = await start();
  expect(await said(url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const wrong = new URL(url);
  wrong.password = "wrong";
  await expect(said(wrong.toString(), "select 1")).rejects.toThrow(/password authentication failed/);
});

test("secrets are made once, and only their owner can read them", () => {
  const first = readSecrets(data);
  expect(Buffer.from(first.secretKey, "base64")).toHaveLength(32);
  expect(readSecrets(data)).toEqual(first);
  expect(statSync(join(data, "secrets.json")).mode & 0o777).toBe(0o600);
  writeFileSync(join(data, "secrets.json"), "{}");
  expect(() => readSecrets(data)).toThrow(/secrets\.json is not what Cutover wrote/);
  expect(readFileSync(join(data, "secrets.json"), "utf8")).toBe("{}");
});
