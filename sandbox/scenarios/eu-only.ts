/** A company with everybody in the EU: one region, and not the one that defaults are made for. */
import { baseTenant } from "./base";
import { eu, person } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const euOnly: Scenario = {
  name: "eu-only",
  about: "A German company: everybody's usage location is in the EU.",
  seed: { id: "11111111-0000-4000-8000-000000000020", name: "Blue Yonder", slug: "blue-yonder" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "eu-only", dnsHost: ordinaryHost, ttl: 3600 });
    tenant.country = "DE";
    tenant.users.push(
      person(seed, "berlin.sales", "Berlin sales", eu),
      person(seed, "munich.works", "Munich works", { usageLocation: "DE", office: "Munich" }),
      person(seed, "paris.finance", "Paris finance", { usageLocation: "FR", office: "Paris" }),
    );
    return tenant;
  },
};
