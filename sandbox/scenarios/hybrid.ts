/** Half of the company is still on a server of its own: mail from there comes through an OnPremises connector. */
import { inboundConnector } from "../exchange/kinds/inbound-connector";
import { outboundConnector } from "../exchange/kinds/outbound-connector";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import type { Scenario } from "./scenario";

export const hybrid: Scenario = {
  name: "hybrid",
  about: "Hybrid: an OnPremises connector takes mail from the company's own server.",
  seed: { id: "11111111-0000-4000-8000-000000000015", name: "Humongous Insurance", slug: "humongous" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "hybrid", dnsHost: ordinaryHost, ttl: 3600 });
    const name = `${seed.slug}.example`;
    const inbound = {
      ...inboundConnector.defaults,
      ConnectorType: "OnPremises",
      ConnectorSource: "HybridWizard",
      SenderDomains: ["smtp:*;1"],
      SenderIPAddresses: ["198.51.100.60"],
      CloudServicesMailEnabled: true,
    };
    const outbound = {
      ...outboundConnector.defaults,
      ConnectorType: "OnPremises",
      ConnectorSource: "HybridWizard",
      UseMXRecord: false,
      RecipientDomains: [`onpremises.${name}`],
      SmartHosts: [`mail.${name}`],
      TlsDomain: `mail.${name}`,
      TlsSettings: "DomainValidation",
      CloudServicesMailEnabled: true,
      IsValidated: true,
    };
    tenant.exchange["InboundConnector"] = [existing(seed, "InboundConnector", "Inbound from the company's server", inbound)];
    tenant.exchange["OutboundConnector"] = [existing(seed, "OutboundConnector", "Outbound to the company's server", outbound)];
    for (const zone of tenant.zones) zone.records.push({ type: "A", name: `mail.${zone.name}`, ttl: 3600, address: "198.51.100.60" });
    return tenant;
  },
};
