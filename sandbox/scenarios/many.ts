/** As many domains as asked, for benches; nothing else about it is odd, and nothing lags. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const many: Scenario = {
  name: "many",
  about: "Ten domains, or as many as asked.",
  seed: { id: "11111111-0000-4000-8000-000000000010", name: "Contoso Group", slug: "contoso-group", domains: 10 },
  build: (seed) => {
    const labels = Array.from({ length: seed.domains ?? 10 }, (_, index) => (index === 0 ? seed.slug : `${seed.slug}-${index + 1}`));
    const tenant = baseTenant(seed, { scenario: "many", dnsHost: ordinaryHost, ttl: 3600, labels });
    tenant.traits.readLagMs = 0;
    tenant.traits.worksLagMs = 0;
    return tenant;
  },
};
