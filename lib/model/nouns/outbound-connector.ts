/** Outbound connector: where mail for given domains goes. Read for centralised transport and gateways, written for journal reports. Source: facts of New-/Set-OutboundConnector. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, type Facts, noun } from "../noun";
import { flag, head, list, textOrNull, word } from "../spelling";

const place = {
  permission: EXCHANGE,
  place: "Exchange admin center > Mail flow > Connectors",
  link: "https://admin.exchange.microsoft.com/#/connectors",
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
} satisfies Partial<Facts>;

// The two switches are exclusive filters, so a complete list takes three calls (facts/exchange-mapping.md 15.17).
const everyOne = [
  { ResultSize: "Unlimited", IsTransportRuleScoped: true },
  { ResultSize: "Unlimited", IncludeTestModeConnectors: true },
];

export const outboundConnectorNoun = noun({
  ...place,
  title: "Outbound connector",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-OutboundConnector",
    parameters: { ResultSize: "Unlimited" },
    also: everyOne,
    select: [
      "Guid",
      "Name",
      "Comment",
      "Enabled",
      "ConnectorType",
      "RecipientDomains",
      "SmartHosts",
      "UseMXRecord",
      "TlsSettings",
      "TlsDomain",
      "AllAcceptedDomains",
      "IsTransportRuleScoped",
      "TestMode",
      "RouteAllMessagesViaOnPremises",
    ],
  },
  labels: {
    Comment: "Description",
    Enabled: "Turned on",
    ConnectorType: "Connection to",
    RecipientDomains: "Only when email messages are sent to these domains",
    SmartHosts: "Route email through these smart hosts",
    UseMXRecord: "Use the MX record associated with the partner's domain",
    TlsSettings: "Connect only if the recipient's email server certificate matches",
    TlsDomain: "Name in the certificate",
  },
  toggles: ["Enabled"],
  whole: ["RecipientDomains", "SmartHosts"],
  shape: z.object({
    ...head,
    Comment: textOrNull,
    Enabled: flag,
    ConnectorType: word("Partner", "OnPremises"),
    RecipientDomains: list.transform((all) => all.map((domain) => domain.toLowerCase())),
    SmartHosts: list.transform((all) => all.map((host) => host.toLowerCase())),
    UseMXRecord: flag,
    TlsSettings: textOrNull,
    TlsDomain: textOrNull,
    AllAcceptedDomains: flag,
    IsTransportRuleScoped: flag,
    TestMode: flag,
    RouteAllMessagesViaOnPremises: flag,
  }),
});

/** That a connector was tried: by name, because it is tried in the same plan in which it is made. */
export const outboundConnectorValidationNoun = noun({
  ...place,
  title: "Validation of outbound connector",
  asked: {
    cloud: "exchange",
    cmdlet: "Get-OutboundConnector",
    parameters: { ResultSize: "Unlimited" },
    also: everyOne,
    select: ["Guid", "Name", "IsValidated", "LastValidationTimestamp", "ValidationRecipients", "WhenChangedUTC"],
  },
  labels: { IsValidated: "Validated", ValidationRecipients: "Validated by sending to" },
  cmdletNoun: "OutboundConnector",
  verbs: { IsValidated: ["Validate-OutboundConnector"] },
  verbByHand: {
    IsValidated: "select “Validate this connector”, enter the address below, select Validate, and wait until every task says Succeed",
  },
  verbTakes: { Recipients: "ValidationRecipients" },
  whole: ["ValidationRecipients"],
  shownOnly: ["LastValidationTimestamp", "WhenChangedUTC"],
  shape: z
    .object({
      Name: z.string(),
      IsValidated: flag,
      LastValidationTimestamp: textOrNull,
      ValidationRecipients: list,
      WhenChangedUTC: textOrNull,
    })
    .transform((row) => ({ Guid: row.Name, ...row })),
});
