/** Somebody made a connector by hand, under a name of their own, and it does the job. */
import { inboundConnector } from "../exchange/kinds/inbound-connector";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { egress } from "./egress";
import { existing } from "./exchange-state";
import type { Scenario } from "./scenario";

export const handMade: Scenario = {
  name: "hand-made",
  about: "A connector with another name already does the job.",
  seed: { id: "11111111-0000-4000-8000-000000000006", name: "Northwind Traders", slug: "northwind" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "hand-made", dnsHost: ordinaryHost, ttl: 300 });
    const connector = {
      ...inboundConnector.defaults,
      Comment: "Made by hand",
      ConnectorSource: "AdminUI",
      SenderDomains: ["smtp:*;1"],
      SenderIPAddresses: [...egress].reverse(),
    };
    tenant.exchange["InboundConnector"] = [existing(seed, "InboundConnector", "Mail from the filter", connector)];
    tenant.traits.reordersLists = true;
    return tenant;
  },
};
