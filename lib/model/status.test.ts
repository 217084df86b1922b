import { describe, expect, it } from "vitest";
import { fail, pass, unknown, wait } from "./check";
import { isMet, type Standing, statusOf } from "./status";

const nothing: Standing = { missing: [], skipped: null, run: null, seen: null, hasBegun: false, doneAt: null };
const seen = (...checks: readonly ReturnType<typeof pass>[]): Standing["seen"] => ({ checks, changes: [], settling: [], at: 5 });
const codeOf = (some: Partial<Standing>) => statusOf({ ...nothing, ...some }).code;

describe("where a step stands", () => {
  it.each([
    ["nobody has looked", {}, "not-started"],
    ["a need is not met", { missing: ["Choose"] }, "cannot-start"],
    ["it is skipped", { skipped: { by: "A", reason: "r", at: 1 } }, "skipped"],
    ["everything passes", { seen: seen(pass("a", "fine")) }, "done"],
    ["something waits", { seen: seen(pass("a", "fine"), wait("b", "soon", 9)) }, "waiting"],
    ["it fails before anybody began", { seen: seen(fail("a", "no", "Do")) }, "not-started"],
    ["it fails after somebody began", { seen: seen(fail("a", "no", "Do")), hasBegun: true }, "needs-you"],
    ["it was done and fails now", { seen: seen(fail("a", "no", "Do")), doneAt: 3 }, "changed"],
    ["a run is under way", { run: { state: "running", at: 1 } }, "in-progress"],
    ["a run was stopped", { run: { state: "stopped", at: 1 }, seen: seen(fail("a", "no", "Do")), hasBegun: true }, "problem"],
    ["a run was stopped and it is done by now", { run: { state: "stopped", at: 1 }, seen: seen(pass("a", "fine")) }, "done"],
    ["it cannot be read", { seen: seen(unknown("a", { code: "denied", say: "No." })), hasBegun: true }, "problem"],
  ] as const)("%s: %#", (_, some, code) => expect(codeOf(some)).toBe(code));

  it("a wait says the earliest moment to look again", () => {
    expect(statusOf({ ...nothing, seen: seen(wait("a", "s", 9), wait("b", "s", 7)) })).toMatchObject({ code: "waiting", at: 7 });
  });

  it("a skipped step meets a need only where the catalogue says so", () => {
    const skipped = statusOf({ ...nothing, skipped: { by: "A", reason: "r", at: 1 } });
    expect([isMet(skipped, true), isMet(skipped, false)]).toEqual([true, false]);
  });
});
