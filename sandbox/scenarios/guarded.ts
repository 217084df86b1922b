/** A tenant whom the vendor serves already: domains secured, mail by MX and by journal, its application authorised. */
import { authorizeVendor } from "../entra/vendor-grants";
import { journalRule } from "../exchange/kinds/journal";
import { guidFrom } from "../guid";
import { heldDispositions } from "../history/varied";
import type { SecuredDomain, Tenant } from "../tenant";
import { archiveDomain } from "./archive-zone";
import { mailHostOf } from "./base";
import { existing } from "./exchange-state";
import type { Seed } from "./scenario";

/** When all of it was set up. */
const since = Date.UTC(2026, 0, 5, 9);
const mxHosts = ["mxa.global.inbound.cf-emailsecurity.net", "mxb.global.inbound.cf-emailsecurity.net"];

const securedDomain = (tenant: Tenant, domain: string): SecuredDomain => ({
  ...{ id: guidFrom(`${tenant.id}/secured/${domain}`), domain },
  ...{ allowed_delivery_modes: ["DIRECT", "JOURNAL"], drop_dispositions: [...heldDispositions], ip_restrictions: [], lookback_hops: 1 },
  ...{ transport: mailHostOf(domain), require_tls_inbound: null, require_tls_outbound: true, regions: ["GLOBAL"], folder: null },
  ...{ integration_id: null, status: "ACTIVE", createdAt: since, modifiedAt: since, challenge: null },
});

/** Changes the tenant. */
export function guard(tenant: Tenant, seed: Seed): void {
  tenant.cloudflare.domains = tenant.domains.filter(({ isInitial }) => !isInitial).map(({ id }) => securedDomain(tenant, id));
  for (const zone of tenant.zones) {
    const others = zone.records.filter(({ type }) => type !== "MX");
    zone.records = [
      ...mxHosts.map((exchange) => ({ type: "MX" as const, name: zone.name, ttl: 300, preference: 10, exchange })),
      ...others,
    ];
  }
  const transport = tenant.exchange["TransportConfig"]?.[0];
  if (transport) transport["JournalingReportNdrTo"] = `undeliverable.${seed.slug}@${archiveDomain}`;
  const address = tenant.cloudflare.serviceAddresses["cloudflare"]?.["account"] ?? "";
  const rule = { ...journalRule.defaults, JournalEmailAddress: address, Scope: "External", Enabled: true };
  tenant.exchange["JournalRule"] = [existing(seed, "JournalRule", "Journal Messages to Cloudflare", rule)];
  authorizeVendor(tenant, "cloudflare", since);
}

/** Begins at a whole hour, so that a reset within it gives the same mail. */
export const thisHour = (): number => Math.floor(Date.now() / 3_600_000) * 3_600_000;
