import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directoryRoles } from "../tenant";
import { cutoverApp } from "../world";
import { assignExchangeRole, grantConsent, removeApplication, revokeConsent } from "./grants";
import { resources } from "./permissions";
import { selfSigned } from "./selfsigned";
import { type Credential, msal, type Running, startEntra } from "./testing";
import { verifyToken } from "./tokens";

const graphScope = "https://graph.microsoft.com/.default";
const exchangeScope = "https://outlook.office365.com/.default";

let running: Running;
beforeEach(async () => {
  running = await startEntra();
});
afterEach(() => running.close());

async function acquire(scope: string, credential?: Credential): Promise<string> {
  const client = await msal(running.url, running.fabrikam.id, credential);
  const result = await client.acquireTokenByClientCredential({ scopes: [scope] });
  return result?.accessToken ?? "";
}

const consent = () => grantConsent(running.fabrikam, resources, running.world.clock.now());

async function ask(fields: Record<string, string>, tenant = running.fabrikam.id) {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: cutoverApp.clientId,
    client_secret: cutoverApp.secret,
    scope: graphScope,
    ...fields,
  });
  const response = await fetch(`${running.url}/${tenant}/oauth2/v2.0/token`, { method: "POST", body });
  return { status: response.status, body: await response.json() };
}

describe("the application's tokens", () => {
  it("carry the consented roles of one resource, for msal-node with the secret", async () => {
    consent();
    expect(await verifyToken(await acquire(graphScope), running.world)).toMatchObject({
      aud: "https://graph.microsoft.com",
      tid: running.fabrikam.id,
      appid: cutoverApp.clientId,
      oid: running.fabrikam.servicePrincipal?.id,
      roles: ["Domain.Read.All", "Organization.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "User.Read.All"],
    });
    expect(await verifyToken(await acquire(exchangeScope), running.world)).toMatchObject({
      aud: "https://outlook.office365.com",
      roles: ["Exchange.ManageAsApp"],
    });
  });

  it("are given to msal-node for an assertion signed with a registered certificate, and for no other", async () => {
    consent();
    const { certificate, privateKey, thumbprintSha256 } = selfSigned("Cutover sandbox");
    const credential = { clientCertificate: { privateKey, thumbprintSha256 } };
    await expect(acquire(graphScope, credential)).rejects.toThrow("AADSTS700027");
    running.world.entra.certificates.push(certificate);
    expect(await verifyToken(await acquire(graphScope, credential), running.world)).toMatchObject({
      roles: expect.arrayContaining(["Domain.Read.All"]),
    });
    const stolen = { clientCertificate: { privateKey: selfSigned("Other").privateKey, thumbprintSha256 } };
    await expect(acquire(graphScope, stolen)).rejects.toThrow("AADSTS700027");
  });

  it("show a directory role only when issued after it was given and has arrived", async () => {
    consent();
    const lag = running.fabrikam.traits.roleLagMs;
    const before = await acquire(exchangeScope);
    assignExchangeRole(running.fabrikam, running.world.clock.now());
    const tooEarly = await acquire(exchangeScope);
    running.world.clock.advance(lag + 1);
    const after = await acquire(exchangeScope);
    for (const [token, has] of [
      [before, false],
      [tooEarly, false],
      [after, true],
    ] as const) {
      const read = await verifyToken(token, running.world);
      expect(read?.wids.includes(directoryRoles.exchangeAdministrator)).toBe(has);
    }
  });

  it("expire by the sandbox's clock", async () => {
    consent();
    const token = await acquire(graphScope);
    running.world.clock.advance(3_601_000);
    expect(await verifyToken(token, running.world)).toBeNull();
  });

  it("are not believed when signed by somebody else or changed", async () => {
    consent();
    const token = await acquire(graphScope);
    const other = await startEntra([]);
    expect(await verifyToken(token, other.world)).toBeNull();
    await other.close();
    const [head, , signature] = token.split(".");
    const forged = Buffer.from(JSON.stringify({ aud: "https://graph.microsoft.com", tid: running.fabrikam.id })).toString("base64url");
    expect(await verifyToken(`${head}.${forged}.${signature}`, running.world)).toBeNull();
  });

  it("have no roles after consent was revoked, and do not exist where the application was never installed or was deleted", async () => {
    expect(await ask({})).toMatchObject({ status: 400, body: { error: "unauthorized_client", error_codes: [700016] } });
    consent();
    revokeConsent(running.fabrikam, running.world.clock.now());
    const { body } = await ask({});
    expect(await verifyToken(body.access_token, running.world)).toMatchObject({ roles: [] });
    removeApplication(running.fabrikam, running.world.clock.now());
    expect(await ask({})).toMatchObject({ status: 400, body: { error_codes: [7000229] } });
  });

  it("can be without roles on request, as while a grant has not arrived everywhere", async () => {
    consent();
    running.world.faults.add({ tenant: running.fabrikam.id, service: "entra", match: "/token", kind: "lie", times: 1 });
    expect(await verifyToken((await ask({})).body.access_token, running.world)).toMatchObject({ roles: [] });
    expect(await verifyToken((await ask({})).body.access_token, running.world)).toMatchObject({
      roles: expect.arrayContaining(["Domain.Read.All"]),
    });
  });
});

describe("refusals of the token endpoint", () => {
  it.each([
    ["a wrong secret", { client_secret: "wrong" }, 401, 7000215, "invalid_client"],
    ["another application", { client_id: "c0ffee00-0000-4000-8000-00000000ffff" }, 400, 700016, "unauthorized_client"],
    ["no credential", { client_secret: "" }, 401, 7000218, "invalid_client"],
    ["scopes of two resources", { scope: `${graphScope} ${exchangeScope}` }, 400, 70011, "invalid_scope"],
    ["a scope that is no .default", { scope: "https://graph.microsoft.com/Domain.Read.All" }, 400, 70011, "invalid_scope"],
    ["an unknown resource", { scope: "https://nothing.example/.default" }, 400, 500011, "invalid_resource"],
    ["an unknown grant", { grant_type: "password" }, 400, 70003, "unsupported_grant_type"],
    ["an unknown code", { grant_type: "authorization_code", code: "x" }, 400, 70000, "invalid_grant"],
  ])("name %s by number", async (_, fields, status, code, error) => {
    consent();
    const answer = await ask(fields);
    expect(answer).toMatchObject({ status, body: { error, error_codes: [code] } });
    expect(answer.body.error_description).toMatch(
      new RegExp(`^AADSTS${code}: .+\\r\\nTrace ID: .+\\r\\nCorrelation ID: .+\\r\\nTimestamp: \\d{4}-\\d\\d-\\d\\d .+Z$`),
    );
  });

  it("name an unknown tenant", async () => {
    expect(await ask({}, "nobody.example")).toMatchObject({ status: 400, body: { error: "invalid_request", error_codes: [90002] } });
  });

  it("are logged with the tenant", async () => {
    await ask({});
    expect(running.world.log.read({ tenant: running.fabrikam.id, service: "entra" })).toMatchObject([{ status: 400 }]);
  });
});
