import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createHttp } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";
import { ok } from "@/lib/base/result";
import { json, type StandIn, standIn } from "@/lib/base/stand-in";
import { readRows } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { createGraph } from "./graph";

const TENANT = "11111111-1111-4111-8111-111111111111";
const NOW = 1_800_000_000_000;
const open: StandIn[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const batch = z.object({
  requests: z.array(z.object({ id: z.string(), url: z.string(), headers: z.record(z.string(), z.string()).default({}) })),
});
type Asked = { readonly url: URL; readonly headers: Readonly<Record<string, string>> };

/** `page` answers the first page inside a batch, and the next ones by their own address. */
async function service(page: (query: URLSearchParams, base: string) => unknown, status = 200) {
  const asked: Asked[] = [];
  const server = await standIn(({ url, body, method }) => {
    const answer = (path: string, headers: Asked["headers"]) => {
      const whole = new URL(path, server.url);
      asked.push({ url: whole, headers });
      return page(whole.searchParams, server.url);
    };
    if (method === "GET") return json(answer(url, {}));
    const { requests } = batch.parse(JSON.parse(body));
    return json({ responses: requests.map((one) => ({ id: one.id, status, headers: {}, body: answer(one.url, one.headers) })) });
  });
  open.push(server);
  const clock = { now: () => NOW };
  const tokens = { get: async () => ok({ text: "t", issuedAt: NOW, expiresAt: NOW + 3_000_000 }) };
  const http = createHttp({ clock, log: quietLog });
  return { graph: createGraph({ http, clock, tokens, graphUrl: server.url, clientId: "c" }), asked };
}

const person = (mail: string | null, more: object = {}) => ({
  mail,
  usageLocation: "DE",
  officeLocation: "Berlin",
  userType: "Member",
  ...more,
});

async function people(graph: Awaited<ReturnType<typeof service>>["graph"]) {
  const answer = (await graph.ask([ask("people")], TENANT)).get("people");
  return answer?.ok ? readRows("people", answer.value) : answer;
}

describe("the people of a tenant", () => {
  it("come grouped by where they are, without guests and those who have no mail", async () => {
    const { graph, asked } = await service(() => ({
      value: [
        person("Anna@contoso.com"),
        person("bernd@contoso.com", { usageLocation: "de", officeLocation: " Berlin " }),
        person("carol@contoso.com", { usageLocation: null, officeLocation: null, userType: null }),
        person("anna@contoso.com"),
        person(null),
        person("guest@fabrikam.com", { userType: "Guest" }),
      ],
    }));
    expect(await people(graph)).toMatchObject({
      ok: true,
      value: [
        { Guid: "DE/Berlin", addresses: ["anna@contoso.com", "bernd@contoso.com"] },
        { Guid: "/", addresses: ["carol@contoso.com"] },
      ],
    });
    expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toEqual({
      $select: "mail,usageLocation,officeLocation,userType",
      $top: "999",
    });
  });

  const numbered = (pages: number) => (query: URLSearchParams, base: string) => {
    const nth = Number(query.get("$skiptoken") ?? 1);
    const next = nth < pages ? { "@odata.nextLink": `${base}/v1.0/users?$skiptoken=${nth + 1}` } : {};
    return { value: [person(`p${nth}@contoso.com`)], ...next };
  };

  it("are read to the end of more than a hundred pages, and never cut short in silence", async () => {
    const { graph, asked } = await service(numbered(150));
    expect(await people(graph)).toMatchObject({ ok: true, value: [{ addresses: { length: 150 } }] });
    expect(asked.slice(1).every(({ url }) => url.pathname === "/v1.0/users")).toBe(true);
    const endless = await service(numbered(500));
    expect(await people(endless.graph)).toMatchObject({ ok: false, problem: { code: "unreadable" } });
    expect(endless.asked).toHaveLength(201);
  });

  it("are not read without the permission, which is named", async () => {
    const { graph } = await service(() => ({ error: { code: "Authorization_RequestDenied", message: "no" } }), 403);
    expect(await people(graph)).toMatchObject({
      ok: false,
      problem: { code: "denied", say: expect.stringContaining("User.Read.All") },
    });
  });
});

describe("looking for somebody", () => {
  it("asks by name or address, with the header that such a search needs", async () => {
    const { graph, asked } = await service(() => ({ value: [{ displayName: "Anna Alt", ...person("Anna@contoso.com") }] }));
    expect(await graph.searchPeople(TENANT, " anna ")).toEqual({
      ok: true,
      value: [{ name: "Anna Alt", address: "anna@contoso.com", usageLocation: "DE", office: "Berlin" }],
    });
    expect(asked[0]?.url.searchParams.get("$search")).toBe('"displayName:anna" OR "mail:anna"');
    expect(asked[0]?.headers).toEqual({ ConsistencyLevel: "eventual" });
  });

  it("cannot be talked out of its quotes", async () => {
    const { graph, asked } = await service(() => ({ value: [] }));
    await graph.searchPeople(TENANT, 'x" OR "mail:a\\&$top=999#');
    const query = asked[0]?.url.searchParams;
    expect(query?.get("$search")).toBe('"displayName:x\\" OR \\"mail:a\\\\&$top=999#" OR "mail:x\\" OR \\"mail:a\\\\&$top=999#"');
    expect(query?.getAll("$top")).toEqual(["60"]);
  });

  it("asks nobody about one letter", async () => {
    const { graph, asked } = await service(() => ({ value: [] }));
    expect(await graph.searchPeople(TENANT, " a ")).toEqual({ ok: true, value: [] });
    expect(asked).toEqual([]);
  });

  it("shows twenty at most, and no guests", async () => {
    const many = Array.from({ length: 50 }, (_, nth) => ({
      displayName: `P${nth}`,
      ...person(`p${nth}@contoso.com`, { userType: nth < 10 ? "Guest" : "Member" }),
    }));
    const { graph } = await service(() => ({ value: many }));
    const found = await graph.searchPeople(TENANT, "people");
    expect(found.ok && found.value.map((one) => one.address)).toEqual(Array.from({ length: 20 }, (_, nth) => `p${nth + 10}@contoso.com`));
  });
});
