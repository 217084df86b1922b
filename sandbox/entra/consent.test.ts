import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directoryRoles } from "../tenant";
import { cutoverApp } from "../world";
import { person, post, type Running, startEntra } from "./testing";

let running: Running;
beforeEach(async () => {
  running = await startEntra();
});
afterEach(() => running.close());

const redirectUri = "http://localhost:3000/api/consent/callback";
const query = (more: Record<string, string> = {}) =>
  new URLSearchParams({ client_id: cutoverApp.clientId, redirect_uri: redirectUri, state: "s-1", ...more });
const v1 = (tenant = running.fabrikam.id) => `${running.url}/${tenant}/adminconsent?${query()}`;
const v2 = (scope: string, tenant = running.fabrikam.id) => `${running.url}/${tenant}/v2.0/adminconsent?${query({ scope })}`;
const admin = () => person(running.fabrikam, "admin").id;
const answers = (location: URL | null) => Object.fromEntries(location?.searchParams ?? []);

describe("admin consent, v1", () => {
  it("offers the tenant's people first, then those of other organisations", async () => {
    const text = await (await fetch(v1())).text();
    expect(text.indexOf("Fabrikam admin")).toBeLessThan(text.indexOf("Accounts of other organisations"));
    expect(text.indexOf("Accounts of other organisations")).toBeLessThan(text.indexOf("Contoso admin"));
  });

  it("shows what is asked before anything is granted", async () => {
    const { text } = await post(v1(), { account: admin() });
    for (const name of [
      "Domain.Read.All",
      "Organization.Read.All",
      "Application.Read.All",
      "RoleManagement.Read.Directory",
      "Exchange.ManageAsApp",
    ]) {
      expect(text).toContain(name);
    }
    expect(running.fabrikam.servicePrincipal).toBeNull();
  });

  it("grants the registration's permissions and goes back with tenant, state and admin_consent", async () => {
    const { location } = await post(v1(), { account: admin(), decision: "accept" });
    expect(location?.origin).toBe("http://localhost:3000");
    expect(answers(location)).toEqual({ tenant: running.fabrikam.id, state: "s-1", admin_consent: "True" });
    expect(running.fabrikam.consent).toMatchObject({
      graph: ["Domain.Read.All", "Organization.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "User.Read.All"],
      exchange: true,
    });
    expect(running.fabrikam.servicePrincipal?.directoryRoles).toEqual([]);
  });

  it("assigns the Exchange Administrator role only when the box is ticked", async () => {
    await post(v1(), { account: admin(), decision: "accept", exchangeRole: "yes" });
    expect(running.fabrikam.servicePrincipal?.directoryRoles).toEqual([directoryRoles.exchangeAdministrator]);
  });

  it("goes back with permission_denied when cancelled, and grants nothing", async () => {
    const { location } = await post(v1(), { account: admin(), decision: "cancel" });
    expect(location?.search).toBe("?error=permission_denied&error_description=The+admin+canceled+the+request");
    expect(running.fabrikam.servicePrincipal).toBeNull();
  });

  it("turns away who may not consent, on a page with a way back", async () => {
    for (const part of ["employee", "exchange.admin"]) {
      const { id } = person(running.fabrikam, part);
      const page = await post(v1(), { account: id, decision: "accept" });
      expect(page.text).toContain("Need admin approval");
      expect(page.text).toContain("AADSTS90094");
      const { location } = await post(v1(), { account: id, decision: "return" });
      expect(answers(location)).toMatchObject({
        error: "access_denied",
        error_description: expect.stringContaining("AADSTS90094"),
        state: "s-1",
      });
    }
    expect(running.fabrikam.servicePrincipal).toBeNull();
  });

  it("lets a Privileged Role Administrator consent", async () => {
    const employee = person(running.fabrikam, "employee");
    employee.directoryRoles = [directoryRoles.privilegedRoleAdministrator];
    expect(answers((await post(v1(), { account: employee.id, decision: "accept" })).location)).toHaveProperty("admin_consent", "True");
  });

  it("carries the other tenant when an account of another organisation was chosen", async () => {
    const { location } = await post(v1(), { account: person(running.contoso, "admin").id, decision: "accept" });
    expect(answers(location)).toHaveProperty("tenant", running.contoso.id);
    expect(running.fabrikam.servicePrincipal).toBeNull();
    expect(running.contoso.servicePrincipal).not.toBeNull();
  });
});

describe("admin consent, v2", () => {
  const graphScope = "https://graph.microsoft.com/.default";
  const exchangeScope = "https://outlook.office365.com/.default";

  it("grants one resource a time", async () => {
    const { location } = await post(v2(graphScope), { account: admin(), decision: "accept" });
    expect(answers(location)).toMatchObject({
      admin_consent: "True",
      tenant: running.fabrikam.id,
      state: "s-1",
      scope: expect.stringContaining("https://graph.microsoft.com/Domain.Read.All"),
    });
    expect(running.fabrikam.consent.exchange).toBe(false);
    await post(v2(exchangeScope), { account: admin(), decision: "accept" });
    expect(running.fabrikam.consent).toMatchObject({ exchange: true, graph: expect.arrayContaining(["Domain.Read.All"]) });
  });

  it("says admin_consent=True on a cancelled one too", async () => {
    const { location } = await post(v2(graphScope), { decision: "cancel" });
    expect(answers(location)).toMatchObject({
      admin_consent: "True",
      error: "consent_required",
      error_description: expect.stringMatching(/^AADSTS65004: /),
      state: "s-1",
    });
  });

  it("refuses a missing scope, scopes of two resources, and `common`", async () => {
    for (const url of [v2(""), v2(`${graphScope} ${exchangeScope}`), v2(graphScope, "common")]) expect((await fetch(url)).status).toBe(400);
  });
});

describe("a consent page that cannot be trusted to lead back", () => {
  it("names an unknown application, tenant or redirect address on the page", async () => {
    const wrong = [
      [v1("nobody.example"), "AADSTS90002"],
      [v1().replace(cutoverApp.clientId, "c0ffee00-0000-4000-8000-00000000ffff"), "AADSTS700016"],
      [v1().replace("localhost", "evil.example"), "AADSTS50011"],
      [v1().replace("redirect_uri", "nothing"), "AADSTS900144"],
    ] as const;
    for (const [url, code] of wrong) expect(await (await fetch(url)).text()).toContain(code);
  });

  it("shows hostile input as text", async () => {
    const response = await fetch(v1().replace(cutoverApp.clientId, encodeURIComponent("<script>alert(1)</script>")));
    expect(await response.text()).not.toContain("<script>");
  });
});
