/** Outbound connectors: smart hosts are mandatory without MX routing; test and rule-scoped ones are asked for apart. */
import { invalid } from "../failure";
import { type Kind, listOf } from "./kind";

export const outboundConnector: Kind = {
  defaults: {
    Enabled: true,
    UseMXRecord: true,
    Comment: null,
    ConnectorType: "Partner",
    ConnectorSource: "Default",
    RecipientDomains: [],
    SmartHosts: [],
    TlsDomain: null,
    TlsSettings: null,
    IsTransportRuleScoped: false,
    RouteAllMessagesViaOnPremises: false,
    CloudServicesMailEnabled: false,
    AllAcceptedDomains: false,
    SenderRewritingEnabled: false,
    MtaStsMode: "Opportunistic",
    SmtpDaneMode: "Opportunistic",
    TestMode: false,
    ValidationRecipients: [],
    IsValidated: false,
    LastValidationTimestamp: null,
    AdminDisplayName: "",
  },
  refuses: ({ after }) => {
    if (!after) return null;
    if (after["UseMXRecord"] === false && listOf(after["SmartHosts"]).length === 0) {
      return invalid("You must specify at least one smart host when UseMXRecord is $false.");
    }
    if (after["TlsSettings"] === "DomainValidation" && after["TlsDomain"] === null) {
      return invalid("TlsDomain is required when TlsSettings is DomainValidation.");
    }
    return null;
  },
  // Documented as exclusive filters; a live default call showed rule-scoped ones all the same, so only `true` narrows here.
  shows: (object, bound) =>
    (bound.get("IsTransportRuleScoped") !== true || object["IsTransportRuleScoped"] === true) &&
    (bound.get("IncludeTestModeConnectors") === true) === (object["TestMode"] === true),
};
