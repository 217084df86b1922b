/** Whatever is written down about a setup can be read by a person. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventKinds, sayOf } from "./event-words";

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !/\.test\.ts$|testing\.ts$|^(practice|event-words|views)\.ts$/.test(name))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));

/** Kinds of people and of orders, not of events. */
const OTHERS = new Set(["admin", "staff", "system", "retract", "release", "auto"]);
const wordsIn = (text: string) => [...text.matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)].map(([, word]) => word ?? "");

/** `kind: "…"`, also with a condition; `event("…")`; and parameters typed as one of several kinds. */
const written = new Set(
  sources
    .flatMap((source) => [
      ...[...source.matchAll(/\bkind:([^;\n]*)/g)].flatMap(([, rest]) => wordsIn((rest ?? "").split(/, (?:at|step|detail)\b/)[0] ?? "")),
      ...[...source.matchAll(/\bevent\(([^;\n]*)/g)].flatMap(([, rest]) => wordsIn((rest ?? "").split(/, \{/)[0] ?? "")),
    ])
    .filter((word) => !OTHERS.has(word)),
);

describe("an event", () => {
  it("of every kind that a use case writes has words of its own", () => {
    for (const kind of [
      "settings-saved",
      "consent-given",
      "without-access",
      "plan-agreed",
      "undo-agreed",
      "run-done",
      "step-undone",
      "run-resumed",
    ])
      expect([...written], "what this test finds in the sources").toContain(kind);
    const known = new Set(["consent", ...eventKinds]); // a condition on the kind of access stands in the same line
    expect([...written].filter((kind) => !known.has(kind))).toEqual([]);
  });

  it("says the same sort of sentence with any detail, or none, and never throws", () => {
    const odd: readonly unknown[] = [
      undefined,
      null,
      {},
      [],
      "x",
      7,
      { say: 7, changes: "x" },
      { upn: { a: 1 } },
      JSON.parse('{"__proto__":{"say":"x"}}'),
    ];
    for (const kind of eventKinds)
      for (const detail of odd) {
        expect(sayOf(kind, detail)).toMatch(/^[a-z]/);
        expect(sayOf(kind, detail)).not.toMatch(/undefined|NaN|\[object/);
      }
  });

  it("counts in grammar", () => {
    expect(sayOf("plan-agreed", { changes: 1, way: "script" })).toBe("agreed to 1 change, by script");
    expect(sayOf("plan-agreed", { changes: 2, way: "us" })).toBe("agreed to 2 changes");
    expect(sayOf("uploaded", { name: "a.json", answers: 1 })).toBe("uploaded a script's answers (a.json, 1 answer)");
  });

  it("of a kind from a later version is told by its name", () => {
    for (const kind of ["from-later", "constructor", "__proto__", "toString"]) expect(sayOf(kind, {})).toBe(kind);
  });
});
