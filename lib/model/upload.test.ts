import { describe, expect, it } from "vitest";
import { parseUpload, UPLOAD_MAX_BYTES } from "./upload";

const expected = { tenant: "11111111-2222-4333-8444-555555555555", nonce: "n", plan: null };
const good = {
  v: 1,
  tenant: expected.tenant,
  nonce: "n",
  plan: null,
  at: "2026-08-20T10:00:00.0000000Z",
  answers: { InboundConnector: { ok: true, value: [] }, domain: { ok: false, say: "denied" } },
  made: { ["0".repeat(32)]: { key: "id" } },
  stopped: null,
};
const fileOf = (more: object) => JSON.stringify({ ...good, ...more });
const sayOf = (content: string) => {
  const read = parseUpload(content, expected);
  return read.ok ? "taken" : read.problem.say;
};

describe("an uploaded file", () => {
  it("is read as the script wrote it, with a byte order mark or without", () => {
    const read = parseUpload(`\uFEFF${fileOf({})}`, expected);
    if (!read.ok) throw new Error(read.problem.say);
    expect(read.value.at).toBe(Date.UTC(2026, 7, 20, 10));
    expect(read.value.answers.get("InboundConnector")).toEqual({ ok: true, value: [] });
    expect(read.value.answers.get("domain")).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect(read.value.made.get("0".repeat(32))).toEqual({ key: "id" });
  });

  it.each([
    ["truncated", fileOf({}).slice(0, -40), "ends in the middle"],
    ["not JSON", "<html></html>", "not the file"],
    ["empty", "", "not the file"],
    ["a list", "[]", "not the file"],
    ["of another version", fileOf({ v: 2 }), "another version"],
    ["of another tenant", fileOf({ tenant: "other" }), "another organisation"],
    ["of another download", fileOf({ nonce: "x" }), "another download"],
    ["of another plan", fileOf({ plan: "p" }), "another plan"],
    ["too large", `"${"x".repeat(UPLOAD_MAX_BYTES)}"`, "larger than 5 MB"],
    ["too deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "not the file"],
    ["about DNS", fileOf({ answers: { "mx/contoso.com": { ok: true, value: [] } } }), "asks those itself"],
    ["about our own permissions", fileOf({ answers: { grants: { ok: true, value: [] } } }), "asks Microsoft that itself"],
    ["about nothing we know", fileOf({ answers: { constructor: { ok: true, value: [] } } }), "nobody asked"],
    ["without a time", fileOf({ at: "yesterday" }), "not the file"],
    ["with a damaged answer", fileOf({ answers: { domain: { ok: true, value: "x" } } }), "damaged"],
    ["with a strange receipt", fileOf({ made: { x: { key: "id" } } }), "damaged"],
  ])("that is %s is refused in one clear sentence", (_, content, words) => expect(sayOf(content)).toContain(words));

  it("cannot reach the prototype of anything", () => {
    const content = fileOf({}).replace('"answers":{', '"answers":{"__proto__":{"ok":true,"value":[{"polluted":true}]},');
    expect(sayOf(content)).toContain("nobody asked");
    const row = parseUpload(fileOf({}).replace('"value":[]', '"value":[{"__proto__":{"polluted":true}}]'), expected);
    expect(row.ok).toBe(true);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
