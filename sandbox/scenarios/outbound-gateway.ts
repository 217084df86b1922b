/** Mail comes in at Microsoft, but all that goes out leaves through another company's gateway: what journal reports would do too. */
import { outboundConnector } from "../exchange/kinds/outbound-connector";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import { gatewayOutboundHosts } from "./gateway-zone";
import type { Scenario } from "./scenario";

export const outboundGateway: Scenario = {
  name: "outbound-gateway",
  about: "All outgoing mail leaves through another gateway's smart hosts: an outbound connector for every domain.",
  seed: { id: "11111111-0000-4000-8000-000000000018", name: "Fourth Coffee", slug: "fourth-coffee" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "outbound-gateway", dnsHost: ordinaryHost, ttl: 3600 });
    const connector = {
      ...outboundConnector.defaults,
      ConnectorSource: "AdminUI",
      Comment: "Everything that leaves goes through the gateway",
      UseMXRecord: false,
      RecipientDomains: ["*"],
      SmartHosts: [...gatewayOutboundHosts],
      TlsSettings: "CertificateValidation",
      IsValidated: true,
    };
    tenant.exchange["OutboundConnector"] = [existing(seed, "OutboundConnector", "Outgoing mail to the gateway", connector)];
    return tenant;
  },
};
