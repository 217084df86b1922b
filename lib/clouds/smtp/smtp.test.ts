import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import { no, ok } from "@/lib/base/result";
import { everLater } from "@/lib/clouds/testing";
import { type Kind, readRows } from "@/lib/model/nouns";
import { ask, nameOf } from "@/lib/model/query";
import { createTestAuthority, type TestAuthority } from "../testing";
import { createSmtp } from "./smtp";
import { type MailServer, mailServer, type Script } from "./stand-in";

const HOST = "mx.test";
const REFERENCE = "reference.test";
const LIMITS = { connectMs: 300, stageMs: 300, inAllMs: 2_000 };

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
const open: MailServer[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type World = {
  readonly addresses?: Readonly<Record<string, readonly string[]>>;
  readonly allow?: readonly string[];
  readonly clock?: { readonly now: () => number };
  /** Whether a third host answers on the port. */
  readonly isOut?: boolean;
};

/** A mail server at 127.0.0.221, which is what mx.test names unless told otherwise, and a reference host beside it. */
async function world(script: Script, { addresses = {}, allow = ["127.0.0.0/8"], isOut = true, clock = everLater() }: World = {}) {
  const server = await mailServer("127.0.0.221", 0, script);
  open.push(server);
  const reference = isOut ? await mailServer("127.0.0.222", server.port, {}) : undefined;
  if (reference !== undefined) open.push(reference);
  const known: Readonly<Record<string, readonly string[]>> = { [HOST]: ["127.0.0.221"], [REFERENCE]: ["127.0.0.222"], ...addresses };
  const smtp = createSmtp({
    log: quietLog,
    clock,
    addressesOf: async (host) => (host === "failing.test" ? no("unreachable", "The resolvers fail.") : ok(known[host] ?? [])),
    port: server.port,
    reach: createReach(allow),
    extraCa: authority.pem,
    reference: REFERENCE,
    name: "probe.test",
    limits: LIMITS,
  });
  const row = async <K extends Kind>(kind: K, of: string) => {
    const question = ask(kind, of);
    const raw = (await smtp.ask([question])).get(nameOf(question));
    const rows = raw?.ok ? readRows(kind, raw.value) : undefined;
    return rows?.ok ? rows.value[0] : raw;
  };
  return {
    smtp,
    server,
    reference,
    host: (name = HOST) => row("smtpHost", name),
    direct: () => row("directDelivery", `contoso.com@${HOST}`),
  };
}
const good = async (): Promise<Script> => ({ certificate: await authority.leaf(HOST) });

describe("a mail server that is called", () => {
  it("shows greeting, encryption and a certificate that proves its name", async () => {
    const { host, server } = await world(await good());
    expect(await host()).toMatchObject({
      Guid: HOST,
      address: "127.0.0.221",
      connected: true,
      banner: "mx.test ESMTP ready",
      ehlo: true,
      starttls: true,
      certificate: { trusted: true, matches: true, subject: HOST, issuer: "Test root" },
      problem: null,
    });
    expect(server.heard.slice(0, 2)).toEqual(["EHLO probe.test", "STARTTLS"]);
  });

  it("is called once a minute, however often it is asked about", async () => {
    let at = 0;
    const { host, server } = await world(await good(), { clock: { now: () => at } });
    await Promise.all([host(), host()]);
    await host();
    expect(server.heard.filter((line) => line.startsWith("EHLO")).length).toBe(1);
    at += 61_000;
    await host();
    expect(server.heard.filter((line) => line.startsWith("EHLO")).length).toBe(2);
  });

  it("may speak in many lines and in pieces", async () => {
    const greetings = [["220-mx.test a", "ll day\r\n220", "-and\r", "\n220 night\r\n"]];
    const { host } = await world({ ...(await good()), greetings });
    expect(await host()).toMatchObject({ banner: "mx.test all day and night", starttls: true, problem: null });
  });

  it("is told to be self-signed, not refused", async () => {
    const { host } = await world({ certificate: await authority.leaf(HOST, { selfSigned: true }) });
    expect(await host()).toMatchObject({ starttls: true, certificate: { trusted: false, matches: true }, problem: null });
  });

  it("is told to carry another host's certificate", async () => {
    const { host } = await world({ certificate: await authority.leaf("other.test") });
    expect(await host()).toMatchObject({ certificate: { trusted: true, matches: false, subject: "other.test" }, problem: null });
  });

  it("is told to carry a certificate that has ended, and when it did", async () => {
    const { host } = await world({ certificate: await authority.leaf(HOST, { expired: true }) });
    const row = await host();
    expect(row).toMatchObject({ certificate: { trusted: false, matches: true } });
    const ended = row !== undefined && "certificate" in row ? Date.parse(row.certificate?.validTo ?? "") : Number.NaN;
    expect(ended).toBeLessThan(Date.now());
  });

  it("is told to offer no encryption", async () => {
    const { host } = await world({});
    expect(await host()).toMatchObject({ ehlo: true, starttls: false, certificate: null, problem: expect.stringContaining("STARTTLS") });
  });

  it("is told to offer encryption and then not to give it", async () => {
    const refusing = await world({ ...(await good()), answers: { STARTTLS: "454 4.7.0 TLS not available\r\n" } });
    expect(await refusing.host()).toMatchObject({
      ehlo: true,
      starttls: false,
      problem: expect.stringContaining("454 4.7.0 TLS not available"),
    });
    const babbling = await world({ ...(await good()), answers: { STARTTLS: ["220 go\r\n", "", "this is no handshake\r\n"] } });
    expect(await babbling.host()).toMatchObject({ starttls: false, problem: expect.stringContaining("none could be agreed on") });
  });

  it("gains nothing by speaking in clear after it agreed to encrypt", async () => {
    const { host } = await world({ ...(await good()), injected: "250 2.0.0 as if encrypted\r\n" });
    expect(await host()).toMatchObject({ starttls: false, certificate: null, problem: expect.stringMatching(/in clear|agreed on/) });
  });

  it("is told to refuse EHLO", async () => {
    const { host } = await world({ answers: { EHLO: "502 5.5.1 Not here\r\n" } });
    expect(await host()).toMatchObject({ ehlo: false, problem: "It refuses EHLO: 502 5.5.1 Not here" });
  });
});

describe("a mail server that does not behave", () => {
  it.each([
    ["is silent", ["silent"], "It was silent: its greeting did not come in time."],
    ["hangs up", ["hang up"], "It hung up before its greeting."],
    ["floods us with one line", ["x".repeat(1_000_000)], "longer than a mail server's answer may be"],
    ["floods us with lines", ["220-more\r\n".repeat(100_000)], "longer than a mail server's answer may be"],
    ["speaks another protocol", ["SSH-2.0-OpenSSH_9.2\r\n"], "is not what a mail server says"],
    ["drips a line without end", [Array.from({ length: 400 }, () => "2")], "It was silent: its greeting did not come in time."],
  ])("and %s is connected, without a banner, with a reason", async (_how, greetings, say) => {
    const { host } = await world({ greetings, pauseMs: 5 });
    expect(await host()).toMatchObject({ connected: true, banner: null, ehlo: false, problem: expect.stringContaining(say) });
  });

  it("and is silent after EHLO says so", async () => {
    const { host } = await world({ answers: { EHLO: "silent" } });
    expect(await host()).toMatchObject({ ehlo: false, problem: "It was silent: its answer to EHLO did not come in time." });
  });

  it("is called a second time when it greets with 4xx, and not a third", async () => {
    const better = await world({ ...(await good()), greetings: ["421 4.3.2 Busy\r\n", "220 mx.test\r\n"] });
    expect(await better.host()).toMatchObject({ starttls: true, problem: null });
    const busy = await world({ greetings: ["421 4.3.2 Busy\r\n"] });
    expect(await busy.host()).toMatchObject({
      connected: true,
      banner: "4.3.2 Busy",
      ehlo: false,
      problem: "It greets us with a refusal: 421.",
    });
    expect([better.server.calls(), busy.server.calls()]).toEqual([2, 2]);
  });

  it("takes no longer than the whole call may", async () => {
    const slow = Array.from({ length: 100 }, (_, nth) => `250-line ${nth}\r\n`);
    const { host } = await world({ answers: { EHLO: slow }, pauseMs: 100 });
    const began = performance.now();
    await host();
    expect(performance.now() - began).toBeLessThan(LIMITS.inAllMs);
  });
});

describe("a mail server that cannot be called", () => {
  it("is tried at its next address", async () => {
    const { host } = await world(await good(), { addresses: { [HOST]: ["127.0.0.229", "127.0.0.221"] } });
    expect(await host()).toMatchObject({ address: "127.0.0.221", connected: true, starttls: true });
  });

  it("is not connected while others can be", async () => {
    const { host } = await world({}, { addresses: { [HOST]: ["127.0.0.229"] } });
    expect(await host()).toMatchObject({ connected: false, address: "127.0.0.229", problem: expect.stringContaining("ECONNREFUSED") });
  });

  it("is a problem when nothing can be reached on port 25", async () => {
    const { host, direct } = await world({}, { addresses: { [HOST]: ["127.0.0.229"] }, isOut: false });
    const shut = {
      ok: false,
      problem: { code: "unreachable", say: expect.stringContaining("no way out on port 25"), fix: expect.any(String) },
    };
    expect(await host()).toMatchObject(shut);
    expect(await direct()).toMatchObject(shut);
  });

  it("has the reference host called once a wave, and only then", async () => {
    const { smtp, reference } = await world({}, { addresses: { "a.test": ["127.0.0.229"], "b.test": ["127.0.0.228"] } });
    await smtp.ask([ask("smtpHost", HOST)]);
    expect(reference?.calls()).toBe(0);
    await smtp.ask([ask("smtpHost", "a.test"), ask("smtpHost", "b.test")]);
    expect(reference?.calls()).toBe(1);
  });

  it("is not called when its name leads to a private address", async () => {
    const { host, direct, server } = await world({}, { allow: [] });
    expect(await host()).toMatchObject({ connected: false, problem: expect.stringContaining("private") });
    expect(await direct()).toMatchObject({ stage: "connect", refused: false, text: expect.stringContaining("private") });
    expect(server.calls()).toBe(0);
  });

  it("tells no address from a lookup that failed", async () => {
    const { host } = await world({});
    expect(await host("nowhere.test")).toMatchObject({ connected: false, address: null, problem: "It has no address." });
    expect(await host("failing.test")).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect(await host("not a host")).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });

  it("is called once for two equal questions", async () => {
    const { smtp, server } = await world({});
    expect((await smtp.ask([ask("smtpHost", HOST), ask("smtpHost", HOST)])).size).toBe(1);
    expect(server.calls()).toBe(1);
  });
});

describe("mail straight to a host", () => {
  it("is offered up to the recipient, taken back, and never sent", async () => {
    const { direct, server } = await world(await good());
    expect(await direct()).toMatchObject({ Guid: "contoso.com", host: HOST, stage: "rcpt", code: 250, text: "2.1.0 Ok", refused: false });
    await expect.poll(() => server.heard).toContain("tls QUIT");
    expect(server.heard).toEqual([
      "EHLO probe.test",
      "STARTTLS",
      "tls EHLO probe.test",
      "tls MAIL FROM:<>",
      "tls RCPT TO:<postmaster@contoso.com>",
      "tls RSET",
      "tls QUIT",
    ]);
  });

  it("goes without encryption where none is offered", async () => {
    const { direct, server } = await world({});
    expect(await direct()).toMatchObject({ stage: "rcpt", code: 250 });
    expect(server.heard).toContain("RCPT TO:<postmaster@contoso.com>");
  });

  it("is refused by a lasting no to the recipient or the sender, with its enhanced code", async () => {
    const text = "5.7.51 TenantInboundAttribution; There is a partner connector configured";
    const recipient = await world({ ...(await good()), answers: { RCPT: `550 ${text}\r\n` } });
    expect(await recipient.direct()).toMatchObject({ stage: "rcpt", code: 550, text, refused: true });
    const sender = await world({ answers: { MAIL: "550-5.7.1 Not\r\n550 5.7.1 you\r\n" } });
    expect(await sender.direct()).toMatchObject({ stage: "mail", code: 550, text: "5.7.1 Not 5.7.1 you", refused: true });
  });

  it("is not called refused by a no that may pass, nor by one to us before the sender", async () => {
    const later = await world({ answers: { RCPT: "451 4.7.500 Server busy\r\n" } });
    expect(await later.direct()).toMatchObject({ stage: "rcpt", code: 451, refused: false });
    const blocked = await world({ greetings: ["554 5.7.1 Your address is on a list\r\n"] });
    expect(await blocked.direct()).toMatchObject({ stage: "connect", code: 554, refused: false });
    const unwelcome = await world({ answers: { EHLO: "550 No\r\n" } });
    expect(await unwelcome.direct()).toMatchObject({ stage: "connect", code: 550, refused: false });
  });

  it("tells at which stage it broke off", async () => {
    const untaught = await world({ ...(await good()), answers: { STARTTLS: "454 4.7.0 Not now\r\n" } });
    expect(await untaught.direct()).toMatchObject({ stage: "tls", code: 454, refused: false });
    const mute = await world({ ...(await good()), answers: { "tls EHLO": "silent" } });
    expect(await mute.direct()).toMatchObject({ stage: "tls", code: null, refused: false });
    const gone = await world({ answers: { MAIL: "hang up" } });
    expect(await gone.direct()).toMatchObject({ stage: "mail", code: null, text: "It hung up before its answer to MAIL." });
  });

  it("cannot be asked with a command hidden in a name", async () => {
    const { smtp, server } = await world({});
    const hidden = ask("directDelivery", `contoso.com>\r\nVRFY root@${HOST}`);
    expect((await smtp.ask([hidden])).get(nameOf(hidden))).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(server.calls()).toBe(0);
  });
});

it("no file of this cloud but the one that sends a test message knows the word that sends one", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.includes(".test.") && name !== "stand-in.ts" && name !== "send.ts");
  expect(files.filter((name) => /\bDATA\b|BDAT/.test(readFileSync(join(import.meta.dirname, name), "utf8")))).toEqual([]);
});
