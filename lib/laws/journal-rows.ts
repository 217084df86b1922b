/** Random rows of what journaling is about: outbound connectors, journal rules, lists and their people, and settings of its steps. */
import fc from "fast-check";
import { JOURNAL_DEFAULTS } from "./journal-writes";
import { type Obj, objects, type State } from "./state";

const outbound = (Guid: string, Name: string, more: Readonly<Record<string, unknown>>): Obj => ({
  ...JOURNAL_DEFAULTS["OutboundConnector"],
  UseMXRecord: false,
  TlsSettings: "CertificateValidation",
  WhenChangedUTC: "2026-08-01T00:00:00Z",
  ...more,
  Guid,
  Name,
});

const outboundConnectors = fc.subarray([
  outbound("o1", "Through our servers", {
    ConnectorType: "OnPremises",
    RecipientDomains: ["*"],
    SmartHosts: ["10.0.0.5"],
    RouteAllMessagesViaOnPremises: true,
    TlsSettings: null,
  }),
  outbound("o2", "Everything through the gateway", { RecipientDomains: ["*"], SmartHosts: ["smart.gateway.example"] }),
  outbound("o3", "Journal by hand", {
    RecipientDomains: ["journaling.mxrecord.io"],
    SmartHosts: ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"],
    IsValidated: true,
    ValidationRecipients: ["contoso@journaling.mxrecord.io"],
    LastValidationTimestamp: "2026-08-02T00:00:00",
  }),
  outbound("o4", "Deliver journal directly to Area 1", {
    RecipientDomains: ["journaling.mxrecord.io", "other.example"],
    SmartHosts: ["mailstream-east.mxrecord.io"],
    TlsSettings: null,
    Enabled: false,
  }),
]);

const rule = (Guid: string, Name: string, JournalEmailAddress: string, more: Readonly<Record<string, unknown>> = {}): Obj => ({
  JournalEmailAddress,
  Recipient: null,
  Scope: "Global",
  Enabled: true,
  ...more,
  Guid,
  Name,
});

const journalRules = fc.subarray([
  rule("j1", "Archive", "archive@vault.example"),
  rule("j2", "Journal Messages to CloudflareArea 1", "contoso@journaling.mxrecord.io", { Enabled: false }),
  rule("j3", "By hand", "contoso@journaling.mxrecord.io", { Scope: "External" }),
]);

const NDR = ["reports@vault.example", "postmaster@contoso.com", null] as const;
const transportConfig = fc
  .constantFrom(...NDR)
  .map((JournalingReportNdrTo): readonly Obj[] => [{ Guid: "TransportConfig", Name: "TransportConfig", JournalingReportNdrTo }]);

const group = (address: string, Name: string, Members: readonly string[], IsDirSynced = false): Obj => ({
  Guid: address,
  Name,
  PrimarySmtpAddress: address,
  IsDirSynced,
  RecipientTypeDetails: "MailUniversalDistributionGroup",
  Members: [...Members],
});

const PEOPLE = { de: ["anna@contoso.com", "bernd@contoso.com"], us: ["carol@contoso.com", "dave@contoso.com"], none: ["eve@contoso.com"] };
const groups = fc.subarray([
  group("journal-eu@contoso.com", "People of the EU", ["anna@contoso.com", "carol@contoso.com"]),
  group("journal-us@contoso.com", "People of the US", [...PEOPLE.us, "eve@contoso.com", "bernd@contoso.com"]),
]);

const people = fc.constant<readonly Obj[]>([
  { Guid: "DE/Berlin", Name: "DE", usageLocation: "DE", office: "Berlin", addresses: PEOPLE.de },
  { Guid: "US/", Name: "US", usageLocation: "US", office: "", addresses: PEOPLE.us },
  { Guid: "/", Name: "", usageLocation: "", office: "", addresses: PEOPLE.none },
]);

const recipient = (address: string, RecipientTypeDetails: string): Obj => ({
  Guid: `r-${address}`,
  Name: address,
  PrimarySmtpAddress: address,
  EmailAddresses: [`SMTP:${address}`],
  RecipientTypeDetails,
});
const recipients = fc.constant<readonly Obj[]>([
  recipient("reports@contoso.com", "MailContact"),
  recipient("postmaster@contoso.com", "UserMailbox"),
  recipient("team@contoso.com", "GroupMailbox"),
]);

export const journalRows = {
  OutboundConnector: outboundConnectors,
  JournalRule: journalRules,
  TransportConfig: transportConfig,
  DistributionGroup: groups,
  Recipient: recipients,
  people,
} as const;

const regions = fc.constantFrom(["us"], ["eu"], ["us", "eu"]);
const addresses = fc.constantFrom(
  { us: "contoso@journaling.mxrecord.io", eu: "contoso@mailstream-eu-primary.journaling.mxrecord.io" },
  { us: "contoso@journaling.mxrecord.io", eu: "contoso@journaling.mailstream-eu-primary.mxrecord.io" },
);
const lists = fc.constant({ us: "journal-us@contoso.com", eu: "journal-eu@contoso.com" });

export const journalSettings: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "journal-connector": fc.record({
    access: fc.constant("consent"),
    regions,
    addresses,
    gateway: fc.constantFrom("look", "yes", "no"),
  }),
  "undeliverable-reports": fc.record({
    address: fc.constantFrom("reports@contoso.com", "postmaster@contoso.com", "outside@fabrikam.com", ""),
    replace: fc.constantFrom("", "reports@vault.example", "postmaster@contoso.com"),
  }),
  "journal-regions": fc.record({
    regions,
    lists,
    by: fc.constantFrom("usageLocation", "picked"),
    values: fc.constant({ eu: ["DE"] }),
    people: fc.constantFrom({}, { eu: ["eve@contoso.com"] }),
  }),
  "journal-rule": fc.record({ regions, addresses, lists }),
};

/** What of the others is computed from these: that a connector was tried. */
export const validations = (state: State): readonly object[] =>
  objects(state, "OutboundConnector").map((o) => ({
    Guid: o.Guid,
    Name: o.Name,
    IsValidated: o["IsValidated"] ?? false,
    LastValidationTimestamp: o["LastValidationTimestamp"] ?? null,
    ValidationRecipients: o["ValidationRecipients"] ?? [],
    WhenChangedUTC: o["WhenChangedUTC"] ?? null,
  }));
