/** Brings a database up to the newest migration: Prisma's own engine and table, so that `prisma migrate deploy` stays usable. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { runMigrations as prepareQueue } from "graphile-worker";
import pg from "pg";
import { withSchemaEngine } from "./engine";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const filters = { externalTables: [], externalEnums: [] };
const lockKey = 7_263_514; // any number, as long as every process of ours takes the same one

function migrationsList(): MigrationList {
  const baseDir = here("./migrations");
  const names = readdirSync(baseDir).filter((name) => existsSync(`${baseDir}/${name}/migration.sql`));
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: readFileSync(`${baseDir}/migration_lock.toml`, "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((path) => ({
      path,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: readFileSync(`${baseDir}/${path}/migration.sql`, "utf8") } },
    })),
  };
}

/** Applies what is missing and names it. Several processes may start at once: one migrates, the others wait and find nothing to do. */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const guard = new pg.Client({ connectionString: databaseUrl });
  await guard.connect();
  try {
    await guard.query("select pg_advisory_lock($1)", [lockKey]);
    await prepareQueue({ connectionString: databaseUrl });
    return await applyMissing(databaseUrl, migrationsList());
  } finally {
    await guard.end();
  }
}

const applyMissing = (databaseUrl: string, list: MigrationList): Promise<readonly string[]> =>
  withSchemaEngine(databaseUrl, readFileSync(here("./schema.prisma"), "utf8"), async (engine) => {
    const found = await engine.diagnoseMigrationHistory({ migrationsList: list, optInToShadowDatabase: false, filters });
    // A migration that failed left nothing behind (scripts run whole), so it may simply be tried again.
    for (const migrationName of found.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations({ migrationsList: list, filters })).appliedMigrationNames;
  });
