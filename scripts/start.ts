/** `npm start` and `npm run dev`: database, sandbox, web and worker from nothing, and an orderly end. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { loadEnv } from "../lib/base/env";
import { migrate } from "../prisma/migrate";
import { freePort } from "./postgres/ports";
import { readSecrets } from "./postgres/secrets";
import { startPostgres } from "./postgres/server";
import { answers, type Child, root, startChild } from "./start/children";
import { claim } from "./start/one";
import { isPractice, practiceSettings, sandboxData, sandboxPorts } from "./start/sandbox";

const isDev = process.argv.includes("--dev");
const data = process.env["DATA_DIR"] || join(root, "data");
const readyWithinMs = 120_000;

/** What is to be undone at the end, last thing first. */
const ends: (() => Promise<void> | void)[] = [];
let isEnding = false;

async function end(code: number): Promise<never> {
  if (!isEnding) {
    isEnding = true;
    for (const step of ends.reverse()) await Promise.resolve(step()).catch((error: unknown) => console.error(error));
    process.exit(code);
  }
  return new Promise(() => undefined); // the first call ends the process
}

/** A port that a killed start left behind is free again in a moment. */
async function needPort(name: string, port: string, host: string): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    if ((await freePort(Number(port), host)) !== null) return;
    await pause(100);
  }
  throw new Error(`Port ${port} is in use. Stop what uses it, or set ${name} to another port.`);
}

type Settings = Readonly<Record<string, string>>;

function settings(): Settings {
  const port = process.env["PORT"] || "3000";
  const given = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const basics = {
    PORT: port,
    PUBLIC_URL: `http://localhost:${port}`,
    NEXT_TELEMETRY_DISABLED: "1",
    SECRET_KEY: readSecrets(data).secretKey,
  };
  const practice = isPractice(given) ? practiceSettings(given) : {};
  const env = { ...basics, ...practice, ...given };
  // A bad value stops the start here, with one line that names it. The sandbox's certificate authority is made by the sandbox, later.
  loadEnv({ ...env, EXTRA_CA: given["EXTRA_CA"] });
  return env;
}

async function database(env: Settings): Promise<string> {
  if (env["DATABASE_URL"]) return env["DATABASE_URL"];
  const postgres = await startPostgres(data);
  ends.push(postgres.stop);
  if (postgres.isAdopted) console.log("· Database: took over the one that an earlier start left running");
  return postgres.url;
}

function keep(child: Child): Child {
  ends.push(child.stop);
  child.ended.then((why) => {
    if (isEnding) return;
    console.error(`The ${child.name} ended by itself (${why}).`);
    void end(1);
  });
  return child;
}

async function startSandbox(env: Settings): Promise<void> {
  const { http, dns, smtp, web } = sandboxPorts(env);
  await needPort("SANDBOX_PORT", http, "127.0.0.1");
  await needPort("SANDBOX_SMTP_PORT", smtp, "127.0.1.1");
  await needPort("SANDBOX_WEB_PORT", web, "127.0.1.60");
  const ports = { SANDBOX_PORT: http, SANDBOX_DNS_PORT: dns, SANDBOX_SMTP_PORT: smtp, SANDBOX_WEB_PORT: web };
  const childEnv = { ...env, ...ports, SANDBOX_DATA: sandboxData(env) };
  const child = keep(startChild("sandbox", ["--import", "tsx", "sandbox/main.ts"], childEnv));
  if (!(await answers(`http://127.0.0.1:${http}/sandbox/clock`, child, readyWithinMs))) await end(1);
  console.log(`· Sandbox: http://127.0.0.1:${http}/portal`);
}

async function startWeb(env: Settings): Promise<void> {
  const { PORT: port = "3000", PUBLIC_URL: url = "" } = env;
  const command = isDev ? ["node_modules/next/dist/bin/next", "dev", "-p", port] : ["scripts/web.mjs"];
  const child = keep(startChild("web server", command, { ...env, NODE_ENV: isDev ? "development" : "production" }));
  if (!(await answers(`http://127.0.0.1:${port}/api/health`, child, readyWithinMs))) {
    if (!isEnding) console.error("The web server did not answer in time.");
    await end(1);
  }
  console.log(`Cutover is ready on ${url}`);
}

async function start(): Promise<void> {
  ends.push(claim(data));
  const env = settings();
  const { PORT: port = "3000" } = env;
  await needPort("PORT", port, "0.0.0.0");
  const url = await database(env);
  const applied = await migrate(url);
  if (applied.length > 0) console.log(`· Database: ${applied.join(", ")} applied`);
  if (isPractice(process.env)) await startSandbox(env);
  await startWeb({ ...env, DATABASE_URL: url });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
const parent = process.ppid;
setInterval(() => process.ppid !== parent && void end(1), 1_000).unref(); // tsx, which started us, was killed
start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  void end(1);
});
