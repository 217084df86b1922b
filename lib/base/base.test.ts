import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { remoteClock } from "./clock";
import { loadEnv } from "./env";
import { createLog } from "./log";
import { createSeal } from "./seal";
import { json, type StandIn, standIn } from "./stand-in";

const key = Buffer.alloc(32, 7).toString("base64");
const least = { SECRET_KEY: key, ENTRA_CLIENT_ID: "c0ffee00-0000-4000-8000-000000000001", ENTRA_CLIENT_SECRET: "hush" };

describe("env", () => {
  it("knows the real services when nothing else is said", () => {
    expect(loadEnv(least)).toMatchObject({
      entraUrl: "https://login.microsoftonline.com",
      dnsPort: 53,
      resolvers: [{ host: "1.1.1.1", port: 53 }, { host: "8.8.8.8" }, { host: "9.9.9.9" }],
      probeAllow: [],
      databaseUrl: undefined,
    });
  });

  it("reads resolvers with ports, IPv6 included", () => {
    expect(loadEnv({ ...least, RESOLVERS: "127.0.0.101:4453, 2606:4700:4700::1111,[2606:4700:4700::1111]:5353" }).resolvers).toEqual([
      { host: "127.0.0.101", port: 4453 },
      { host: "2606:4700:4700::1111", port: 53 },
      { host: "2606:4700:4700::1111", port: 5353 },
    ]);
  });

  it.each([
    ["PORT", "abc"],
    ["PORT", "70000"],
    ["PUBLIC_URL", "localhost"],
    ["WORKER", "maybe"],
    ["SECRET_KEY", "c2hvcnQ="],
    ["RESOLVERS", "one.one.one.one"],
    ["PROBE_ALLOW", "127.0.0.1"],
    ["OPERATOR_TENANT", "contoso"],
    ["ENTRA_CERTIFICATE", "/nowhere/at/all.pem"],
    ["DATABASE_URL", "mysql://secret-password@db"],
  ])("names %s in one line when it is %s, without showing it", (name, value) => {
    const load = () => loadEnv({ ...least, [name]: value });
    expect(load).toThrow(new RegExp(`^${name} [^\\n]+$`));
    expect(load).not.toThrow(value);
  });

  it("says which setting is missing", () => {
    expect(() => loadEnv({ ...least, SECRET_KEY: undefined })).toThrow("SECRET_KEY must be set.");
    expect(() => loadEnv({ ...least, ENTRA_CLIENT_SECRET: "" })).toThrow("ENTRA_CLIENT_SECRET or ENTRA_CERTIFICATE must be set.");
  });

  it("refuses a certificate file without its key", () => {
    const path = join(mkdtempSync(join(tmpdir(), "env-")), "cert.pem");
    writeFileSync(path, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n");
    expect(() => loadEnv({ ...least, ENTRA_CERTIFICATE: path })).toThrow("ENTRA_CERTIFICATE must be a PEM file with a private key.");
  });
});

describe("log", () => {
  it("never writes a secret", () => {
    const lines: string[] = [];
    const log = createLog("info", { write: (line: string) => void lines.push(line) });
    log.info(
      {
        headers: { authorization: "Bearer hush" },
        token: "hush",
        ask: { client_secret: "hush", deep: { password: "hush" } },
        code: "hush",
      },
      "asked",
    );
    expect(lines.join("")).toContain("asked");
    expect(lines.join("")).not.toContain("hush");
  });
});

describe("seal", () => {
  const old = Buffer.alloc(32, 1);
  const fresh = Buffer.alloc(32, 2);

  it("opens what it sealed, only in the same place", () => {
    const { seal, open } = createSeal([fresh]);
    const sealed = seal("the token", "tokens:a");
    expect(sealed).not.toContain("token");
    expect(open(sealed, "tokens:a")).toEqual({ ok: true, value: "the token" });
    expect(open(sealed, "tokens:b").ok).toBe(false);
  });

  it("opens with a former key, seals with the new one", () => {
    const sealed = createSeal([old]).seal("x", "c");
    expect(createSeal([fresh, old]).open(sealed, "c")).toEqual({ ok: true, value: "x" });
    expect(createSeal([fresh]).open(sealed, "c")).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });

  it("refuses what was changed or cut", () => {
    const { seal, open } = createSeal([fresh]);
    const sealed = seal("x", "c");
    const [version, id, data = ""] = sealed.split(".");
    const changed = `${version}.${id}.${data.startsWith("A") ? "B" : "A"}${data.slice(1)}`;
    for (const bad of [sealed.slice(0, -3), changed, "", "v2.x.y"]) expect(open(bad, "c").ok).toBe(false);
  });
});

describe("a followed clock", () => {
  const open: StandIn[] = [];
  afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

  it("shows the other clock's time once it was looked at", async () => {
    let now = 2_000_000_000_000;
    const server = await standIn(() => json({ now }));
    open.push(server);
    const clock = remoteClock(server.url);
    await clock.refresh();
    expect(clock.now() - now).toBeLessThan(1_000);
    now += 86_400_000;
    await clock.refresh();
    expect(Math.abs(clock.now() - now)).toBeLessThan(1_000);
  });

  it("keeps going by what it knew when the other clock does not answer", async () => {
    const server = await standIn((_, nth) => (nth === 1 ? json({ now: 2_000_000_000_000 }) : { status: 200, body: "nonsense" }));
    open.push(server);
    const clock = remoteClock(server.url);
    await clock.refresh();
    await clock.refresh();
    expect(Math.abs(clock.now() - 2_000_000_000_000)).toBeLessThan(2_000);
  });
});
