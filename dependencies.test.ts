/** Every dependency is written down with its reason, and none is written down that is not there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";

const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");
const names = z.record(z.string(), z.string());
const { dependencies, devDependencies } = z.object({ dependencies: names, devDependencies: names }).parse(JSON.parse(read("package.json")));

/** The first cell of each row of a table, where it is a name in backticks. */
const rowsOf = (heading: string): readonly string[] => {
  const section =
    read("docs/dependencies.md")
      .split(/^## /m)
      .find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/^\| `([^`]+)`\s+\|/gm)].map(([, name = ""]) => name);
};

it.each([
  ["At run time", dependencies],
  ["For development", devDependencies],
])("“%s” in docs/dependencies.md names every package of package.json once and no other", (heading, packages) => {
  expect([...rowsOf(heading)].sort()).toEqual(Object.keys(packages).sort());
});
