/** The tenant a newcomer walks: paid, customized, two domains whose TTL is an hour at an ordinary host. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const fresh: Scenario = {
  name: "fresh",
  about: "Nothing is set up yet. Two domains, TTL one hour, an ordinary DNS host.",
  seed: { id: "11111111-0000-4000-8000-000000000001", name: "Fabrikam", slug: "fabrikam" },
  build: (seed) => baseTenant(seed, { scenario: "fresh", dnsHost: ordinaryHost, ttl: 3600, labels: [seed.slug, `${seed.slug}-mail`] }),
};
