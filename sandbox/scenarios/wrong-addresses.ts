/** An earlier attempt left a connector with our name and addresses that are not ours; writes show late here. */
import { inboundConnector } from "../exchange/kinds/inbound-connector";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { existing } from "./exchange-state";
import type { Scenario } from "./scenario";

/** Both profiles' names, so that either finds its own taken. */
const names = ["Area 1 Inbound Connector", "Email Security Inbound Connector"];

export const wrongAddresses: Scenario = {
  name: "wrong-addresses",
  about: "A connector has our name and wrong addresses; reads lag 20 seconds behind writes.",
  seed: { id: "11111111-0000-4000-8000-000000000007", name: "Litware", slug: "litware" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "wrong-addresses", dnsHost: ordinaryHost, ttl: 3600 });
    const connector = {
      ...inboundConnector.defaults,
      Comment: "Earlier attempt",
      ConnectorSource: "AdminUI",
      SenderDomains: ["smtp:*;1"],
      SenderIPAddresses: ["203.0.113.10", "203.0.113.0/25"],
    };
    tenant.exchange["InboundConnector"] = names.map((name) => existing(seed, "InboundConnector", name, connector));
    tenant.traits.readLagMs = 20_000;
    return tenant;
  },
};
