import { CryptoProvider } from "@azure/msal-node";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cutoverApp } from "../world";
import { msal, person, post, type Running, startEntra } from "./testing";

const redirectUri = "http://localhost:3000/api/auth/callback";
const scopes = ["openid", "profile"];

let running: Running;
beforeEach(async () => {
  running = await startEntra();
});
afterEach(() => running.close());

async function begin(tenantName = "organizations", more: Record<string, string> = {}) {
  const client = await msal(running.url, tenantName);
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const url = await client.getAuthCodeUrl({
    redirectUri,
    scopes,
    state: "state-1",
    nonce: "nonce-1",
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    ...more,
  });
  return { client, verifier, url };
}

async function signIn(account: string) {
  const { client, verifier, url } = await begin();
  const { location } = await post(url, { account });
  const code = location?.searchParams.get("code") ?? "";
  return {
    client,
    verifier,
    code,
    location,
    redeem: (codeVerifier = verifier) => client.acquireTokenByCode({ code, codeVerifier, redirectUri, scopes, nonce: "nonce-1" }),
  };
}

describe("signing in", () => {
  it("offers the people of every tenant by name, or of the tenant that was named or hinted", async () => {
    const all = await (await fetch((await begin()).url)).text();
    expect(all).toContain("Fabrikam admin");
    expect(all).toContain("Contoso admin");
    const one = await (await fetch((await begin(running.fabrikam.id)).url)).text();
    expect(one).not.toContain("Contoso admin");
    const hinted = await (await fetch((await begin("organizations", { domainHint: "contoso.example" })).url)).text();
    expect(hinted).not.toContain("Fabrikam admin");
  });

  it("gives msal-node an id token that its keys, issuer, audience and nonce prove", async () => {
    const admin = person(running.fabrikam, "admin");
    const { redeem, location } = await signIn(admin.id);
    expect(location?.searchParams.get("state")).toBe("state-1");
    const result = await redeem();
    expect(result?.account?.homeAccountId).toBe(`${admin.id}.${running.fabrikam.id}`);
    const keys = createRemoteJWKSet(new URL(`${running.url}/${running.fabrikam.id}/discovery/v2.0/keys`));
    const { payload } = await jwtVerify(result?.idToken ?? "", keys, {
      issuer: `${running.url}/${running.fabrikam.id}/v2.0`,
      audience: cutoverApp.clientId,
    });
    expect(payload).toMatchObject({ tid: running.fabrikam.id, oid: admin.id, nonce: "nonce-1", preferred_username: admin.upn, ver: "2.0" });
    expect(payload.wids).toContain("62e90394-69f5-4237-9190-012177145e10");
    expect(payload).not.toHaveProperty("roles");
  });

  it("puts the staff's app role into `roles`", async () => {
    const staff = person(running.fabrikam, "employee");
    staff.appRoles = [cutoverApp.staffRole];
    const result = await (await signIn(staff.id)).redeem();
    expect(result?.idTokenClaims).toMatchObject({ roles: ["Support.Staff"] });
  });

  it("refuses a code with another verifier, twice, or after ten minutes", async () => {
    const { id } = person(running.fabrikam, "admin");
    await expect((await signIn(id)).redeem("another-verifier-of-the-right-length-0123456789")).rejects.toThrow("AADSTS501481");
    const twice = await signIn(id);
    await twice.redeem();
    await expect(twice.redeem()).rejects.toThrow("AADSTS54005");
    const late = await signIn(id);
    running.world.clock.advance(601_000);
    await expect(late.redeem()).rejects.toThrow("AADSTS70008");
  });

  it("goes back with access_denied when the person cancels", async () => {
    const { location } = await post((await begin()).url, { decision: "cancel" });
    expect(location?.searchParams.get("error")).toBe("access_denied");
    expect(location?.searchParams.get("state")).toBe("state-1");
  });

  it("never redirects to an address that is not registered", async () => {
    const { url } = await begin();
    const response = await fetch(url.replace("localhost", "evil.example"), { redirect: "manual" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("AADSTS50011");
  });

  it("says on the page that an account or a tenant does not exist", async () => {
    expect((await post((await begin(running.fabrikam.id)).url, { account: person(running.contoso, "admin").id })).text).toContain(
      "AADSTS50034",
    );
    const unknown = await fetch(`${running.url}/nobody.example/oauth2/v2.0/authorize?client_id=${cutoverApp.clientId}`);
    expect(await unknown.text()).toContain("AADSTS90002");
  });

  it("leads back after signing out", async () => {
    const back = encodeURIComponent("http://localhost:3000/signed-out");
    const response = await fetch(`${running.url}/common/oauth2/v2.0/logout?post_logout_redirect_uri=${back}`, { redirect: "manual" });
    expect(response.headers.get("location")).toBe("http://localhost:3000/signed-out");
  });
});
