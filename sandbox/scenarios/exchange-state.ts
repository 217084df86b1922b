/** Exchange as a new tenant has it: default policies, built-in quarantine policies, one transport configuration. */
import { guidFrom } from "../guid";
import type { ExchangeObject, ExchangeState } from "../tenant";
import type { Seed } from "./scenario";

const born = "2024-03-04T09:00:00.000Z";
const noGuid = "00000000-0000-0000-0000-000000000000";

/** An object that was there before us. */
export function existing(seed: Seed, noun: string, name: string, properties: Record<string, unknown>): ExchangeObject {
  return { Guid: guidFrom(`${seed.id}/${noun}/${name}`), Name: name, WhenCreatedUTC: born, WhenChangedUTC: born, ...properties };
}

/** Built-in quarantine policies read with a GUID of zeros (CIPP filters by it). */
const builtIn = (name: string, permissions: number, notifies: boolean, type = "QuarantinePolicy"): ExchangeObject => ({
  Guid: noGuid,
  Name: name,
  ESNEnabled: notifies,
  EndUserQuarantinePermissionsValue: permissions,
  IncludeMessagesFromBlockedSenderAddress: false,
  QuarantinePolicyType: type,
  QuarantineRetentionDays: 30,
  EndUserSpamNotificationFrequency: "04:00:00",
  EndUserSpamNotificationCustomFromAddress: "",
  OrganizationBrandingEnabled: false,
  MultiLanguageSenderName: [],
  MultiLanguageSetting: [],
  MultiLanguageCustomDisclaimer: [],
});

export function exchangeState(seed: Seed): ExchangeState {
  return {
    OrganizationConfig: [existing(seed, "OrganizationConfig", `${seed.slug}.onmicrosoft.com`, organization(seed))],
    TransportConfig: [existing(seed, "TransportConfig", "Transport Settings", transport)],
    HostedConnectionFilterPolicy: [existing(seed, "HostedConnectionFilterPolicy", "Default", connectionFilter)],
    HostedContentFilterPolicy: [existing(seed, "HostedContentFilterPolicy", "Default", contentFilter)],
    HostedContentFilterRule: [],
    EOPProtectionPolicyRule: [],
    ATPProtectionPolicyRule: [],
    InboundConnector: [],
    OutboundConnector: [],
    TransportRule: [],
    JournalRule: [],
    QuarantinePolicy: [
      builtIn("AdminOnlyAccessPolicy", 0, false),
      builtIn("DefaultFullAccessPolicy", 39, false),
      builtIn("DefaultFullAccessWithNotificationPolicy", 39, true),
      builtIn("DefaultGlobalPolicy", 0, false, "GlobalQuarantinePolicy"),
    ],
  };
}

const organization = (seed: Seed) => ({
  DisplayName: seed.name,
  IsDehydrated: false,
  AuditDisabled: false,
  CustomerLockboxEnabled: false,
  IsMixedMode: false,
  IsUpdatingServicePlan: false,
  IsUpgradingOrganization: false,
  RejectDirectSend: false,
  ConnectorsEnabled: true,
  PublicFoldersEnabled: "Local",
  EwsEnabled: null,
  SCLJunkThreshold: 4,
  HybridConfigurationStatus: "None",
});

const transport = {
  JournalingReportNdrTo: null,
  JournalMessageExpirationDays: 0,
  PreventDuplicateJournalingEnabled: false,
  JournalReportDLMemberSubstitutionEnabled: false,
  JournalArchivingEnabled: false,
  VoicemailJournalingEnabled: true,
  ExternalPostmasterAddress: null,
  SmtpClientAuthenticationDisabled: true,
  MaxSendSize: "Unlimited",
  MaxReceiveSize: "Unlimited",
  MaxRecipientEnvelopeLimit: "Unlimited",
  AllowLegacyTLSClients: false,
  ExternalDelayDsnEnabled: true,
  InternalDelayDsnEnabled: true,
  Rfc2231EncodingEnabled: false,
};

const connectionFilter = {
  IPAllowList: [],
  IPBlockList: [],
  EnableSafeList: false,
  IsDefault: true,
  DirectoryBasedEdgeBlockMode: "Default",
  AdminDisplayName: "",
};

/** SPF hard fail is On here although Microsoft's default is Off: the step that turns it off must have something to do. */
const contentFilter = {
  SpamAction: "MoveToJmf",
  HighConfidenceSpamAction: "MoveToJmf",
  PhishSpamAction: "Quarantine",
  HighConfidencePhishAction: "Quarantine",
  BulkSpamAction: "MoveToJmf",
  BulkThreshold: 7,
  QuarantineRetentionPeriod: 30,
  MarkAsSpamSpfRecordHardFail: "On",
  MarkAsSpamBulkMail: "On",
  MarkAsSpamFromAddressAuthFail: "Off",
  MarkAsSpamNdrBackscatter: "Off",
  IsDefault: true,
  SpamQuarantineTag: "DefaultFullAccessPolicy",
  HighConfidenceSpamQuarantineTag: "DefaultFullAccessPolicy",
  PhishQuarantineTag: "DefaultFullAccessPolicy",
  HighConfidencePhishQuarantineTag: "AdminOnlyAccessPolicy",
  BulkQuarantineTag: "DefaultFullAccessPolicy",
  AllowedSenders: [],
  AllowedSenderDomains: [],
  BlockedSenders: [],
  BlockedSenderDomains: [],
  RedirectToRecipients: [],
  LanguageBlockList: [],
  RegionBlockList: [],
  EnableLanguageBlockList: false,
  EnableRegionBlockList: false,
  ZapEnabled: true,
  SpamZapEnabled: true,
  PhishZapEnabled: true,
  InlineSafetyTipsEnabled: true,
  IntraOrgFilterState: "Default",
  RecommendedPolicyType: "Custom",
  BulkMovesEnabled: "NotSet",
  TestModeAction: "None",
  DownloadLink: false,
  AddXHeaderValue: "",
  ModifySubjectValue: "",
  AdminDisplayName: "",
};
