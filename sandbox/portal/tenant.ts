/** One tenant's page: every section one below the other, and what the last form said. */
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { consent, roles } from "./application";
import { calls } from "./calls";
import { cloudflareDomains, cloudflareTokens } from "./cloudflare";
import { antiSpam, connectionFilter } from "./connection-filter";
import { inboundConnectors } from "./connectors";
import { distributionLists } from "./distribution-lists";
import { dnsRecords } from "./dns";
import { journalRules, undeliverableReports } from "./journaling";
import { markup } from "./markup";
import { customization, everythingElse } from "./organization";
import { outboundConnectors } from "./outbound-connectors";
import { page } from "./page";
import type { Section } from "./section";
import { serviceAddresses } from "./service-addresses";
import { vendorApplications } from "./vendor-application";

export const sections: Section[] = [
  connectionFilter,
  antiSpam,
  inboundConnectors,
  outboundConnectors,
  undeliverableReports,
  journalRules,
  distributionLists,
  customization,
  dnsRecords,
  cloudflareDomains,
  cloudflareTokens,
  serviceAddresses,
  consent,
  roles,
  vendorApplications,
  everythingElse,
  calls,
];

export type Said = { text: string; isBad: boolean } | null;

export function tenantPage(world: World, tenant: Tenant, said: Said) {
  const words = [
    `Tenant id ${tenant.id}`,
    `initial domain ${tenant.initialDomain}`,
    `licence ${tenant.licence.skus.join(", ")}${tenant.licence.trial ? " (trial)" : ""}`,
    `scenario ${tenant.scenario}`,
  ];
  const body = markup`<p><a href="/portal">All organisations</a> · <a href="/portal/${tenant.id}/mail">Mail: mailboxes, quarantine, test messages</a> · <a href="/portal/${tenant.id}/journal">Journal reports</a> · <a href="/portal/${tenant.id}/retract">Retract settings</a></p><p>${words.join(" · ")}. What Microsoft's services show follows a change here after ${tenant.traits.readLagMs / 1000} seconds.</p>
${said ? markup`<p class="said" role="${said.isBad ? "alert" : "status"}">${said.text}</p>` : ""}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${sections.map((section) => markup`<section aria-labelledby="${section.id}"><h2 id="${section.id}">${section.title}</h2>${section.show(tenant, world)}</section>`)}`;
  return page(tenant.name, body, said?.isBad ? 400 : 200);
}
