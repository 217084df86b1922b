import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { announcementFault, isAnnouncement, readPolicy } from "./policy";

const good = ["version: STSv1", "mode: enforce", "mx: mail.contoso.com", "mx: *.Contoso.net.", "max_age: 604800"];
const text = (lines: readonly string[], newline = "\r\n") => `${lines.join(newline)}${newline}`;
const without = (key: string, ...more: readonly string[]) => text([...good.filter((line) => !line.startsWith(key)), ...more]);

describe("an MTA-STS policy", () => {
  const policy = { mode: "enforce", mx: ["mail.contoso.com", "*.contoso.net"], maxAge: 604_800 };

  it.each(["\r\n", "\n"])("is read with lines that end in %j", (newline) => {
    expect(readPolicy(text(good, newline))).toEqual({ policy, problem: null });
  });

  it("may have keys that nobody knows, blank lines and spaces", () => {
    expect(readPolicy(text([...good, "", "  future : thing ", "no colon here"])).policy).toEqual(policy);
  });

  it("takes the first of a key that comes twice", () => {
    expect(readPolicy(text([...good, "mode: none", "max_age: 1"])).policy).toEqual(policy);
  });

  it("needs no mail server when it is switched off", () => {
    expect(readPolicy("version: STSv1\nmode: none\nmax_age: 0\n").policy).toEqual({ mode: "none", mx: [], maxAge: 0 });
  });

  it.each([
    [without("version"), "version"],
    [without("version", "version: STSv2"), "version"],
    [without("mode"), "mode"],
    [without("mode", "mode: strict"), "strict"],
    [without("max_age"), "max_age"],
    [without("max_age", "max_age: 31557601"), "max_age"],
    [without("max_age", "max_age: -1"), "max_age"],
    [without("max_age", "max_age: a week"), "max_age"],
    [without("mx"), "no mail server"],
    [text([...good, "mx: not a host"]), "not a host"],
    [text([...good, "mx: *.*.contoso.com"]), "no mail server"],
    ["<!doctype html><title>Not found</title>", "version"],
    ["", "version"],
  ])("with a fault counts as none: %j", (policyText, say) => {
    expect(readPolicy(policyText)).toEqual({ policy: null, problem: expect.stringContaining(say) });
  });

  it("of any text is read or refused in words, never with anything but hosts in it", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...good),
      fc.string().map((one) => `mx: ${one}`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const { policy: read, problem } = readPolicy(lines.join("\n"));
        expect(read === null).toBe(problem !== null);
        expect(/\p{Cs}|\0/u.test(problem ?? "")).toBe(false);
        for (const host of read?.mx ?? []) expect(host).toMatch(/^(\*\.)?[a-z0-9._-]+$/);
      }),
    );
  });

  it("comes out as it went in", () => {
    const host = fc.domain().map((name) => name.toLowerCase());
    const made = fc.record({
      mode: fc.constantFrom("enforce", "testing"),
      mx: fc.uniqueArray(host, { minLength: 1, maxLength: 8 }),
      maxAge: fc.integer({ min: 0, max: 31_557_600 }),
    });
    fc.assert(
      fc.property(made, ({ mode, mx, maxAge }) => {
        const lines = ["version: STSv1", `mode: ${mode}`, ...mx.map((one) => `mx: ${one}`), `max_age: ${maxAge}`];
        expect(readPolicy(text(lines))).toEqual({ policy: { mode, mx, maxAge }, problem: null });
      }),
    );
  });
});

describe("an MTA-STS record", () => {
  it("is told from other texts at the name", () => {
    expect(["v=STSv1; id=1", "v=STSv1;id=1;", "v=STSv1 ; id=1"].map(isAnnouncement)).toEqual([true, true, true]);
    expect(["v=spf1 -all", "v=STSv10; id=1", "v=STSv1", "V=stsv1; id=1", ""].map(isAnnouncement)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("needs an id", () => {
    expect(["v=STSv1; id=20260101T000000Z", "v=STSv1; id=1;", "v=STSv1; x=y; id=A1 ;"].map(announcementFault)).toEqual([null, null, null]);
    for (const bad of ["v=STSv1;", "v=STSv1; id=", `v=STSv1; id=${"1".repeat(33)}`, "v=STSv1; id=a-b", "v=STSv1; grid=1"])
      expect(announcementFault(bad)).toContain("no id");
  });
});
