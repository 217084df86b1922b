/** A trial tenant: everything works until an inbound connector is made. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const trial: Scenario = {
  name: "trial",
  about: "A trial subscription: Microsoft refuses inbound connectors.",
  seed: { id: "11111111-0000-4000-8000-000000000002", name: "Lamna Trial", slug: "lamna-trial" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "trial", dnsHost: ordinaryHost, ttl: 3600 });
    tenant.licence = { skus: ["SPE_E5"], trial: true, developer: false };
    tenant.traits.refusesInboundConnectors = true;
    return tenant;
  },
};
