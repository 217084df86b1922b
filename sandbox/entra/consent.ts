/** Admin consent, v1 and v2: pick an account, see what is asked, accept or cancel; the redirects are as measured (facts: admin consent). */
import { escapeHtml, formOf, redirect, type SandboxRequest, type SandboxResponse } from "../http";
import { directoryRoles, type Tenant, type User } from "../tenant";
import type { World } from "../world";
import { type Authority, authorityOf, pageRefusal } from "./authority";
import { describeRefusal, type Refusal, refusals } from "./errors";
import { assignExchangeRole, grantConsent } from "./grants";
import { accountPicker, findAccount, form, hidden, page, refusalPage } from "./page";
import { type Resource, resourceOfScope } from "./permissions";
import { isCutover, type Registration, registrationOf, resourcesOf } from "./registrations";
import { authorizeVendor, productOf } from "./vendor-grants";

export type Version = "v1" | "v2";

interface Asked {
  url: URL;
  version: Version;
  authority: Authority;
  application: Registration;
  wanted: readonly Resource[];
}

type Answer = [name: string, value: string][];

function goBack({ url }: Asked, answer: Answer): SandboxResponse {
  const back = new URL(url.searchParams.get("redirect_uri") ?? "");
  for (const [name, value] of answer) back.searchParams.append(name, value);
  return redirect(back.href);
}

const stateOf = ({ url }: Asked): Answer => {
  const state = url.searchParams.get("state");
  return state === null ? [] : [["state", state]];
};

const scopeNames = ({ permissions }: Registration, { appId, uri }: Resource) => (permissions[appId] ?? []).map((name) => `${uri}/${name}`);

function accepted(asked: Asked, tenant: Tenant): SandboxResponse {
  if (asked.version === "v1") return goBack(asked, [["tenant", tenant.id], ...stateOf(asked), ["admin_consent", "True"]]);
  const scope = asked.wanted.flatMap((resource) => scopeNames(asked.application, resource)).join(" ");
  return goBack(asked, [["admin_consent", "True"], ["tenant", tenant.id], ["scope", scope], ...stateOf(asked)]);
}

/** v1 says neither state nor number; v2 says `admin_consent=True` on errors too. */
function cancelled(asked: Asked, now: number): SandboxResponse {
  if (asked.version === "v1")
    return goBack(asked, [
      ["error", "permission_denied"],
      ["error_description", "The admin canceled the request"],
    ]);
  const description = describeRefusal(refusals.declined(), now);
  return goBack(asked, [["admin_consent", "True"], ["error", "consent_required"], ["error_description", description], ...stateOf(asked)]);
}

function turnedAway(asked: Asked, now: number): SandboxResponse {
  const { error, ...rest } = refusals.needsAdmin(asked.application.name);
  const answer: Answer = [["error", error], ["error_description", describeRefusal({ error, ...rest }, now)], ...stateOf(asked)];
  return goBack(asked, asked.version === "v1" ? answer : [["admin_consent", "True"], ...answer]);
}

/** v2 takes one resource's `.default` a request and does not know `common`; v1 asks for everything in the registration. */
function readWanted({ searchParams }: URL, application: Registration, version: Version, name: string): readonly Resource[] | Refusal {
  if (version === "v1") return resourcesOf(application);
  if (name === "common") return refusals.commonConsent();
  const scope = searchParams.get("scope");
  if (!scope) return refusals.missing("scope");
  const resource = resourceOfScope(scope);
  return resource && resourcesOf(application).includes(resource) ? [resource] : refusals.scope(scope);
}

const mayConsent = (user: User) =>
  user.directoryRoles.some((role) => role === directoryRoles.globalAdministrator || role === directoryRoles.privilegedRoleAdministrator);

function pick({ authority, application }: Asked, world: World): SandboxResponse {
  const all = [...world.tenants.values()];
  const own = all.filter((tenant) => tenant.id === authority.tenant?.id);
  const others = all.filter((tenant) => tenant.id !== authority.tenant?.id);
  return accountPicker("Pick an account", `to review what ${application.name} asks for`, [
    { heading: null, tenants: own },
    { heading: own.length > 0 ? "Accounts of other organisations" : null, tenants: others },
  ]);
}

