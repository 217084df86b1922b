/** Lists for two regions that somebody made by hand: one person is in both, some are in none. */
import { baseTenant } from "./base";
import { eu, list, person, us } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const overlap: Scenario = {
  name: "overlap",
  about: "Lists for EU and US exist: one person is in both, a newcomer and the administrators are in none.",
  seed: { id: "11111111-0000-4000-8000-000000000022", name: "Margie's Travel", slug: "margies-travel" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "overlap", dnsHost: ordinaryHost, ttl: 3600 });
    const at = (part: string) => `${part}@${seed.slug}.example`;
    tenant.users.push(
      person(seed, "berlin.sales", "Berlin sales", eu),
      person(seed, "paris.finance", "Paris finance", { usageLocation: "FR", office: "Paris" }),
      person(seed, "austin.sales", "Austin sales", us),
      person(seed, "travelling.manager", "travelling manager", us),
      person(seed, "newcomer", "newcomer in Berlin", eu),
    );
    tenant.groups = [
      list(seed, "EU staff", at("eu-staff"), [at("berlin.sales"), at("paris.finance"), at("travelling.manager")]),
      list(seed, "US staff", at("us-staff"), [at("employee"), at("austin.sales"), at("travelling.manager")]),
    ];
    return tenant;
  },
};
