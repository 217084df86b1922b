/** For tests: raw answers of what journaling is about, as Exchange and the vendor's hosts give them. */
import { area1 } from "@/lib/profiles/area1";

const regions = area1.journaling.value.regions;
export const US = { domain: regions[0]?.domain ?? "", hosts: regions[0]?.smartHosts ?? [], address: `contoso@${regions[0]?.domain ?? ""}` };
export const EU = { domain: regions[1]?.domain ?? "", hosts: regions[1]?.smartHosts ?? [], address: `contoso@${regions[1]?.domain ?? ""}` };
export const NAME = area1.journaling.value.connector.name;
export const RULE = area1.journaling.value.rule;

export const outbound = (Guid: string, Name: string, more: object = {}) => ({
  Guid,
  Name,
  Comment: null,
  Enabled: true,
  ConnectorType: "Partner",
  RecipientDomains: [] as readonly string[],
  SmartHosts: [] as readonly string[],
  UseMXRecord: false,
  TlsSettings: "CertificateValidation",
  TlsDomain: null,
  AllAcceptedDomains: false,
  IsTransportRuleScoped: false,
  TestMode: false,
  RouteAllMessagesViaOnPremises: false,
  ...more,
});

/** All that leaves goes to another company's servers. */
export const gateway = (more: object = {}) =>
  outbound("g", "To the gateway", { RecipientDomains: ["*"], SmartHosts: ["out.gateway.example"], ...more });
export const straight = (
  Guid: string,
  Name: string,
  to: { readonly domain: string; readonly hosts: readonly string[] },
  more: object = {},
) => outbound(Guid, Name, { RecipientDomains: [to.domain], SmartHosts: to.hosts, ...more });

export const validation = (Name: string, more: object = {}) => ({
  Guid: Name,
  Name,
  IsValidated: false,
  LastValidationTimestamp: null,
  ValidationRecipients: [],
  WhenChangedUTC: "2026-05-01T10:00:00.1234567Z",
  ...more,
});

export const journalRuleRow = (Guid: string, Name: string, JournalEmailAddress: string, more: object = {}) => ({
  Guid,
  Name,
  JournalEmailAddress,
  Recipient: null,
  Scope: "External",
  Enabled: true,
  ...more,
});

export const configRow = (JournalingReportNdrTo: string | null) => ({ JournalingReportNdrTo });

export const recipientRow = (address: string, RecipientTypeDetails: string) => ({
  Guid: `r-${address}`,
  Name: address,
  PrimarySmtpAddress: address,
  EmailAddresses: [`SMTP:${address}`],
  RecipientTypeDetails,
});

export const targetsRow = (domain: string, hosts: readonly string[] = [`mx.${domain}`]) => ({
  domain,
  targets: hosts.map((host) => ({ host, addresses: ["192.0.2.25"], cname: null, isAddress: false, problem: null })),
});
