/** Entra: Cutover under Enterprise applications (permissions), and under Roles and administrators. */
import { assignExchangeRole, grantConsent, removeApplication, revokeConsent } from "../entra/grants";
import { exchangeResource, graphResource, roleNames } from "../entra/permissions";
import { directoryRoles, setApplicationRoles } from "../tenant";
import { button } from "./fields";
import { markup } from "./markup";
import { action, type Section } from "./section";

export const consent: Section = {
  id: "consent",
  title: "Enterprise application: Cutover",
  show: (tenant) => {
    const granted = [...tenant.consent.graph, ...(tenant.consent.exchange ? ["Exchange.ManageAsApp"] : [])];
    const list =
      granted.length === 0 ? markup`<p>No permission is granted.</p>` : markup`<ul>${granted.map((name) => markup`<li>${name}</li>`)}</ul>`;
    return markup`<p>${tenant.servicePrincipal ? markup`In this organisation, object id <code>${tenant.servicePrincipal.id}</code>.` : "Not in this organisation yet."}</p>
<h3>Granted permissions</h3>${list}
<form method="post" action="${action(tenant, "consent")}"><div class="row">${button("Grant admin consent", "grant")} ${button("Revoke permissions", "revoke")} ${button("Delete application", "delete")}</div></form>`;
  },
  act: (tenant, world, form) => {
    const now = world.clock.now();
    if (form.get("do") === "grant") grantConsent(tenant, [graphResource, exchangeResource], now);
    else if (form.get("do") === "revoke") revokeConsent(tenant, now);
    else removeApplication(tenant, now);
    return null;
  },
};

export const roles: Section = {
  id: "role",
  title: "Roles and administrators: Cutover",
  show: (tenant) => {
    const held = tenant.servicePrincipal?.directoryRoles ?? [];
    const list =
      held.length === 0
        ? markup`<p>Cutover holds no role.</p>`
        : markup`<ul>${held.map((id) => markup`<li>${roleNames.get(id) ?? id}</li>`)}</ul>`;
    return markup`${list}<form method="post" action="${action(tenant, "role")}"><div class="row">${button("Assign Exchange Administrator", "assign")} ${button("Remove Exchange Administrator", "remove")}</div></form>`;
  },
  act: (tenant, world, form) => {
    const now = world.clock.now();
    if (!tenant.servicePrincipal) return "Cutover is not in this organisation yet. Grant admin consent first.";
    if (form.get("do") === "assign") assignExchangeRole(tenant, now);
    else
      setApplicationRoles(
        tenant,
        tenant.servicePrincipal.directoryRoles.filter((id) => id !== directoryRoles.exchangeAdministrator),
        now,
      );
    return null;
  },
};
