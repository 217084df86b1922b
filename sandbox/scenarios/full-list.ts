/** An allow list so full of other people's entries that a gateway's own don't fit under 1,273. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

/** 1,240 and a gateway's 42 are 9 more than Microsoft takes. */
const others = Array.from({ length: 1240 }, (_, index) => `198.18.${Math.floor(index / 200)}.${(index % 200) + 1}`);

export const fullList: Scenario = {
  name: "full-list",
  about: "The connection filter's allow list holds 1,240 entries of others.",
  seed: { id: "11111111-0000-4000-8000-000000000005", name: "Wide World Importers", slug: "wide-world" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "full-list", dnsHost: ordinaryHost, ttl: 3600 });
    const policy = tenant.exchange["HostedConnectionFilterPolicy"]?.[0];
    if (policy) policy["IPAllowList"] = [...others];
    tenant.traits.reordersLists = true;
    return tenant;
  },
};
