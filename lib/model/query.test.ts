import { describe, expect, it } from "vitest";
import { no, ok } from "@/lib/base/result";
import { answer, ask, asksOf, each, type Known, nameOf, past, per, resolve } from "./query";

const domain = { id: "Contoso.com", isVerified: true, supportedServices: ["Email"] };
const known = (raw: Readonly<Record<string, unknown>>): Known => ({
  raw: new Map(Object.entries(raw).map(([name, value]) => [name, ok(value)])),
  past: new Map(),
});

describe("questions", () => {
  it("ask again for every row only once the rows are known", () => {
    const q = each(ask("domain"), "serviceRecord");
    expect(asksOf(q, known({})).map(nameOf)).toEqual(["domain"]);
    expect(asksOf(q, known({ domain: [domain] })).map(nameOf)).toEqual(["domain", "serviceRecord/contoso.com"]);
  });

  it("give a result a key, so that one failure does not blind the others", () => {
    const q = per(["contoso.com", "fabrikam.com"], (d) => ask("serviceRecord", d));
    const some: Known = { ...known({ "serviceRecord/contoso.com": [] }), past: new Map() };
    const value = resolve(q, some);
    expect(value).toMatchObject({ ok: true, value: { "contoso.com": { ok: true, value: [] }, "fabrikam.com": { ok: false } } });
  });

  it("take a failed read for a problem and never for an empty answer", () => {
    const failed: Known = { raw: new Map([["domain", no("denied", "No.")]]), past: new Map() };
    expect(resolve(each(ask("domain"), "serviceRecord"), failed)).toMatchObject({ ok: false, problem: { code: "denied" } });
  });

  it("take an answer of an unknown shape for unreadable", () => {
    expect(answer(ask("domain"), known({ domain: [{ id: 5 }] }))).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });

  it("remember stretches of time, and leave out those of a shape nobody reads any more", () => {
    const rule = { Guid: "j", Name: "Journal", JournalEmailAddress: "a@b.example", Recipient: null, Scope: "External", Enabled: true };
    const q = past(ask("JournalRule"));
    const moments: Known = {
      raw: new Map(),
      past: new Map([
        [
          "JournalRule",
          [
            { raw: "?", first: 1, last: 2 },
            { raw: [rule], first: 3, last: 4 },
          ],
        ],
      ]),
    };
    expect(resolve(q, moments)).toMatchObject({ ok: true, value: [{ first: 3, last: 4, rows: [{ Name: "Journal" }] }] });
  });

  it("about the past are asked only of what is remembered", () => {
    expect(() => past(ask("people"))).toThrow("Earlier answers about people are not kept.");
  });
});
