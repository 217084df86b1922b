import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createHttp } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";
import { ok } from "@/lib/base/result";
import { json, type Reply, type StandIn, standIn } from "@/lib/base/stand-in";
import { ask } from "@/lib/model/query";
import type { Tokens } from "../tokens";
import { createGraph } from "./graph";

const TENANT = "11111111-1111-4111-8111-111111111111";
const CLIENT = "c0ffee00-0000-4000-8000-000000000001";
const NOW = 1_800_000_000_000;
const open: StandIn[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const batch = z.object({ requests: z.array(z.object({ id: z.string(), method: z.literal("GET"), url: z.string() })).max(20) });

type Item = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

async function service(
  item: (url: string, nth: number) => Item,
  options: { readonly issuedAt?: number; readonly outer?: (url: string, authorization: unknown) => Reply | undefined } = {},
) {
  const batches: string[][] = [];
  let items = 0;
  const server = await standIn(({ url, body, headers, method }) => {
    const said = options.outer?.(url, headers["authorization"]);
    if (said !== undefined) return said;
    if (method === "GET") return json(item(decodeURIComponent(url), ++items).body);
    const { requests } = batch.parse(JSON.parse(body));
    batches.push(requests.map((one) => one.url));
    return json({
      responses: requests.map((one) => ({ id: one.id, status: 200, headers: {}, ...item(decodeURIComponent(one.url), ++items) })).reverse(),
    });
  });
  open.push(server);
  const clock = { now: () => NOW };
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const tokens: Tokens = {
    get: async (_, __, newerThan = 0) =>
      ok({
        text: newerThan > 0 ? "new" : "old",
        issuedAt: newerThan > 0 ? NOW : (options.issuedAt ?? NOW - 600_000),
        expiresAt: NOW + 3_000_000,
      }),
  };
  const http = createHttp({ clock, log: quietLog, pause });
  return { graph: createGraph({ http, clock, tokens, graphUrl: server.url, clientId: CLIENT, pause }), server, batches, pauses };
}

const domain = { id: "contoso.com", isVerified: true, supportedServices: ["Email"] };
const list = (...value: readonly unknown[]): Item => ({ body: { value } });

describe("asking Graph", () => {
  it("carries our bearer over plain http, in batches of twenty", async () => {
    const { graph, server, batches } = await service(() => list());
    const asks = Array.from({ length: 25 }, (_, nth) => ask("serviceRecord", `d${nth}.example`));
    expect((await graph.ask([...asks, ask("domain")], TENANT)).size).toBe(26);
    expect(batches.map((one) => one.length).sort()).toEqual([20, 6]);
    expect(server.received.every((one) => one.url === "/v1.0/$batch" && one.headers["authorization"] === "Bearer old")).toBe(true);
  });

  it("asks an equal question once", async () => {
    const { graph, batches } = await service(() => list(domain));
    await graph.ask([ask("domain"), ask("domain")], TENANT);
    expect(batches).toEqual([["/domains"]]);
  });

  it("reads every page, on the same host only", async () => {
    const { graph, server } = await service((url) =>
      url.includes("skip")
        ? list({ id: "b" })
        : { body: { value: [{ id: "a" }], "@odata.nextLink": `${server.url}/v1.0/domains?$skiptoken=skip` } },
    );
    expect((await graph.ask([ask("domain")], TENANT)).get("domain")).toEqual({ ok: true, value: [{ id: "a" }, { id: "b" }] });
    const elsewhere = await service(() => ({ body: { value: [{ id: "a" }], "@odata.nextLink": "https://evil.example/v1.0/domains" } }));
    expect((await elsewhere.graph.ask([ask("domain")], TENANT)).get("domain")).toMatchObject({
      ok: false,
      problem: { code: "unreadable" },
    });
  });

  it("sends items again that were put off inside a batch that succeeded", async () => {
    const { graph, batches, pauses } = await service((url, nth) =>
      url.startsWith("/domains") && nth <= 2 ? { status: 429, headers: { "Retry-After": "3" } } : list(domain),
    );
    const answers = await graph.ask([ask("domain"), ask("organization")], TENANT);
    expect([...answers.values()].every((answer) => answer.ok)).toBe(true);
    expect(batches.map((one) => one.length)).toEqual([2, 1]);
    expect(pauses).toEqual([3_000]);
  });

  it("says throttled with the time when it stays so", async () => {
    const { graph } = await service(() => ({ status: 429, headers: { "Retry-After": "600" } }));
    expect((await graph.ask([ask("domain")], TENANT)).get("domain")).toMatchObject({
      ok: false,
      problem: { code: "throttled", retryAt: NOW + 600_000 },
    });
  });

  it("names the permission that is missing, after trying with a new token", async () => {
    const { graph, server } = await service(() => ({
      status: 403,
      body: { error: { code: "Authorization_RequestDenied", message: "Insufficient privileges" } },
    }));
    const answer = (await graph.ask([ask("domain")], TENANT)).get("domain");
    expect(answer).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(JSON.stringify(answer)).toContain("Domain.Read.All");
    expect(server.received.map((one) => one.headers["authorization"])).toEqual(["Bearer old", "Bearer new"]);
  });

  it("gets a new token after a 401", async () => {
    const { graph } = await service(() => list(domain), {
      outer: (_, authorization) =>
        authorization === "Bearer old" ? json({ error: { code: "InvalidAuthenticationToken", message: "" } }, 401) : undefined,
    });
    expect((await graph.ask([ask("domain")], TENANT)).get("domain")).toMatchObject({ ok: true });
  });

  it("says unreachable when nobody answers", async () => {
    const { graph, server } = await service(() => list());
    await server.close();
    expect((await graph.ask([ask("domain")], TENANT)).get("domain")).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });

  it("reads an answer it does not understand as unreadable, never as nothing", async () => {
    const { graph } = await service(() => ({ body: { value: "what" } }));
    expect((await graph.ask([ask("domain")], TENANT)).get("domain")).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });
});

describe("grants", () => {
  const world = (url: string): Item => {
    if (url.startsWith(`/servicePrincipals(appId='${CLIENT}'`)) return { body: { id: "sp1" } };
    if (url.startsWith("/servicePrincipals(appId='00000003-"))
      return { body: { id: "graph", appId: "00000003-0000-0000-c000-000000000000", appRoles: [] } };
    if (url.startsWith("/servicePrincipals/sp1/appRoleAssignments"))
      return list({ appRoleId: "r1", resourceId: "exo" }, { appRoleId: "r2", resourceId: "exo" });
    if (url.startsWith("/servicePrincipals/exo"))
      return {
        body: {
          id: "exo",
          appId: "00000002-0000-0ff1-ce00-000000000000",
          displayName: "Office 365 Exchange Online",
          appRoles: [
            { id: "r1", value: "Exchange.ManageAsApp" },
            { id: "r2", value: null },
          ],
        },
      };
    if (url.startsWith("/roleManagement/directory/roleAssignments"))
      return list(
        { roleDefinitionId: "d1", directoryScopeId: "/" },
        { roleDefinitionId: "d2", directoryScopeId: "/administrativeUnits/x" },
      );
    if (url.startsWith("/roleManagement/directory/roleDefinitions"))
      return list({ id: "d1", templateId: "29232CDF-9323-42fd-ade2-1d097af3e4de", displayName: "Exchange Administrator" });
    return { status: 404 };
  };

  it("are told by name, in two hops once a name is known", async () => {
    const { graph, batches } = await service(world);
    expect((await graph.ask([ask("grants"), ask("domain")], TENANT)).get("grants")).toEqual({
      ok: true,
      value: [
        {
          servicePrincipalId: "sp1",
          appRoles: [
            { resource: "Office 365 Exchange Online", resourceAppId: "00000002-0000-0ff1-ce00-000000000000", name: "Exchange.ManageAsApp" },
            { resource: "Office 365 Exchange Online", resourceAppId: "00000002-0000-0ff1-ce00-000000000000", name: "r2" },
          ],
          directoryRoles: [{ templateId: "29232cdf-9323-42fd-ade2-1d097af3e4de", name: "Exchange Administrator" }],
        },
      ],
    });
    // A resource nobody has needed before costs a third.
    expect(batches).toHaveLength(3);
    await graph.ask([ask("grants")], TENANT);
    expect(batches.slice(3).map((batch) => batch.map((url) => url.split("?")[0]))).toEqual([
      [`/servicePrincipals(appId='${CLIENT}')`],
      ["/servicePrincipals/sp1/appRoleAssignments", "/roleManagement/directory/roleAssignments"],
    ]);
  });

  it("say consent is missing where the tenant does not have the application", async () => {
    const { graph } = await service(() => ({ status: 404, body: { error: { code: "Request_ResourceNotFound", message: "" } } }));
    expect((await graph.ask([ask("grants")], TENANT)).get("grants")).toMatchObject({ ok: false, problem: { code: "consent-missing" } });
  });
});
