/** An archive has long been journaling here, and the tenant's one address for undeliverable reports is the archive's. */
import { journalRule } from "../exchange/kinds/journal";
import { archiveDomain } from "./archive-zone";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import type { Scenario } from "./scenario";

export const archiveNdr: Scenario = {
  name: "archive-ndr",
  about: "An archive's journal rule is there already, and the address for undeliverable reports is the archive's.",
  seed: { id: "11111111-0000-4000-8000-000000000021", name: "Coho Winery", slug: "coho-winery" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "archive-ndr", dnsHost: ordinaryHost, ttl: 3600 });
    const transport = tenant.exchange["TransportConfig"]?.[0];
    if (transport) transport["JournalingReportNdrTo"] = `undeliverable.${seed.slug}@${archiveDomain}`;
    const rule = { ...journalRule.defaults, JournalEmailAddress: `${seed.slug}@${archiveDomain}`, Scope: "Global", Enabled: true };
    tenant.exchange["JournalRule"] = [existing(seed, "JournalRule", "Archive all mail", rule)];
    return tenant;
  },
};
