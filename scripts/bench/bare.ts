/** The floor that pages and actions are measured against: a Next application of one page that asks the database `select 1`, and one action that does and leads there, built and served beside the product. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../start/children";

export type Bare = { readonly url: string; readonly stop: () => Promise<void> };

/** Outside of the repository: below it, the bundler would take our proxy and instrumentation for its own. */
const folder = join(realpathSync(tmpdir()), `cutover-bench-bare-${process.pid}`);
const next = join(root, "node_modules/next/dist/bin/next");
const quiet = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
const READY_WITHIN_MS = 30_000;

const files: Readonly<Record<string, string>> = {
  "package.json": `{ "name": "bare", "private": true, "type": "module" }\n`,
  "next.config.js": `export default { turbopack: { root: "/" }, outputFileTracingRoot: "/", serverExternalPackages: ["pg"] };\n`,
  "app/layout.js": `export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n`,
  "app/page.js": `import pg from "pg";
export const dynamic = "force-dynamic";
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
export default async function Page() {
  const { rows } = await pool.query("select 1 as one");
  return <h1>{rows[0].one}</h1>;
}
`,
  "app/act/page.js": `import { redirect } from "next/navigation";
import pg from "pg";
export const dynamic = "force-dynamic";
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
async function act() {
  "use server";
  await pool.query("select 1");
  redirect("/");
}
export default function Page() {
  return <form action={act}><button>Act</button></form>;
}
`,
};

function build(): void {
  mkdirSync(join(folder, "app/act"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const done = spawnSync(process.execPath, [next, "build", folder], { cwd: folder, env: { ...process.env, ...quiet }, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`The bare page could not be built:\n${done.stdout}${done.stderr}`);
}

async function isServed(url: string, child: ChildProcess): Promise<boolean> {
  const end = Date.now() + READY_WITHIN_MS;
  while (child.exitCode === null && Date.now() < end) {
    const isThere = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isThere) return true;
    await pause(50);
  }
  return false;
}

export async function startBare(port: number, databaseUrl: string): Promise<Bare> {
  build();
  const env = { ...process.env, ...quiet, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [next, "start", folder, "-p", String(port)], { cwd: folder, env, stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  if (await isServed(url, child)) return { url, stop };
  await stop();
  throw new Error("The bare page did not start.");
}
