import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { ask } from "@/lib/model/query";
import { batch, closeAll, connector, failure, NOW, rows, service, TENANT } from "./stand-in-service";

afterEach(closeAll);
const connectors = ask("InboundConnector");

describe("asking Exchange", () => {
  it("sends reads in batches of ten, each with its own bearer, anchor and cmdlet", async () => {
    const { exchange, server, batches } = await service(({ CmdletName }) => json(rows({ Guid: CmdletName })));
    const asks = Array.from({ length: 23 }, (_, nth) => ask("InboundConnector", `c${nth}`));
    const answers = await exchange.ask(asks, TENANT);
    expect(answers.size).toBe(23);
    expect([...batches].sort()).toEqual([10, 10, 3]);
    const [part] = batch.parse(JSON.parse(server.received[0]?.body ?? "")).requests;
    expect(part?.url).toMatch(new RegExp(`^${server.url}/adminapi/beta/${TENANT}/InvokeCommand\\?\\$select=Guid,Name,`));
    expect(part?.headers).toMatchObject({
      authorization: "Bearer old",
      "x-anchormailbox": `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${TENANT}`,
      "x-cmdletname": "Get-InboundConnector",
    });
    expect(server.received[0]?.headers["prefer"]).toBe("odata.maxpagesize = 1000;odata.continue-on-error");
  });

  it("asks an equal question once, and joins the calls of one list by object", async () => {
    const { exchange, calls } = await service(({ Parameters }) =>
      json(rows({ Guid: "g1" }, ...(Parameters["IsTransportRuleScoped"] === true ? [{ Guid: "g2" }] : []))),
    );
    const answers = await exchange.ask([ask("OutboundConnector"), ask("OutboundConnector")], TENANT);
    expect(calls).toHaveLength(3);
    expect(answers.get("OutboundConnector")).toEqual({ ok: true, value: [{ Guid: "g1" }, { Guid: "g2" }] });
  });

  it("built-in objects that share an id of zeros stay apart by their names", async () => {
    const builtIn = ["AdminOnlyAccessPolicy", "DefaultFullAccessPolicy"].map((Name) => ({
      Guid: "00000000-0000-0000-0000-000000000000",
      Name,
    }));
    const { exchange } = await service(() => json(rows(...builtIn)));
    expect((await exchange.ask([ask("QuarantinePolicy")], TENANT)).get("QuarantinePolicy")).toEqual({ ok: true, value: builtIn });
  });

  it("takes the sidecars off", async () => {
    const { exchange } = await service(() => json(rows(connector)));
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toEqual({
      ok: true,
      value: [{ Guid: "g1", Name: "Ours", SenderDomains: ["smtp:*;1"], Enabled: true }],
    });
  });

  it("lets one failed call fail only its own question", async () => {
    const { exchange } = await service(
      ({ CmdletName }) => (CmdletName === "Get-TransportRule" ? { status: 403, body: Buffer.alloc(470) } : json(rows(connector))),
      { issuedAt: NOW },
    );
    const answers = await exchange.ask([connectors, ask("TransportRule")], TENANT);
    expect(answers.get("InboundConnector")).toMatchObject({ ok: true });
    expect(answers.get("TransportRule")).toMatchObject({ ok: false, problem: { code: "denied" } });
  });

  it("reads a 403 of NUL bytes as denied and names the role", async () => {
    const { exchange } = await service(() => ({ status: 403, headers: { "content-encoding": "gzip" }, body: Buffer.alloc(470) }), {
      issuedAt: NOW,
    });
    const answer = (await exchange.ask([connectors], TENANT)).get("InboundConnector");
    expect(answer).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(JSON.stringify(answer)).toContain("Exchange Administrator");
    expect(JSON.stringify(answer)).not.toContain("\\u0000");
  });

  it("sends put-off parts again and waits as long as they ask", async () => {
    const { exchange, batches, pauses } = await service(({ CmdletName }, nth) =>
      CmdletName === "Get-TransportRule" && nth <= 2 ? json({}, 429, { "retry-after": "2" }) : json(rows(connector)),
    );
    const answers = await exchange.ask([connectors, ask("TransportRule")], TENANT);
    expect([...answers.values()].every((answer) => answer.ok)).toBe(true);
    expect(batches).toEqual([2, 1]);
    expect(pauses).toEqual([2_000]);
  });

  it.each([
    [
      "the plain-text concurrency answer",
      { status: 400, body: "You have reached the maximum number of concurrent requests per tenant. Please wait and try again" },
    ],
    [
      "a 400 that is transient",
      failure("Microsoft.Exchange.Configuration.Core.CmdletProxyException", "CmdletProxyNotAvailableFailure. The issue may be transient"),
    ],
    ["a 503", { status: 503, body: "Service Unavailable" }],
  ])("tries again after %s", async (_, reply) => {
    const { exchange } = await service((__, nth) => (nth === 1 ? reply : json(rows(connector))));
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({ ok: true });
  });

  it("says throttled, with a time, when patience runs out", async () => {
    const { exchange } = await service(() => ({
      status: 400,
      body: "You have reached the maximum number of concurrent requests per tenant.",
    }));
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({
      ok: false,
      problem: { code: "throttled", retryAt: NOW + 60_000 },
    });
  });

  it("gets a new token after a 401 or 403, once", async () => {
    const { exchange, calls } = await service(() => json(rows(connector)), {
      outer: ({ headers }) => (headers["authorization"] === "Bearer old" ? { status: 401 } : undefined),
    });
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({ ok: true });
    expect(calls).toHaveLength(1);
    const never = await service(() => json({}), { outer: () => ({ status: 401 }) });
    expect((await never.exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({
      ok: false,
      problem: { code: "consent-missing" },
    });
    expect(never.server.received).toHaveLength(2);
  });

  it("asks for no new token when the refused one is young", async () => {
    const { exchange, server } = await service(() => json({}), {
      outer: () => ({ status: 403, body: Buffer.alloc(470) }),
      issuedAt: NOW - 5_000,
    });
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(server.received).toHaveLength(1);
  });

  it("follows pages by POST with the same body, to the end", async () => {
    const { exchange, server, calls } = await service((_, nth) =>
      nth === 1
        ? json({ value: [{ Guid: "g1" }], "@odata.nextLink": `${server.url}/adminapi/beta/${TENANT}/InvokeCommand?$skiptoken=x` })
        : json(rows({ Guid: "g2" })),
    );
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toEqual({
      ok: true,
      value: [{ Guid: "g1" }, { Guid: "g2" }],
    });
    expect(server.received[1]).toMatchObject({ method: "POST", url: `/adminapi/beta/${TENANT}/InvokeCommand?$skiptoken=x` });
    expect(calls[1]).toEqual(calls[0]);
  });

  it("never takes half a list for the whole one", async () => {
    const page = (link: string) => json({ value: [{ Guid: "g1" }], "@odata.nextLink": link });
    const elsewhere = await service(() => page("https://evil.example/next"));
    expect((await elsewhere.exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({
      ok: false,
      problem: { code: "unreadable" },
    });
    expect(elsewhere.server.received).toHaveLength(1);
    const expired = await service((_, nth) =>
      nth === 1
        ? page(`${expired.server.url}/adminapi/beta/${TENANT}/InvokeCommand?$skiptoken=x`)
        : failure("X.ValidationException", "Expired or Invalid pagination request. Default Expiry time is 00:30:00"),
    );
    expect((await expired.exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({
      ok: false,
      problem: { code: "unreadable" },
    });
    const silent = await service(() =>
      json({ value: [{ Guid: "g1" }], "@adminapi.warnings": ["There are more results available than are currently displayed."] }),
    );
    expect((await silent.exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({
      ok: false,
      problem: { code: "unreadable" },
    });
  });

  it("reads an answer it does not understand as unreadable, never as nothing", async () => {
    const { exchange } = await service(() => json({ value: "what" }));
    expect((await exchange.ask([connectors], TENANT)).get("InboundConnector")).toMatchObject({
      ok: false,
      problem: { code: "unreadable" },
    });
  });
});
