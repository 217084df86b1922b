/** Vitest's global setup: a real PostgreSQL of this run's own, if any of the chosen tests asks for a database. */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../../prisma/migrate";
import { isAlive } from "./processes";
import { remove, stopAndRemove } from "./remove";
import { startPostgres } from "./server";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database that each test file copies; absent when no test asked. */
    readonly databaseTemplate: string | undefined;
  }
}

const root = join(import.meta.dirname, "../../data/test-pg");

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!(await isWanted(project))) {
    project.provide("databaseTemplate", undefined);
    return undefined;
  }
  await sweep();
  const folder = join(root, String(process.pid));
  const postgres = await startPostgres(folder, { isThrowaway: true });
  await migrate(postgres.url);
  project.provide("databaseTemplate", postgres.url);
  return async () => {
    await postgres.stop();
    remove(folder);
  };
}

/** A unit test alone should not wait for a database. Vitest tells nobody which files it was asked for, so its arguments are read again. */
async function isWanted(project: TestProject): Promise<boolean> {
  const { testFiles } = await project.globTestFiles();
  const asked = process.argv.slice(2).filter((argument) => argument !== "run" && testFiles.some((file) => file.includes(argument)));
  const chosen = asked.length === 0 ? testFiles : testFiles.filter((file) => asked.some((argument) => file.includes(argument)));
  return chosen.some((file) => /freshDatabase|startPractice/.test(readFileSync(file, "utf8")));
}

/** Stops and removes what a killed test run left behind. */
async function sweep(): Promise<void> {
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(root)) {
    if (isAlive(Number(name))) continue;
    await stopAndRemove(join(root, name));
  }
}