function permissionItem({ permissions }: Registration, resource: Resource): string {
  const names = permissions[resource.appId] ?? [];
  const items = resource.roles.filter((role) => names.includes(role.value));
  return items
    .map((role) => `<li><strong>${escapeHtml(role.says)}</strong> <span class="quiet">${resource.name} · ${role.value}</span></li>`)
    .join("");
}

function review(asked: Asked, tenant: Tenant, user: User): SandboxResponse {
  const { application } = asked;
  const role = `<p><label><input type="checkbox" name="exchangeRole" value="yes"> Also assign the Exchange Administrator role to the application</label></p>
<p class="quiet">In the real Entra this is not part of consent: it is done separately under Roles and administrators. Here it saves the walk.</p>`;
  const buttons = `<div class="row"><button name="decision" value="cancel">Cancel</button><button class="go" name="decision" value="accept">Accept</button><button name="decision" value="switch">Use another account</button></div>`;
  const body = `<p class="quiet">${escapeHtml(user.upn)}</p><h1>Permissions requested</h1><p>Review for your organization: <strong>${escapeHtml(tenant.name)}</strong></p>
<p><strong>${application.name}</strong> would like to:</p><ul>${asked.wanted.map((resource) => permissionItem(application, resource)).join("")}</ul>
<p class="quiet">If you accept, this app will get access to the specified resources for all users in your organization. No one else will be prompted to review these permissions.</p>`;
  return page(200, "Permissions requested", body + form(hidden("account", user.id) + (isCutover(application) ? role : "") + buttons));
}

function needAdmin({ application }: Asked, user: User, world: World): SandboxResponse {
  const text = escapeHtml(describeRefusal(refusals.needsAdmin(application.name), world.clock.now()));
  const buttons = `<div class="row"><button name="decision" value="return">Return to the application without granting consent</button><button name="decision" value="switch">Have an admin account? Sign in with that account</button></div>`;
  const body = `<p class="quiet">${escapeHtml(user.upn)}</p><h1>Need admin approval</h1><pre>${text}</pre>`;
  return page(200, "Need admin approval", body + form(hidden("account", user.id) + buttons));
}

function decide(asked: Asked, chosen: URLSearchParams, world: World): SandboxResponse {
  const now = world.clock.now();
  const decision = chosen.get("decision");
  if (decision === "cancel") return cancelled(asked, now);
  if (decision === "return") return turnedAway(asked, now);
  const account = findAccount(world, chosen.get("account") ?? "");
  if (!account || decision === "switch") return pick(asked, world);
  const { tenant, user } = account;
  if (!mayConsent(user)) return needAdmin(asked, user, world);
  if (decision !== "accept") return review(asked, tenant, user);
  grant(asked, tenant, chosen, now);
  world.save();
  return accepted(asked, tenant);
}

function grant({ application, wanted }: Asked, tenant: Tenant, chosen: URLSearchParams, now: number): void {
  const product = productOf(application.clientId);
  if (product) {
    authorizeVendor(tenant, product, now);
    return;
  }
  grantConsent(tenant, wanted, now);
  if (chosen.get("exchangeRole") === "yes") assignExchangeRole(tenant, now);
}

export function adminConsent(request: SandboxRequest, world: World, name: string, version: Version): SandboxResponse {
  const { url } = request;
  const authority = authorityOf(name, world);
  const application = registrationOf(url.searchParams.get("client_id"));
  const refused = pageRefusal(url, authority, name, application);
  if (!authority || !application || refused) return refusalPage(refused ?? refusals.noTenant(name), world);
  const wanted = readWanted(url, application, version, name);
  if ("code" in wanted) return refusalPage(wanted, world);
  const asked: Asked = { url, version, authority, application, wanted };
  return request.method === "POST" ? decide(asked, formOf(request), world) : pick(asked, world);
}
