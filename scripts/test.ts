/** `npm test`: lint, types, then every test, stopping at the first part that fails. `npm test -- unit` runs one part; more words narrow it. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { root } from "./start/children";

type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };
type Part = {
  readonly name: string;
  readonly heading: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly count?: () => Count;
};

const results = join(root, "data/test-results");
const report = (name: string): string => join(results, `${name}.json`);
const bin = (name: string): string => join(root, "node_modules/.bin", name);
const none: Count = { passed: 0, failed: 0, skipped: 0 };

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number(), numPendingTests: z.number() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

function readReport<T>(name: string, shape: z.ZodType<T>): T | undefined {
  return existsSync(report(name)) ? shape.parse(JSON.parse(readFileSync(report(name), "utf8"))) : undefined;
}

function countUnit(): Count {
  const said = readReport("unit", vitestReport);
  return said ? { passed: said.numPassedTests, failed: said.numFailedTests, skipped: said.numPendingTests } : none;
}

function countStories(): Count {
  const said = readReport("e2e", playwrightReport)?.stats;
  return said ? { passed: said.expected + said.flaky, failed: said.unexpected, skipped: said.skipped } : none;
}

const browser = existsSync(join(root, "data/browser")) ? readFileSync(join(root, "data/browser"), "utf8").trim() : "";

const parts: readonly Part[] = [
  { name: "lint", heading: "Lint and format", command: ["biome", "check", "."] },
  { name: "types", heading: "Types", command: ["tsc", "--noEmit"] },
  {
    name: "unit",
    heading: "Unit, laws, contract and store",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report("unit")}`],
    count: countUnit,
  },
  {
    name: "e2e",
    heading: "Browser stories",
    command: ["playwright", "test", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("e2e"), CHROMIUM_PATH: process.env["CHROMIUM_PATH"] || browser },
    count: countStories,
  },
];

function run({ command, env = {} }: Part, more: readonly string[]): Promise<number> {
  const [name = "", ...args] = command;
  const child = spawn(bin(name), [...args, ...more], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** For `npm run bench`, which says how long everything takes without doing it again. */
function noteTime(startedAt: number): void {
  const time = { at: startedAt, ms: Date.now() - startedAt, cores: cpus().length };
  writeFileSync(join(root, "data/last-test.json"), `${JSON.stringify(time)}\n`);
}

async function main(): Promise<number> {
  const startedAt = Date.now();
  const [asked, ...more] = process.argv.slice(2);
  const chosen = asked === undefined ? parts : parts.filter((part) => part.name === asked);
  if (chosen.length === 0) {
    console.error(`There is no part "${asked}". The parts are ${parts.map((part) => part.name).join(", ")}.`);
    return 2;
  }
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  let failedPart: Part | undefined;
  for (const part of chosen) {
    const started = Date.now();
    console.log(`\n== ${part.heading} ==`);
    if ((await run(part, more)) !== 0) failedPart = part;
    console.log(`-- ${part.heading}: ${failedPart ? "failed" : "passed"} after ${Math.round((Date.now() - started) / 1000)} s`);
    if (failedPart) break;
  }
  const counts = chosen.map((part) => part.count?.() ?? none);
  const sum = (of: keyof Count): number => counts.reduce((all, count) => all + count[of], 0);
  // A part that failed without a failed test (lint, types, a crash) must not end on "0 failed".
  const failed = Math.max(sum("failed"), failedPart ? 1 : 0);
  if (chosen.some((part) => part.count) || failed > 0)
    console.log(`\n${sum("passed")} passed, ${failed} failed${sum("skipped") ? `, ${sum("skipped")} skipped` : ""}`);
  if (asked === undefined && !failedPart) noteTime(startedAt);
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main();
