/** The servers these tests start, and what to type where one is not installed. */
import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** Debian keeps servers where an ordinary user's PATH does not look. */
const PLACES = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin", "/usr/local/sbin"];

/** Each program with the Debian package it comes in. */
const PACKAGES = { named: "bind9", rndc: "bind9", unbound: "unbound", postfix: "postfix", postconf: "postfix" } as const;
type Program = keyof typeof PACKAGES;

function find(program: string): string | undefined {
  return PLACES.map((place) => join(place, program)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const sayHowToInstall = (packages: Iterable<string>) =>
  `Real servers are missing. Install them: sudo apt-get install --no-install-recommends ${[...packages].join(" ")}`;

/** What to type, or undefined when everything is there. */
export function whatIsMissing(): string | undefined {
  const missing = new Set(Object.entries(PACKAGES).flatMap(([program, name]) => (find(program) === undefined ? [name] : [])));
  return missing.size === 0 ? undefined : sayHowToInstall(missing);
}

/** @throws Error that names the apt line. */
export function pathOf(program: Program): string {
  const found = find(program);
  if (found === undefined) throw new Error(sayHowToInstall([PACKAGES[program]]));
  return found;
}
