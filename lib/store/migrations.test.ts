import { readdirSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "@/prisma/migrate";
import { type FreshDatabase, freshDatabase } from "./fresh-database";

/** Every migration there is, in order. */
const all = readdirSync(new URL("../../prisma/migrations", import.meta.url))
  .filter((name) => /^\d{4}_/.test(name))
  .sort();

let database: FreshDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const empty = async () => {
  await owner.query("drop schema if exists public cascade; drop schema if exists graphile_worker cascade; create schema public");
};

test("migrating again does nothing", async () => {
  expect(await migrate(database.url)).toEqual([]);
});

test("several starts at once migrate once, and Prisma's own table says so", async () => {
  await empty();
  const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  expect(applied.flat()).toEqual(all);
  const { rows } = await owner.query(
    "select migration_name, finished_at is not null as finished, rolled_back_at from _prisma_migrations order by 1",
  );
  expect(rows).toEqual(all.map((migration_name) => ({ migration_name, finished: true, rolled_back_at: null })));
});

test("a migration that failed leaves nothing and may be tried again", async () => {
  await empty();
  await owner.query("create function cutover_tell() returns int language sql as 'select 1'");
  await expect(migrate(database.url)).rejects.toThrow(/cutover_tell/);
  expect((await owner.query("select tablename from pg_tables where tablename = 'tenant'")).rows).toEqual([]);
  await owner.query("drop function cutover_tell()");
  expect(await migrate(database.url)).toEqual(all);
});
