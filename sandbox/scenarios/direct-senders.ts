/** Printers, an application and services send straight at the tenant's own host, as itself: what lock-down would refuse. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const directSenders: Scenario = {
  name: "direct-senders",
  about: "Printers, an application and services with its name send directly to Microsoft's host; message trace shows them.",
  seed: { id: "11111111-0000-4000-8000-000000000014", name: "Wingtip Toys", slug: "wingtip" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "direct-senders", dnsHost: ordinaryHost, ttl: 3600 });
    tenant.traits.traceRows = 2_000;
    tenant.traits.traceMix = "direct";
    for (const zone of tenant.zones) {
      for (const record of zone.records) {
        if (record.type === "TXT")
          record.text = "v=spf1 include:spf.protection.outlook.com ip4:198.51.100.0/26 ip4:192.0.2.45 ip4:192.0.2.46 -all";
      }
    }
    return tenant;
  },
};
