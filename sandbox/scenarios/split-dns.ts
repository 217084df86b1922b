/** A DNS host whose servers disagree: one still holds the zone as it was before the last change. */
import { baseTenant } from "./base";
import { splitHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const splitDns: Scenario = {
  name: "split-dns",
  about: "The name servers disagree: one has the low TTL, the other the old one and an extra MX record.",
  seed: { id: "11111111-0000-4000-8000-000000000008", name: "Adventure Works", slug: "adventure-works" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "split-dns", dnsHost: splitHost, ttl: 300 });
    for (const zone of tenant.zones) {
      const stale = zone.nameServers[1];
      const old = { type: "MX" as const, name: zone.name, ttl: 14_400, preference: 20, exchange: `mail.${zone.name}` };
      if (stale) stale.recordsOverride = [...zone.records.map((record) => ({ ...record, ttl: 14_400 })), old];
    }
    return tenant;
  },
};
