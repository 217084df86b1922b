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
const NAME = "Email Security Synchronator";
const ROLE = "e8611ab8-c189-46e8-94e1-60213ab1f814";
const NOW = 1_800_000_000_000;
const open: StandIn[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const batch = z.object({ requests: z.array(z.object({ id: z.string(), url: z.string() })) });

/** Answers by the beginning of the path; what has no answer is not found. */
async function service(answers: Readonly<Record<string, unknown>>, status = 200) {
  const asked: string[] = [];
  const server = await standIn(({ body }) => {
    const { requests } = batch.parse(JSON.parse(body));
    return json({
      responses: requests.map(({ id, url }) => {
        const path = decodeURIComponent(url);
        asked.push(path);
        const [, found] = Object.entries(answers).find(([route]) => path.startsWith(route)) ?? [];
        return found === undefined ? { id, status: 404, body: {} } : { id, status, body: found };
      }),
    });
  });
  open.push(server);
  const clock = { now: () => NOW };
  const tokens = { get: async () => ok({ text: "t", issuedAt: NOW, expiresAt: NOW + 3_000_000 }) };
  const pause = async () => {};
  const http = createHttp({ clock, log: quietLog, pause });
  return { graph: createGraph({ http, clock, tokens, graphUrl: server.url, clientId: "c", pause }), asked };
}

const list = (...value: readonly unknown[]) => ({ value });
const principal = (id: string, more: object = {}) => ({
  ...{ id, appId: `APP-${id}`, displayName: NAME, appOwnerOrganizationId: `OWNER-${id}`, accountEnabled: true },
  ...more,
});
const GRAPH = {
  id: "graph",
  appId: "00000003-0000-0000-c000-000000000000",
  displayName: "Microsoft Graph",
  appRoles: [
    { id: "r1", value: "Mail.ReadWrite" },
    { id: "r2", value: "User.Read.All" },
  ],
};
const EXCHANGE = {
  id: "exo",
  appId: "00000002-0000-0ff1-ce00-000000000000",
  displayName: "Exchange",
  appRoles: [{ id: "r3", value: "full_access" }],
};
const known = {
  "/servicePrincipals(appId='00000003": GRAPH,
  "/servicePrincipals(appId='00000002": EXCHANGE,
  "/roleManagement/directory/roleDefinitions": list(),
};
const grant = (appRoleId: string, resourceId: string) => ({ appRoleId, resourceId });

async function rowsOf({ graph }: Awaited<ReturnType<typeof service>>, kind: "vendorApplication" | "roleHolder", of: string) {
  const [answer] = (await graph.ask([ask(kind, of)], TENANT)).values();
  return answer?.ok ? readRows(kind, answer.value) : answer;
}

describe("applications of one name", () => {
  it("come all, each with its owner and what it was granted, by name", async () => {
    const practice = await service({
      ...known,
      "/servicePrincipals?$filter": list(principal("b", { accountEnabled: false, appOwnerOrganizationId: null }), principal("a")),
      "/servicePrincipals/a/appRoleAssignments": list(grant("r2", "graph"), grant("r1", "graph"), grant("r3", "exo")),
      "/servicePrincipals/b/appRoleAssignments": list(),
    });
    expect(await rowsOf(practice, "vendorApplication", NAME)).toEqual({
      ok: true,
      value: [
        {
          ...{ Guid: "a", Name: NAME, id: "a", appId: "app-a", ownerId: "owner-a", name: NAME, isEnabled: true },
          roles: ["Mail.ReadWrite", "User.Read.All", "full_access (Exchange)"],
        },
        { Guid: "b", Name: NAME, id: "b", appId: "app-b", ownerId: "", name: NAME, isEnabled: false, roles: [] },
      ],
    });
    expect(practice.asked).toContain(
      `/servicePrincipals?$filter=displayName eq '${NAME}'&$select=id,appId,displayName,appOwnerOrganizationId,accountEnabled`,
    );
  });

  it("may be none, which is an answer", async () => {
    const practice = await service({ ...known, "/servicePrincipals?$filter": list() });
    expect(await rowsOf(practice, "vendorApplication", NAME)).toEqual({ ok: true, value: [] });
  });

  it("are asked for by a name that stays inside its quotes", async () => {
    const practice = await service({ ...known, "/servicePrincipals?$filter": list() });
    await rowsOf(practice, "vendorApplication", "x' or startswith(displayName,'a&$top=1");
    expect(practice.asked[0]).toContain("$filter=displayName eq 'x'' or startswith(displayName,''a&$top=1'&$select=");
  });

  it("are not known while the grants of one could not be read", async () => {
    const practice = await service({ ...known, "/servicePrincipals?$filter": list(principal("a")) });
    expect(await rowsOf(practice, "vendorApplication", NAME)).toMatchObject({ ok: false, problem: { code: "gone" } });
    const refused = await service({ "/": { error: { code: "Authorization_RequestDenied", message: "no" } } }, 403);
    expect(await rowsOf(refused, "vendorApplication", NAME)).toMatchObject({
      ok: false,
      problem: { code: "denied", say: expect.stringContaining("Application.Read.All") },
    });
  });
});

describe("who holds a role", () => {
  const held = (principalId: string, type: string, more: object = {}, directoryScopeId = "/") => ({
    ...{ principalId, directoryScopeId, roleDefinitionId: ROLE },
    principal: { "@odata.type": `#microsoft.graph.${type}`, ...more },
  });
  const user = (id: string) => held(id, "user", { displayName: `Admin ${id}`, userPrincipalName: `${id}@contoso.com` });

  it("are people and groups of the whole tenant, once each, and no applications", async () => {
    const practice = await service({
      "/roleManagement/directory/roleAssignments": list(
        user("b"),
        user("a"),
        user("b"),
        held("g", "group", { displayName: "Role administrators" }),
        held("sp", "servicePrincipal", { displayName: "Robot", appId: "x" }),
        held("u", "user", { displayName: "Of one unit" }, "/administrativeUnits/1"),
        { principalId: "hidden", directoryScopeId: "/", principal: null },
      ),
    });
    expect(await rowsOf(practice, "roleHolder", ROLE)).toEqual({
      ok: true,
      value: [
        { Guid: "a", Name: "Admin a", id: "a", name: "Admin a", upn: "a@contoso.com" },
        { Guid: "b", Name: "Admin b", id: "b", name: "Admin b", upn: "b@contoso.com" },
        { Guid: "g", Name: "Role administrators", id: "g", name: "Role administrators", upn: "" },
        { Guid: "hidden", Name: "hidden", id: "hidden", name: "", upn: "" },
      ],
    });
    expect(practice.asked).toEqual([`/roleManagement/directory/roleAssignments?$filter=roleDefinitionId eq '${ROLE}'&$expand=principal`]);
  });

  it("are not read without the permission, which is named", async () => {
    const refused = await service({ "/": { error: { code: "Authorization_RequestDenied", message: "no" } } }, 403);
    expect(await rowsOf(refused, "roleHolder", ROLE)).toMatchObject({
      ok: false,
      problem: { code: "denied", say: expect.stringContaining("RoleManagement.Read.Directory") },
    });
  });
});
