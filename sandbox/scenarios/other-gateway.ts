/** Another vendor's gateway stands in front: the MX names it, a connector takes its mail, a rule bypasses Microsoft's filter for it. */
import { inboundConnector } from "../exchange/kinds/inbound-connector";
import { outboundConnector } from "../exchange/kinds/outbound-connector";
import { transportRule } from "../exchange/kinds/transport-rule";
import { gatewayAddresses } from "../mail/gateway-addresses";
import type { Tenant } from "../tenant";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import { gatewayHosts, gatewayOutboundHosts } from "./gateway-zone";
import type { Scenario, Seed } from "./scenario";

export const otherGateway: Scenario = {
  name: "other-gateway",
  about: "Another gateway is in front: MX, partner connector, a rule with SCL -1, and outbound mail through it too.",
  seed: { id: "11111111-0000-4000-8000-000000000012", name: "Alpine Ski House", slug: "alpine-ski-house" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "other-gateway", dnsHost: ordinaryHost, ttl: 3600 });
    for (const zone of tenant.zones) {
      const others = zone.records.filter((record) => record.type !== "MX" && record.type !== "TXT");
      const mx = gatewayHosts.map((exchange) => ({ type: "MX" as const, name: zone.name, ttl: 3600, preference: 10, exchange }));
      const text = "v=spf1 include:spf.protection.outlook.com ip4:198.51.100.10 ip4:198.51.100.11 -all";
      zone.records = [...mx, { type: "TXT", name: zone.name, ttl: 3600, text }, ...others];
    }
    exchange(tenant, seed);
    return tenant;
  },
};

function exchange(tenant: Tenant, seed: Seed): void {
  const inbound = {
    ...inboundConnector.defaults,
    ConnectorSource: "AdminUI",
    Comment: "Mail that the gateway has filtered",
    SenderDomains: ["smtp:*;1"],
    SenderIPAddresses: [...gatewayAddresses],
  };
  const outbound = {
    ...outboundConnector.defaults,
    ConnectorSource: "AdminUI",
    UseMXRecord: false,
    RecipientDomains: ["*"],
    SmartHosts: [...gatewayOutboundHosts],
    TlsSettings: "CertificateValidation",
    IsValidated: true,
  };
  const bypass = { ...transportRule.defaults, Priority: 0, SenderIpRanges: [...gatewayAddresses], SetSCL: -1 };
  tenant.exchange["InboundConnector"] = [existing(seed, "InboundConnector", "Mimecast to Microsoft 365", inbound)];
  tenant.exchange["OutboundConnector"] = [existing(seed, "OutboundConnector", "Microsoft 365 to Mimecast", outbound)];
  tenant.exchange["TransportRule"] = [existing(seed, "TransportRule", "Bypass spam filtering for the gateway", bypass)];
}
