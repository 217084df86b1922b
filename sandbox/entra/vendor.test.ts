import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directoryRoles } from "../tenant";
import { graphResource } from "./permissions";
import { retractionRoles, vendorRegistrations } from "./registrations";
import { person, post, type Running, startEntra } from "./testing";
import { applicationToken, verifyToken } from "./tokens";
import { authorizeVendor, enableVendor, removeVendor, revokeVendor } from "./vendor-grants";

let running: Running;
beforeEach(async () => {
  running = await startEntra();
});
afterEach(() => running.close());

const { clientId, name, ownerId, secret } = vendorRegistrations.area1;

const consentPage = (of = clientId) =>
  `${running.url}/${running.fabrikam.id}/adminconsent?${new URLSearchParams({
    ...{ client_id: of, state: "s", redirect_uri: `${running.url}/portal/${running.fabrikam.id}/retract?product=area1` },
  })}`;

async function token(more: Record<string, string> = {}) {
  const form = {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: secret,
    scope: `${graphResource.uri}/.default`,
    ...more,
  };
  const response = await fetch(`${running.url}/${running.fabrikam.id}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: await response.json() };
}

async function graphGet(path: string) {
  const { world, fabrikam } = running;
  fabrikam.servicePrincipal ??= { id: crypto.randomUUID(), directoryRoles: [], rolesChangedAt: 0, rolesBefore: [] };
  fabrikam.consent.graph = ["Application.Read.All"];
  const headers = { authorization: `Bearer ${applicationToken(world, fabrikam, graphResource)}` };
  return (await fetch(`${running.url}/v1.0${path}`, { headers })).json();
}

describe("consent to the vendor's application", () => {
  it("shows the least set by name and grants it, and nothing to Cutover", async () => {
    const account = person(running.fabrikam, "admin").id;
    const { text } = await post(consentPage(), { account });
    expect(text).toContain(name);
    for (const role of retractionRoles) expect(text).toContain(role);
    expect(text).not.toContain("Exchange Administrator role");
    const { location } = await post(consentPage(), { account, decision: "accept" });
    expect(location?.search).toBe(`?product=area1&tenant=${running.fabrikam.id}&state=s&admin_consent=True`);
    expect(running.fabrikam.vendorApplication).toMatchObject({ appId: clientId, ownerId, name, roles: retractionRoles, revokedAt: null });
    expect(running.fabrikam.servicePrincipal).toBeNull();
  });

  it("is a Privileged Role Administrator's or a Global Administrator's to give, and everybody else needs approval", async () => {
    const admin = person(running.fabrikam, "exchange.admin");
    admin.directoryRoles = [directoryRoles.exchangeAdministrator, directoryRoles.securityAdministrator];
    const { text } = await post(consentPage(), { account: admin.id, decision: "accept" });
    expect(text).toContain("Need admin approval");
    expect(text).toContain(`AADSTS90094: ${name} needs permission`);
    const { location } = await post(consentPage(), { account: admin.id, decision: "return" });
    expect(location?.searchParams.get("error")).toBe("access_denied");
    expect(running.fabrikam.vendorApplication).toBeNull();
    admin.directoryRoles = [directoryRoles.privilegedRoleAdministrator];
    await post(consentPage(), { account: admin.id, decision: "accept" });
    expect(running.fabrikam.vendorApplication?.appId).toBe(clientId);
  });

  it("of the newer product leaves the older one's application where it is", async () => {
    authorizeVendor(running.fabrikam, "area1", 1);
    await post(consentPage(vendorRegistrations.cloudflare.clientId), { account: person(running.fabrikam, "admin").id, decision: "accept" });
    expect(running.fabrikam.vendorApplication?.name).toBe("Email Security Synchronator");
    expect(running.fabrikam.otherApplications).toMatchObject([{ name: "Area 1 Security Synchronator" }]);
    authorizeVendor(running.fabrikam, "area1", 2);
    expect(running.fabrikam.otherApplications).toMatchObject([{ name: "Email Security Synchronator" }]);
  });

  it("is no way to sign in", async () => {
    const query = new URLSearchParams({ client_id: clientId, redirect_uri: running.url, response_type: "code", scope: "openid" });
    const response = await fetch(`${running.url}/${running.fabrikam.id}/oauth2/v2.0/authorize?${query}`);
    expect(await response.text()).toContain("AADSTS700016");
  });
});

describe("the vendor's token", () => {
  it("carries what was granted when it was issued", async () => {
    authorizeVendor(running.fabrikam, "area1", 1, ["Mail.Read"]);
    expect(await verifyToken((await token()).body.access_token, running.world)).toMatchObject({
      appid: clientId,
      roles: ["Mail.Read"],
      wids: [expect.any(String)],
    });
    revokeVendor(running.fabrikam, 2);
    expect(await verifyToken((await token()).body.access_token, running.world)).toMatchObject({ roles: [] });
  });

  it("is refused for a wrong secret, where nobody authorised it, when it is disabled and when it is deleted", async () => {
    expect((await token()).body.error_codes).toEqual([700016]);
    authorizeVendor(running.fabrikam, "area1", 1);
    expect((await token({ client_secret: "wrong" })).body.error_codes).toEqual([7000215]);
    enableVendor(running.fabrikam, false);
    expect((await token()).body.error_codes).toEqual([7000112]);
    enableVendor(running.fabrikam, true);
    expect((await token()).status).toBe(200);
    removeVendor(running.fabrikam);
    expect((await token()).body.error_codes).toEqual([700016]);
  });
});

describe("the directory", () => {
  it("shows the application by name and by id, with its owner and each of its grants", async () => {
    const { id } = authorizeVendor(running.fabrikam, "area1", 1, ["Mail.Read", "User.Read.All"]);
    const owned = { id, appId: clientId, appOwnerOrganizationId: ownerId, displayName: name, accountEnabled: true };
    for (const filter of [`displayName eq '${name}'`, `appId eq '${clientId}'`, "startswith(displayName,'Area 1')"])
      expect((await graphGet(`/servicePrincipals?$filter=${filter}`)).value).toMatchObject([owned]);
    const { value } = await graphGet(`/servicePrincipals/${id}/appRoleAssignments`);
    const known = new Map(graphResource.roles.map((role) => [role.id, role.value]));
    expect(value.map((one: { appRoleId: string }) => known.get(one.appRoleId)).sort()).toEqual(["Mail.Read", "User.Read.All"]);
    expect(new Set(value.map((one: { id: string }) => one.id)).size).toBe(2);
    enableVendor(running.fabrikam, false);
    expect((await graphGet(`/servicePrincipals/${id}`)).accountEnabled).toBe(false);
  });
});
