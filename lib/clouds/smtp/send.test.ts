import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import { no, ok } from "@/lib/base/result";
import { createTestAuthority, type TestAuthority } from "../testing";
import { createSmtp } from "./smtp";
import { type MailServer, mailServer, type Script } from "./stand-in";

const HOST = "mx.test";
const LIMITS = { connectMs: 300, stageMs: 300, inAllMs: 2_000 };
const LETTER = {
  from: "cutover@sender.test",
  to: "a@contoso.com",
  message: "Subject: A test\nMessage-ID: <1@sender.test>\n\n.a dot\n..two\nend",
};

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
const open: MailServer[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function world(script: Script, { isOut = true, address = "127.0.0.231" } = {}) {
  const server = await mailServer("127.0.0.231", 0, script);
  open.push(server);
  if (isOut) open.push(await mailServer("127.0.0.232", server.port, {}));
  const known: Readonly<Record<string, readonly string[]>> = { [HOST]: [address], "reference.test": ["127.0.0.232"] };
  const smtp = createSmtp({
    log: quietLog,
    clock: { now: () => Date.now() },
    addressesOf: async (host) => (host === "failing.test" ? no("unreachable", "The resolvers fail.") : ok(known[host] ?? [])),
    port: server.port,
    reach: createReach(["127.0.0.0/8"]),
    extraCa: authority.pem,
    reference: "reference.test",
    name: "probe.test",
    limits: LIMITS,
    sendLimits: LIMITS,
  });
  return { smtp, server, send: (more: Partial<typeof LETTER> = {}, host = HOST) => smtp.send(host, { ...LETTER, ...more }) };
}
const end = async (script: Script) => {
  const came = await (await world(script)).send();
  return came.ok ? [came.value.end, came.value.said.stage, came.value.said.code] : came.problem.code;
};

describe("a test message", () => {
  it("is handed over encrypted, its lines whole, with dots that stay dots", async () => {
    const { send, server } = await world({ certificate: await authority.leaf(HOST) });
    expect(await send()).toEqual({
      ok: true,
      value: {
        end: "accepted",
        said: { host: HOST, address: "127.0.0.231", isEncrypted: true, stage: "end", code: 250, text: "2.0.0 Ok: queued" },
      },
    });
    await expect.poll(() => server.heard).toContain("tls QUIT");
    expect(server.heard.slice(3)).toEqual(
      [
        ...["MAIL FROM:<cutover@sender.test>", "RCPT TO:<a@contoso.com>", "DATA", "Subject: A test", "Message-ID: <1@sender.test>"],
        ...["", "..a dot", "...two", "end", ".", "QUIT"],
      ].map((line) => `tls ${line}`),
    );
  });

  it("goes without encryption where none is offered, and says so", async () => {
    expect(await (await world({})).send()).toMatchObject({ value: { end: "accepted", said: { isEncrypted: false } } });
  });

  it.each([
    ["the sender", { MAIL: "550 5.7.1 Not you\r\n" }, ["refused", "mail", 550]],
    ["the recipient", { RCPT: "550 5.7.51 TenantInboundAttribution\r\n" }, ["refused", "rcpt", 550]],
    ["the message", { ".": "554 5.6.0 Not that\r\n" }, ["refused", "end", 554]],
    ["the greeting", {}, ["refused", "connect", 554], ["554 Go away\r\n"]],
  ] as const)("is refused at %s", async (_, answers, wanted, greetings?: readonly string[]) => {
    expect(await end({ answers, ...(greetings ? { greetings } : {}) })).toEqual(wanted);
  });

  it.each([
    ["a 4xx to the recipient", { RCPT: "451 4.7.500 Server busy\r\n" }, ["later", "rcpt", 451]],
    ["a 4xx to the message", { ".": "452 4.3.1 No room\r\n" }, ["later", "end", 452]],
    ["silence before the message", { DATA: "silent" }, ["later", "data", null]],
    ["a broken line before the message", { RCPT: "hang up" }, ["later", "rcpt", null]],
  ] as const)("may be sent again after %s: nothing was taken", async (_, answers, wanted) => {
    expect(await end({ answers })).toEqual(wanted);
  });

  it.each([["silence"], ["a broken line"]] as const)("may have been taken after %s at its end, and nobody can know", async (what) => {
    expect(await end({ answers: { ".": what === "silence" ? "silent" : "hang up" } })).toEqual(["unsure", "end", null]);
  });

  it("is no finding about the host where there is no way out on port 25", async () => {
    const { send } = await world({}, { isOut: false, address: "127.0.0.239" });
    expect(await send()).toMatchObject({ ok: false, problem: { code: "unreachable", say: expect.stringContaining("port 25") } });
  });

  it("is not sent to what is no host or address, nor with a command hidden in one", async () => {
    const { send, server } = await world({});
    for (const to of ["a@contoso.com>\r\nRCPT TO:<b@contoso.com", "no address", "ü@contoso.com", ""])
      expect(await send({ to })).toMatchObject({ ok: false, problem: { code: "rejected" } });
    expect(await send({}, "not a host")).toMatchObject({ ok: false });
    expect(await send({}, "failing.test")).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    await expect(send({ message: "Subject: ü" })).rejects.toThrow("ASCII");
    expect(server.calls()).toBe(0);
  });
});
