import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assignExchangeRole, grantConsent, revokeConsent } from "../entra/grants";
import { graphResource, resources } from "../entra/permissions";
import { person, type Running, startEntra } from "../entra/testing";
import { applicationToken, personToken } from "../entra/tokens";
import { faults } from "../openapi";
import { operations, schemas } from "./contract";
import { strangers } from "./schema";

let running: Running;
let token: string;
beforeEach(async () => {
  running = await startEntra();
  const { world, fabrikam } = running;
  grantConsent(fabrikam, resources, world.clock.now());
  token = applicationToken(world, fabrikam, graphResource);
});
afterEach(() => running.close());

async function call(path: string, init: RequestInit = {}, bearer = token) {
  const response = await fetch(path.startsWith("http") ? path : `${running.url}/v1.0${path}`, {
    ...init,
    headers: { authorization: `Bearer ${bearer}`, "client-request-id": "mine", ...init.headers },
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

const mine = () => running.fabrikam.servicePrincipal?.id ?? "";
/** A token with every role the slice's operations ask for, to see past permissions. */
function almighty(): string {
  const { world, fabrikam } = running;
  fabrikam.consent.graph = [...new Set(operations.flatMap((operation) => operation.permissions.application.flat()))];
  return applicationToken(world, fabrikam, graphResource);
}

describe("answers of the slice", () => {
  it.each([
    "/organization",
    "/domains",
    "/domains/fabrikam.example",
    "/domains/fabrikam.example/serviceConfigurationRecords",
    "/domains/fabrikam.example/verificationDnsRecords",
    "/servicePrincipals",
    "/servicePrincipals/{mine}",
    "/servicePrincipals(appId='c0ffee00-0000-4000-8000-000000000001')",
    "/servicePrincipals/{mine}/appRoleAssignments",
    "/servicePrincipals/{mine}/appRoleAssignedTo",
    "/servicePrincipals/{mine}/oauth2PermissionGrants",
    "/oauth2PermissionGrants",
    "/directoryRoles",
    "/roleManagement/directory/roleAssignments",
    "/roleManagement/directory/roleDefinitions",
    "/users",
    "/users/{user}",
    "/groups",
  ])("of %s fit its schema and say nothing more", async (template) => {
    const path = template.replace("{mine}", mine()).replace("{user}", person(running.fabrikam, "admin").id);
    const operation = operations.find(
      (one) => one.method === "GET" && new RegExp(`^${one.path.replace(/[()]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/]+")}$`).test(path),
    );
    const { status, body } = await call(path, {}, almighty());
    expect(status).toBe(operation?.status);
    expect(faults(body, operation?.answer ?? {}, { schemas })).toEqual([]);
    expect(strangers(body, operation?.answer ?? {}, schemas)).toEqual([]);
  });

  it("give the expected next hop from the domain's record, whatever host that is", async () => {
    const newer = running.fabrikam.domains.find((domain) => domain.id === "fabrikam.example");
    const records = "/domains/fabrikam.example/serviceConfigurationRecords";
    const mxOf = async () => (await call(records)).body.value.filter((one: { recordType: string }) => one.recordType === "Mx");
    expect(await mxOf()).toMatchObject([
      {
        "@odata.type": "#microsoft.graph.domainDnsMxRecord",
        mailExchange: "fabrikam-example.mail.protection.outlook.com",
        preference: 0,
        ttl: 3600,
      },
    ]);
    if (newer) newer.mxHost = "fabrikam-example.r-v1.mx.microsoft";
    expect(await mxOf()).toMatchObject([{ mailExchange: "fabrikam-example.r-v1.mx.microsoft" }]);
  });

  it("have no records for an initial, an unverified or an unknown domain", async () => {
    const { fabrikam } = running;
    const first = fabrikam.domains[0];
    if (first) fabrikam.domains.push({ ...first, id: "new.example", isDefault: false, isVerified: false });
    const statusOf = async (domain: string) => (await call(`/domains/${domain}/serviceConfigurationRecords`)).status;
    expect(await Promise.all(["fabrikam.onmicrosoft.com", "new.example", "nobody.example"].map(statusOf))).toEqual([404, 400, 404]);
    expect((await call("/organization")).body.value[0].verifiedDomains.map((one: { name: string }) => one.name)).not.toContain(
      "new.example",
    );
  });

  it("show each grant of our service principal, and none after revocation", async () => {
    const path = `/servicePrincipals/${mine()}/appRoleAssignments`;
    expect((await call(path)).body.value).toHaveLength(6);
    const kept = token;
    revokeConsent(running.fabrikam, running.world.clock.now());
    expect((await call(path, {}, kept)).body.value).toEqual([]);
  });

  it("show the directory roles of a principal, with their names when asked", async () => {
    assignExchangeRole(running.fabrikam, running.world.clock.now());
    const { body } = await call(`/roleManagement/directory/roleAssignments?$filter=principalId eq '${mine()}'&$expand=roleDefinition`);
    expect(body.value).toMatchObject([
      { roleDefinitionId: "29232cdf-9323-42fd-ade2-1d097af3e4de", roleDefinition: { displayName: "Exchange Administrator" } },
    ]);
  });

  it("come in pages that are followed by nextLink", async () => {
    const first = await call("/servicePrincipals?$top=2&$select=appId");
    expect(first.body.value).toHaveLength(2);
    expect(Object.keys(first.body.value[0])).toEqual(["appId"]);
    const second = await call(first.body["@odata.nextLink"]);
    expect(second.body.value).toHaveLength(1);
    expect(second.body).not.toHaveProperty("@odata.nextLink");
  });

  it("give `me` to a person and not to an application", async () => {
    const admin = person(running.fabrikam, "admin");
    expect((await call("/me", {}, personToken(running.world, running.fabrikam, admin))).body).toMatchObject({ id: admin.id });
    expect(await call("/me")).toMatchObject({ status: 400, body: { error: { code: "BadRequest" } } });
  });
});

describe("refusals", () => {
  it("look like Graph's: a date without a zone, the ids in body and headers", async () => {
    const { body, headers } = await call("/domains/nobody.example");
    expect(faults(body, { $ref: "microsoft.graph.ODataErrors.ODataError" }, { schemas })).toEqual([]);
    expect(body.error.innerError.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect(body.error.innerError["client-request-id"]).toBe("mine");
    expect(headers.get("request-id")).toBe(body.error.innerError["request-id"]);
  });

  it.each([
    ["/nothing", "GET", 400, "BadRequest"],
    ["/domains", "PATCH", 405, "Request_BadRequest"],
    ["/domains?$nothing=1", "GET", 400, "BadRequest"],
    ["/domains?filter=x", "GET", 400, "BadRequest"],
    ["/domains/fabrikam.example?$top=1", "GET", 400, "BadRequest"],
    ["/domains?$select=nothing", "GET", 400, "BadRequest"],
    ["/domains?$filter=nothing eq 'x'", "GET", 400, "BadRequest"],
    ["/domains?$filter=id eq", "GET", 400, "BadRequest"],
    ["/domains?$top=1000", "GET", 400, "Request_BadRequest"],
    ["/domains?$search=x", "GET", 400, "Request_BadRequest"],
    ["/domains/%E0%A4", "GET", 404, "Request_ResourceNotFound"],
    ["/servicePrincipals/11111111-0000-4000-8000-00000000ffff/appRoleAssignments", "GET", 404, "Request_ResourceNotFound"],
    ["/groups", "GET", 403, "Authorization_RequestDenied"],
    ["/roleManagement/directory/roleAssignments", "POST", 403, "Authorization_RequestDenied"],
  ])("of %s by %s are a %i %s", async (path, method, status, code) => {
    expect(await call(path, { method })).toMatchObject({ status, body: { error: { code } } });
  });

  it("of a missing, foreign, changed or old token are 401", async () => {
    const { world, fabrikam } = running;
    const exchange = resources.find((resource) => resource !== graphResource) ?? graphResource;
    for (const bad of ["", "nonsense", `${token}x`, applicationToken(world, fabrikam, exchange)]) {
      expect(await call("/domains", {}, bad)).toMatchObject({ status: 401, body: { error: { code: "InvalidAuthenticationToken" } } });
    }
    world.clock.advance(3_700_000);
    expect((await call("/domains")).body.error.message).toContain("expired");
  });

  it("follow the token, not the grant: a token from before consent stays refused", async () => {
    const { world, contoso } = running;
    grantConsent(contoso, [], world.clock.now());
    const early = applicationToken(world, contoso, graphResource);
    grantConsent(contoso, resources, world.clock.now());
    expect((await call("/domains", {}, early)).status).toBe(403);
    expect((await call("/domains", {}, applicationToken(world, contoso, graphResource))).status).toBe(200);
  });
});

describe("$batch", () => {
  const batch = (requests: object[]) =>
    call("/$batch", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ requests }) });
  const get = (id: string, url: string, more: object = {}) => ({ id, method: "GET", url, ...more });

  it("answers each call for itself", async () => {
    const { status, body } = await batch([get("1", "/domains"), get("2", "groups"), get("3", "/nothing")]);
    expect(status).toBe(200);
    expect(body.responses.map((one: { id: string; status: number }) => [one.id, one.status])).toEqual([
      ["1", 200],
      ["2", 403],
      ["3", 400],
    ]);
    expect(faults(body, { $ref: "x.batchResponse" }, { schemas })).toEqual([]);
  });

  it("throttles single calls, each with its own Retry-After, inside a 200", async () => {
    running.world.faults.add({
      tenant: running.fabrikam.id,
      service: "graph",
      match: "/organization",
      kind: "429",
      retryAfter: 7,
      times: 1,
    });
    const { status, body } = await batch([get("a", "/organization"), get("b", "/domains")]);
    expect(status).toBe(200);
    expect(body.responses).toMatchObject([
      { id: "a", status: 429, headers: { "Retry-After": "7" } },
      { id: "b", status: 200 },
    ]);
  });

  it("answers 424 for what waited for a call that failed", async () => {
    const { body } = await batch([
      get("1", "/nothing"),
      get("2", "/domains", { dependsOn: ["1"] }),
      get("3", "/domains", { dependsOn: ["2"] }),
      get("4", "/domains"),
    ]);
    expect(body.responses.map((one: { status: number }) => one.status)).toEqual([400, 424, 424, 200]);
  });

  it("takes 20 calls and refuses 21, the same id twice, and a body without its type", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => get(String(at), "/domains"));
    expect((await batch(many(20))).status).toBe(200);
    expect((await batch(many(21))).status).toBe(400);
    expect((await batch([get("a", "/domains"), get("A", "/domains")])).status).toBe(400);
    expect((await batch([{ id: "1", method: "POST", url: "/servicePrincipals", body: {} }])).status).toBe(400);
    expect((await batch([])).status).toBe(400);
  });

  it("costs one latency, however many calls are in it", async () => {
    running.world.faults.add({ tenant: running.fabrikam.id, service: "graph", kind: "latency", ms: 300 });
    const began = performance.now();
    await batch([get("1", "/domains"), get("2", "/organization"), get("3", "/directoryRoles")]);
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(290);
    expect(took).toBeLessThan(600);
  });

  it("is refused without a token", async () => {
    expect((await call("/$batch", { method: "POST", body: "{}" }, "")).status).toBe(401);
  });
});

describe("faults and the log", () => {
  it("strike as asked and count down", async () => {
    const { world, fabrikam } = running;
    world.faults.add({ tenant: fabrikam.id, service: "graph", kind: "503", times: 1 });
    expect((await call("/domains")).status).toBe(503);
    world.faults.add({ tenant: fabrikam.id, service: "graph", kind: "lie", times: 1 });
    expect((await call("/domains")).body.value).toEqual([]);
    world.faults.add({ tenant: fabrikam.id, service: "graph", kind: "drop", times: 1 });
    await expect(call("/domains")).rejects.toThrow();
    expect((await call("/domains")).body.value.length).toBeGreaterThan(0);
  });

  it("tell what was received, path by path, inside a batch too", async () => {
    await call("/$batch", { method: "POST", body: JSON.stringify({ requests: [{ id: "1", method: "GET", url: "/domains?$select=id" }] }) });
    expect(
      running.world.log
        .read({ service: "graph", tenant: running.fabrikam.id })
        .map((entry) => `${entry.method} ${entry.path} ${entry.status}`),
    ).toEqual(["GET /v1.0/domains?$select=id 200", "POST /v1.0/$batch 200"]);
  });
});
