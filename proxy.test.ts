import { describe, expect, it } from "vitest";
import { contentPolicy, isStrange, STRANGE_POLICY, wallHeaders } from "./proxy";

const where = { nonce: "bm9uY2U=", entraUrl: "https://login.microsoftonline.com", isHttps: true, isDevelopment: false };
const rule = (name: string, policy = contentPolicy(where)) => policy.split("; ").find((r) => r.startsWith(`${name} `));

describe("the walls around every answer", () => {
  it("run no script that does not carry the request's nonce", () => {
    expect(rule("script-src")).toBe("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
    expect(contentPolicy(where)).not.toContain("unsafe");
  });

  it("send forms only to us and to the sign-in authority, and pages nowhere into a frame", () => {
    expect(rule("form-action")).toBe("form-action 'self' https://login.microsoftonline.com");
    expect(rule("frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(rule("connect-src")).toBe("connect-src 'self'");
  });

  it("ask for https only where we have it, so that a local start still works", () => {
    expect(wallHeaders(where)["Strict-Transport-Security"]).toBeDefined();
    const local = { ...where, isHttps: false };
    expect(wallHeaders(local)["Strict-Transport-Security"]).toBeUndefined();
    expect(contentPolicy(local)).not.toContain("upgrade-insecure-requests");
  });

  it("loosen for development alone", () => {
    expect(contentPolicy({ ...where, isDevelopment: true })).toContain("'unsafe-eval'");
  });
});

describe("what strangers wrote", () => {
  const t = "/api/t/11111111-0000-4000-8000-000000000001/mail/4Njp%3A1";
  it("is of no site and runs nothing, where a message or its picture is handed out, and nowhere else", () => {
    expect(STRANGE_POLICY).toBe("sandbox; default-src 'none'");
    for (const path of [`${t}/raw`, `${t}/picture`]) expect(isStrange(path)).toBe(true);
    for (const path of [t, "/api/t/x/mail/csv", "/t/x/mail/raw/picture/x", `${t}/raw/more`, "/mail/raw"])
      expect(isStrange(path)).toBe(false);
  });
});
