import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import { no, ok, type Result } from "@/lib/base/result";
import { type Kind, readRows } from "@/lib/model/nouns";
import { ask, nameOf } from "@/lib/model/query";
import { createTestAuthority, type Leaf, type TestAuthority } from "../testing";
import { type Page, type WebHost, webHost } from "./stand-in";
import { createWeb } from "./web";

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
const open: WebHost[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type World = {
  readonly texts?: Readonly<Record<string, readonly string[] | "failing">>;
  readonly addresses?: Readonly<Record<string, readonly string[] | "failing">>;
  readonly page?: (path: string, host: string) => Page;
  readonly certificate?: Leaf & { readonly host?: string };
  readonly allow?: readonly string[];
};

const found = (known: readonly string[] | "failing" | undefined): Result<readonly string[]> =>
  known === "failing" ? no("unreachable", "The resolvers fail.") : ok(known ?? []);

/** A web host at 127.0.0.231 with a certificate for `host`; DNS as told. */
async function world(host: string, { texts = {}, addresses, page = () => ({}), certificate = {}, allow = ["127.0.0.0/8"] }: World) {
  const server = await webHost("127.0.0.231", 0, await authority.leaf(certificate.host ?? host, certificate), page);
  open.push(server);
  const hosts = addresses ?? { [host]: ["127.0.0.231"] };
  const web = createWeb({
    log: quietLog,
    lookups: { addressesOf: async (name) => found(hosts[name]), textsOf: async (name) => found(texts[name]) },
    reach: createReach(allow),
    port: server.port,
    extraCa: authority.pem,
    timeoutMs: 400,
  });
  const row = async <K extends Kind>(kind: K, of: string) => {
    const question = ask(kind, of);
    const raw = (await web.ask([question])).get(nameOf(question));
    const rows = raw?.ok ? readRows(kind, raw.value) : undefined;
    return rows?.ok ? rows.value[0] : raw;
  };
  return { web, server, row };
}

describe("MTA-STS", () => {
  const policy = "version: STSv1\r\nmode: enforce\r\nmx: contoso-com.mail.protection.outlook.com\r\nmax_age: 86400\r\n";
  const record = "v=STSv1; id=1";
  const announced = { "_mta-sts.contoso.com": [record] };
  const read = async (more: World) => {
    const { row, server } = await world("mta-sts.contoso.com", { texts: announced, page: () => ({ body: policy }), ...more });
    return { row: await row("mtaSts", "contoso.com"), asked: server.asked };
  };

  it("is read as a sender reads it", async () => {
    const { row, asked } = await read({});
    expect(row).toEqual({
      Guid: "contoso.com",
      Name: "contoso.com",
      record,
      policy: { mode: "enforce", mx: ["contoso-com.mail.protection.outlook.com"], maxAge: 86_400 },
      problem: null,
    });
    expect(asked).toEqual(["mta-sts.contoso.com /.well-known/mta-sts.txt"]);
  });

  it("is absent without a record, and then nobody is called", async () => {
    const { row, asked } = await read({ texts: { "_mta-sts.contoso.com": ["something else"] } });
    expect(row).toMatchObject({ record: null, policy: null, problem: null });
    expect(asked).toEqual([]);
  });

  it("with two records is none, in words", async () => {
    const { row, asked } = await read({ texts: { "_mta-sts.contoso.com": [record, "v=STSv1; id=2"] } });
    expect(row).toMatchObject({ record, policy: null, problem: expect.stringContaining("2 MTA-STS records") });
    expect(asked).toEqual([]);
  });

  it.each<[string, Page, string]>([
    ["is not there", { status: 404 }, "answers 404"],
    ["is elsewhere", { status: 301, headers: { location: "https://mta-sts.contoso.com/other" } }, "redirects"],
    ["is a web page", { body: "<!doctype html>" }, "version"],
    ["is too long", { body: `${policy}${"# ".repeat(40_000)}` }, "more than 64 KB"],
  ])("whose policy %s is none, in words", async (_what, page, say) => {
    const { row, asked } = await read({ page: () => page });
    expect(row).toMatchObject({ record, policy: null, problem: expect.stringContaining(say) });
    expect(asked).toHaveLength(1);
  });

  it("served as something else than text is told to be so", async () => {
    const { row } = await read({ page: () => ({ body: policy, headers: { "content-type": "application/octet-stream" } }) });
    expect(row).toMatchObject({ policy: { mode: "enforce" }, problem: expect.stringContaining("text/plain") });
  });

  it.each<[string, NonNullable<World["certificate"]>, string]>([
    ["expired", { expired: true }, "has expired"],
    ["another host's", { host: "www.contoso.com" }, "another name"],
    ["self-signed", { selfSigned: true }, "not trusted"],
  ])("under a certificate that is %s is none, in words", async (_what, certificate, say) => {
    const { row, asked } = await read({ certificate });
    expect(row).toMatchObject({ record, policy: null, problem: expect.stringContaining(say) });
    expect(asked).toEqual([]);
  });

  it("whose host has no address is none, in words", async () => {
    expect((await read({ addresses: {} })).row).toMatchObject({ record, policy: null, problem: "mta-sts.contoso.com has no address." });
  });

  it("is a problem, not absent, when we could not find out", async () => {
    const unreachable = { ok: false, problem: { code: "unreachable" } };
    expect((await read({ texts: { "_mta-sts.contoso.com": "failing" } })).row).toMatchObject(unreachable);
    expect((await read({ addresses: { "mta-sts.contoso.com": "failing" } })).row).toMatchObject(unreachable);
    expect((await read({ addresses: { "mta-sts.contoso.com": ["127.0.0.239"] } })).row).toMatchObject(unreachable);
    for (const page of [{ status: 503 }, { status: 429 }, "hang", "drop"] as const)
      expect((await read({ page: () => page })).row).toMatchObject(unreachable);
  });

  it("is fetched from the next address when the first does not answer", async () => {
    const { row } = await read({ addresses: { "mta-sts.contoso.com": ["127.0.0.239", "127.0.0.231"] } });
    expect(row).toMatchObject({ policy: { mode: "enforce" } });
  });

  it("is not fetched from a private address", async () => {
    const { row, asked } = await read({ allow: [] });
    expect(row).toMatchObject({ policy: null, problem: expect.stringContaining("private") });
    expect(asked).toEqual([]);
  });

  it("is asked for once by two equal questions", async () => {
    const { web, server } = await world("mta-sts.contoso.com", { texts: announced, page: () => ({ body: policy }) });
    expect((await web.ask([ask("mtaSts", "contoso.com"), ask("mtaSts", "contoso.com")])).size).toBe(1);
    expect(server.asked).toHaveLength(1);
  });
});

describe("Domain Connect", () => {
  const settings = {
    providerId: "dns.example",
    providerName: "DNS Example",
    urlControlPanel: "https://panel.dns.example/zones/%domain%/records",
  };
  const json = (value: unknown): Page => ({ body: JSON.stringify(value), headers: { "content-type": "application/json" } });
  const read = async (more: World & { readonly text?: string }) => {
    const texts = { "_domainconnect.contoso.com": [more.text ?? "connect.dns.example/api"] };
    const { row, server } = await world("connect.dns.example", { texts, page: () => json(settings), ...more });
    return { row: await row("domainConnect", "contoso.com"), asked: server.asked };
  };
  const none = { provider: null, controlPanel: null };

  it("names the DNS host and the page where the zone's records are edited", async () => {
    const { row, asked } = await read({});
    expect(row).toEqual({
      Guid: "contoso.com",
      Name: "contoso.com",
      provider: "DNS Example",
      controlPanel: "https://panel.dns.example/zones/contoso.com/records",
    });
    expect(asked).toEqual(["connect.dns.example /api/v2/contoso.com/settings"]);
  });

  it("is none without a record, with a record left over, or where the server does not hold the zone", async () => {
    expect((await read({ texts: {} })).row).toMatchObject(none);
    expect((await read({ addresses: {} })).row).toMatchObject(none);
    expect((await read({ page: () => ({ status: 404 }) })).row).toMatchObject(none);
  });

  it.each([
    "http://connect.dns.example",
    "connect.dns.example:8080",
    "user@connect.dns.example",
    "127.0.0.231",
    "connect.dns.example/a?b=c",
    "two words",
  ])("calls nobody for %s", async (text) => {
    const { row, asked } = await read({ text });
    expect(row).toMatchObject(none);
    expect(asked).toEqual([]);
  });

  it.each([
    "http://panel.dns.example",
    "javascript:alert(1)",
    "https://name:word@panel.dns.example/",
    "panel",
    `https://a.example/${"x".repeat(3_000)}`,
  ])("gives nobody the link %s", async (urlControlPanel) => {
    const { row } = await read({ page: () => json({ ...settings, urlControlPanel }) });
    expect(row).toMatchObject({ provider: "DNS Example", controlPanel: null });
  });

  it("follows a redirect at the same host, and none to another or without end", async () => {
    const to = (location: string): Page => ({ status: 302, headers: { location } });
    const moved = await read({ page: (path) => (path.startsWith("/new") ? json(settings) : to("/new/settings")) });
    expect(moved.row).toMatchObject({ provider: "DNS Example" });
    for (const location of ["https://elsewhere.test/new", "https://connect.dns.example:1/new", "http://connect.dns.example/new", "/again"])
      expect((await read({ page: (path) => (path.startsWith("/new") ? json(settings) : to(location)) })).row).toMatchObject({
        ok: false,
        problem: { code: "rejected" },
      });
  });

  it("is a problem, not absent, when we could not find out", async () => {
    expect((await read({ texts: { "_domainconnect.contoso.com": "failing" } })).row).toMatchObject({ ok: false });
    expect((await read({ page: () => "hang" })).row).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect((await read({ page: () => ({ status: 403 }) })).row).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect((await read({ page: () => ({ body: "<html>" }) })).row).toMatchObject({ ok: false, problem: { code: "unreadable" } });
    expect((await read({ certificate: { selfSigned: true } })).row).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });

  it("is not fetched from a private address", async () => {
    const { row, asked } = await read({ allow: [] });
    expect(row).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(asked).toEqual([]);
  });
});
