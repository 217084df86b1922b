/** The zones are at Cloudflare, in the customer's own account: records can be changed through the API, and one edge follows late. */
import { baseTenant } from "./base";
import { cloudflareHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const cloudflareDns: Scenario = {
  name: "cloudflare-dns",
  about: "DNS is hosted at Cloudflare, so MX records can be changed for you; one of its servers follows five seconds late.",
  seed: { id: "11111111-0000-4000-8000-000000000011", name: "VanArsdel", slug: "vanarsdel" },
  build: (seed) => {
    const tenant = baseTenant(seed, {
      scenario: "cloudflare-dns",
      dnsHost: cloudflareHost,
      ttl: 3600,
      labels: [seed.slug, `${seed.slug}-mail`],
    });
    tenant.cloudflare.traits.edgeLagMs = 5_000;
    return tenant;
  },
};
