/** A tenant whose mail comes in at Microsoft and is journaled to the vendor, as the Area 1 guide has it set up: all that retraction needs beside consent. */
import { journalRule } from "../exchange/kinds/journal";
import { outboundConnector } from "../exchange/kinds/outbound-connector";
import { guidFrom } from "../guid";
import { directoryRoles, type SecuredDomain, type Tenant } from "../tenant";
import { archiveDomain } from "./archive-zone";
import { baseTenant, mailHostOf } from "./base";
import { list, person } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import type { Seed } from "./scenario";

/** When all of it was set up. */
export const setUpAt = Date.UTC(2025, 8, 1, 9);

const smartHosts = ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"];

const journaledDomain = (seed: Seed, domain: string): SecuredDomain => ({
  ...{ id: guidFrom(`${seed.id}/secured/${domain}`), domain },
  ...{ allowed_delivery_modes: ["JOURNAL"], drop_dispositions: [], ip_restrictions: [], lookback_hops: 1 },
  ...{ transport: mailHostOf(domain), require_tls_inbound: null, require_tls_outbound: null, regions: ["GLOBAL"], folder: null },
  ...{ integration_id: null, status: "ACTIVE", createdAt: setUpAt, modifiedAt: setUpAt, challenge: null },
});

/** With a person who may authorise the vendor's application, two more of the staff, and a list of two. */
export function journaled(seed: Seed, scenario: string): Tenant {
  const tenant = baseTenant(seed, { scenario, dnsHost: ordinaryHost, ttl: 3600 });
  const at = (part: string) => `${part}@${seed.slug}.example`;
  tenant.users.push(
    person(seed, "role.admin", "role admin", { directoryRoles: [directoryRoles.privilegedRoleAdministrator] }),
    person(seed, "sales", "sales"),
    person(seed, "finance", "finance"),
  );
  tenant.groups = [list(seed, "Team", at("team"), [at("sales"), at("finance")])];
  tenant.cloudflare.domains = tenant.zones.map((zone) => journaledDomain(seed, zone.name));
  journal(tenant, seed);
  return tenant;
}

function journal({ exchange }: Tenant, seed: Seed): void {
  const transport = exchange["TransportConfig"]?.[0];
  if (transport) transport["JournalingReportNdrTo"] = `undeliverable.${seed.slug}@${archiveDomain}`;
  const name = "Deliver journal directly to Area 1";
  const connector = {
    ...outboundConnector.defaults,
    ...{ ConnectorSource: "AdminUI", Comment: name, UseMXRecord: false, RecipientDomains: ["journaling.mxrecord.io"] },
    ...{ SmartHosts: [...smartHosts], TlsSettings: "CertificateValidation", IsValidated: true },
  };
  exchange["OutboundConnector"] = [existing(seed, "OutboundConnector", name, connector)];
  const rule = { ...journalRule.defaults, JournalEmailAddress: `${seed.slug}@journaling.mxrecord.io`, Scope: "External", Enabled: true };
  exchange["JournalRule"] = [existing(seed, "JournalRule", "Journal Messages to CloudflareArea 1", rule)];
}
