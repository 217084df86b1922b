/** Exchange admin center: Recipients > Groups > Distribution list, with its members. */
import { byHand } from "../exchange/by-hand";
import { isList } from "../exchange/lists";
import type { Group, Tenant } from "../tenant";
import { area, button, hidden, line, linesOf } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

const id = "distribution-list";

function form(tenant: Tenant, list: Group | undefined): Markup {
  const note = list?.isSynced ? markup`<p>Synced from the organisation's own directory: changes are refused here.</p>` : "";
  return markup`<form method="post" action="${action(tenant, id)}"><fieldset><legend>${list?.name ?? "Add a distribution list"}</legend>${note}
${hidden("Identity", list?.id ?? "")}
${line("Name", "Name", list?.name ?? "")}
${line("PrimarySmtpAddress", "Group email address", list?.address ?? "")}
${area("Members", "Members", list?.members ?? [])}
<div class="row">${button(list ? "Save distribution list" : "Add distribution list")} ${list ? button("Delete distribution list", "remove") : ""}</div></fieldset></form>`;
}

const others = (tenant: Tenant) =>
  tenant.groups
    .filter((group) => !isList(group))
    .map((group) => markup`<li>${group.name} <code>${group.address}</code> (${group.type})</li>`);

export const distributionLists: Section = {
  id,
  title: "Distribution lists",
  show: (tenant) => {
    const lists = tenant.groups.filter(isList);
    const rest = others(tenant);
    return markup`${lists.length === 0 ? markup`<p>There is no distribution list.</p>` : ""}${lists.map((list) => form(tenant, list))}${form(tenant, undefined)}${rest.length > 0 ? markup`<p>Other groups with an address:</p><ul>${rest}</ul>` : ""}`;
  },
  act: (tenant, world, sent) => {
    const asManager = { Identity: sent.get("Identity") ?? "", BypassSecurityGroupManagerCheck: true };
    const address = sent.get("PrimarySmtpAddress")?.trim();
    const settings = { Name: (sent.get("Name") ?? "").trim(), ...(address ? { PrimarySmtpAddress: address } : {}) };
    const Members = linesOf(sent.get("Members"));
    if (sent.get("do") === "remove") return byHand(world, tenant, "Remove-DistributionGroup", { ...asManager, Confirm: false });
    if (asManager.Identity === "") return byHand(world, tenant, "New-DistributionGroup", { ...settings, Members });
    return (
      byHand(world, tenant, "Set-DistributionGroup", { ...asManager, ...settings }) ??
      byHand(world, tenant, "Update-DistributionGroupMember", { ...asManager, Members, Confirm: false })
    );
  },
};
