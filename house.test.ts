/** The house's own laws: who may import whom, how large a file may be, and what may not stand anywhere. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = import.meta.dirname;
const SKIPPED = new Set(["node_modules", ".next", "data", ".git", "generated", "contracts", "test-results", "playwright-report"]);

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (SKIPPED.has(name)) return [];
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.(ts|tsx)$/.test(name) && !name.endsWith(".d.ts") ? [relative(ROOT, path)] : [];
  });
}

const files = filesBelow(ROOT);
/** Tests, and what only tests use. */
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) ||
  /^(e2e|lib\/laws|scripts)\//.test(file) ||
  /\/(testing|samples|practice|fresh-database|stand-in|sandbox-process|self-?signed)\.ts$/.test(file);
const product = files.filter((f) => !isTest(f) && /^(app|components|lib|sandbox)\//.test(f));
const source = (file: string) => readFileSync(join(ROOT, file), "utf8");
const importsOf = (file: string): string[] =>
  [...source(file).matchAll(/(?:^|\n)\s*(?:import|export)\b[^;]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g)].map(
    (m) => m[1] ?? m[2] ?? "",
  );

/** The place of an import inside the house; null for packages. */
function placeOf(file: string, specifier: string): string | null {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  return specifier.startsWith(".") ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : null;
}

const FOLDERS = [
  "lib/base",
  "lib/model",
  "lib/profiles",
  "lib/steps",
  "lib/engine",
  "lib/clouds",
  "lib/usecases",
  "lib/store",
  "lib/jobs",
  "lib/wiring",
  "components",
  "app",
  "sandbox",
];
const folderOf = (path: string) => FOLDERS.find((f) => path === f || path.startsWith(`${f}/`) || path.startsWith(`${f}.`)) ?? path;

/** From which folder to which; what is not named here is not allowed. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  "lib/base": [],
  "lib/model": ["lib/base"],
  "lib/profiles": ["lib/model", "lib/base"],
  "lib/steps": ["lib/model", "lib/profiles", "lib/base"],
  "lib/engine": ["lib/model", "lib/base", "lib/profiles", "lib/steps/shape"],
  "lib/clouds": ["lib/model", "lib/base"],
  "lib/store": ["lib/model", "lib/base"],
  "lib/jobs": ["lib/usecases", "lib/model", "lib/base"],
  "lib/usecases": ["lib/engine", "lib/steps", "lib/store", "lib/jobs", "lib/model", "lib/profiles", "lib/base"],
  "lib/wiring": ["lib"],
  // Components and pages also take the model's plain types: what a view is made of.
  components: ["lib/usecases/views", "lib/model", "lib/steps/shape", "lib/base/result"],
  app: ["components", "lib/usecases", "lib/wiring", "lib/model", "lib/steps/shape", "lib/base/result"],
  sandbox: [],
};

const mayImport = (from: string, to: string) => {
  const own = folderOf(from);
  if (own === folderOf(to)) return true;
  return (MAY[own] ?? []).some((allowed) => to === allowed || to.startsWith(`${allowed}/`) || to.startsWith(`${allowed}.`));
};

describe("the house", () => {
  it("imports go one way", () => {
    const wrong = product.flatMap((file) =>
      importsOf(file).flatMap((specifier) => {
        const place = placeOf(file, specifier);
        return place === null || mayImport(file, place) ? [] : [`${file} imports ${place}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("nobody but the store imports Prisma, nobody but base/env reads the environment, nobody but base/http fetches", () => {
    const wrong = product.flatMap((file) => [
      ...(importsOf(file).some((s) => /prisma|store\/generated/.test(s)) && !file.startsWith("lib/store/") ? [`${file}: Prisma`] : []),
      ...(/process\.env(?!\.NODE_ENV)/.test(source(file)) && file !== "lib/base/env.ts" && !file.startsWith("sandbox/")
        ? [`${file}: process.env`]
        : []),
      ...(/\bfetch\(/.test(source(file)) && file !== "lib/base/http.ts" && !/^(sandbox|components)\//.test(file) ? [`${file}: fetch`] : []),
    ]);
    expect(wrong).toEqual([]);
  });

  it("nobody but base/wire and the adapters that speak DNS and SMTP themselves opens a connection", () => {
    const opens =
      /\bimport (?:\* as|(?:type )?\{[^}]*\b(?:connect|createConnection|createSocket|request|get|Socket)\b[^}]*\}) ?[^;]*?from "node:(?:net|tls|dgram|https?|http2)"/;
    const may = ["lib/base/wire.ts", "lib/clouds/dns/line.ts", "lib/clouds/dns/tcp.ts", "lib/clouds/smtp/session.ts"];
    expect(product.filter((f) => !f.startsWith("sandbox/") && opens.test(source(f)))).toEqual(may);
  });

  it("a tenant scope is made by the access layer alone", () => {
    const makers = product.filter((f) => /\b(?:Tenant|Mail)Scope\.mint\(/.test(source(f)));
    expect(makers).toEqual(["lib/usecases/access.ts"]);
  });

  it("steps, model and engine neither try nor await a cloud", () => {
    const wrong = product.filter(
      (f) => /^lib\/(steps|model|engine)\//.test(f) && !f.startsWith("lib/model/powershell/") && /\btry \{\n/.test(source(f)),
    );
    expect(wrong).toEqual([]);
  });

  it("every file opens with a sentence that says what it is for", () => {
    const wrong = product.filter((f) => !/^(#!.*\n)?("use (client|server)";\n+)?\s*(\/\*\*|\/\/)/.test(source(f)));
    expect(wrong).toEqual([]);
  });

  it("no file is longer than 300 lines", () => {
    expect(files.filter((f) => source(f).split("\n").length > 300)).toEqual([]);
  });

  it("no file names a thing utils, helpers, common or misc", () => {
    expect(files.filter((f) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/.test(f))).toEqual([]);
  });
});
