/** Entra: the vendor's application under Enterprise applications, and whatever else stands there beside Cutover. */
import { vendorRegistrations } from "../entra/registrations";
import { enableVendor, removeVendor, revokeVendor } from "../entra/vendor-grants";
import type { OtherApplication } from "../tenant";
import { button } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

function shown({ name, id, appId, ownerId, roles, disabled }: OtherApplication): Markup {
  const granted =
    roles.length === 0 ? markup`<p>No permission is granted.</p>` : markup`<ul>${roles.map((role) => markup`<li>${role}</li>`)}</ul>`;
  return markup`<h3>${name}</h3><p>Application id <code>${appId}</code>, object id <code>${id}</code>, owned by the organisation <code>${ownerId}</code>.
${disabled ? " Nobody can sign in to it: it is disabled." : ""}</p>${granted}`;
}

export const vendorApplications: Section = {
  id: "vendor-application",
  title: "Enterprise applications of others",
  show: (tenant) => {
    const { vendorApplication: own, otherApplications: others = [] } = tenant;
    const names = Object.values(vendorRegistrations).map(({ name }) => name);
    const none = markup`<p>Neither ${names.join(" nor ")} is in this organisation. <a href="/portal/${tenant.id}/retract">Retract settings</a> in the vendor’s dashboard asks for consent.</p>`;
    const form = markup`<form method="post" action="${action(tenant, "vendor-application")}"><div class="row">${button("Revoke its permissions", "revoke")} ${button(own?.disabled ? "Enable it" : "Disable it", own?.disabled ? "enable" : "disable")} ${button("Delete it", "delete")}</div></form>`;
    return markup`${own ? markup`${shown(own)}${form}` : none}${others.map(shown)}`;
  },
  act: (tenant, world, form) => {
    const wanted = form.get("do");
    if (!tenant.vendorApplication) return "The vendor’s application is not in this organisation.";
    if (wanted === "revoke") revokeVendor(tenant, world.clock.now());
    else if (wanted === "delete") removeVendor(tenant);
    else enableVendor(tenant, wanted === "enable");
    return null;
  },
};
