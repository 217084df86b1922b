/** Outbound connectors: smart hosts are mandatory without MX routing; test and rule-scoped ones are asked for apart. */
import { invalid } from "../failure";
import { smtpDomain } from "./inbound-connector";
import { type Kind, listOf } from "./kind";

/** A host name, an address (read back in brackets, and taken so) or a network in CIDR form. */
const smartHost =
  /^(([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*|\[\d{1,3}(\.\d{1,3}){3}\]|\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?)$/i;
const ofValidation = ["ValidationRecipients", "IsValidated", "LastValidationTimestamp"];

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
  kept: (parameter, value, { traits }) => {
    if (traits.forgetsValidation && ofValidation.includes(parameter)) return {};
    // Read back without a zone, as measured.
    return parameter === "LastValidationTimestamp" && isTime(value)
      ? { LastValidationTimestamp: new Date(Date.parse(String(value))).toISOString().slice(0, 19) }
      : undefined;
  },
  refuses: ({ after, bound }) => {
    if (!after) return null;
    const time = bound.get("LastValidationTimestamp") ?? null;
    if (time !== null && !isTime(time)) return invalid(`"${time}" isn't a valid date and time.`);
    const domain = listOf(after["RecipientDomains"]).find((entry) => !smtpDomain.test(entry));
    if (domain !== undefined) return invalid(`"${domain}" isn't a valid SMTP domain.`);
    const host = listOf(after["SmartHosts"]).find((entry) => !smartHost.test(entry));
    if (host !== undefined) return invalid(`"${host}" isn't a valid smart host.`);
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

const isTime = (value: unknown) => typeof value === "string" && !Number.isNaN(Date.parse(value));
