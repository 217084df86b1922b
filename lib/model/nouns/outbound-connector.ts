/** Outbound connector: read here for centralised transport (all mail through the customer's own servers). */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { flag, head, list, word } from "../spelling";

export const outboundConnectorNoun = noun({
  title: "Outbound connector",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-OutboundConnector",
    parameters: { ResultSize: "Unlimited" },
    // The two switches are exclusive filters, so a complete list takes three calls (facts/exchange-mapping.md 15.17).
    also: [
      { ResultSize: "Unlimited", IsTransportRuleScoped: true },
      { ResultSize: "Unlimited", IncludeTestModeConnectors: true },
    ],
    select: ["Guid", "Name", "Enabled", "ConnectorType", "RecipientDomains", "SmartHosts", "RouteAllMessagesViaOnPremises"],
  },
  permission: EXCHANGE,
  place: "Exchange admin center > Mail flow > Connectors",
  link: "https://admin.exchange.microsoft.com/#/connectors",
  labels: {},
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z.object({
    ...head,
    Enabled: flag,
    ConnectorType: word("Partner", "OnPremises"),
    RecipientDomains: list,
    SmartHosts: list,
    RouteAllMessagesViaOnPremises: flag,
  }),
});
