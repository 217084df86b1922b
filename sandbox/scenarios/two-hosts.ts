/** Two domains whose DNS lies with two hosts: one that can be changed by API, one that only a person can change. */
import { baseTenant, mailZone } from "./base";
import { cloudflareHost, slowHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const twoHosts: Scenario = {
  name: "two-hosts",
  about: "Two domains at two DNS hosts: one Cloudflare zone, one at a host without an API.",
  seed: { id: "11111111-0000-4000-8000-000000000013", name: "Trey Research", slug: "trey-research" },
  build: (seed) => {
    const labels = [seed.slug, `${seed.slug}-labs`];
    const tenant = baseTenant(seed, { scenario: "two-hosts", dnsHost: cloudflareHost, ttl: 300, labels });
    tenant.zones = labels.map((label, index) =>
      mailZone(`${label}.example`, index === 0 ? { dnsHost: cloudflareHost, ttl: 300 } : { dnsHost: slowHost, ttl: 3600 }),
    );
    return tenant;
  },
};
