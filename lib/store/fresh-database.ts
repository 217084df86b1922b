/** For tests: a database of one's own, copied from the one that was migrated for this run. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export type FreshDatabase = { readonly url: string; readonly drop: () => Promise<void> };

/** @throws when vitest was not started with scripts/postgres/for-tests.ts as its global setup. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const template = inject("databaseTemplate");
  if (!template)
    throw new Error(
      "There is no database for tests. One is started for test files that name freshDatabase themselves (scripts/postgres/for-tests.ts).",
    );
  const name = `test_${randomBytes(6).toString("hex")}`;
  const to = (path: string): string => {
    const url = new URL(template);
    url.pathname = `/${path}`;
    return url.toString();
  };
  const said = async (sql: string) => {
    const client = new pg.Client({ connectionString: to("postgres") });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await said(`create database ${name} template ${new URL(template).pathname.slice(1)}`);
  return { url: to(name), drop: () => said(`drop database ${name} with (force)`) };
}
