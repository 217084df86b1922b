/** Every outside kind of object by its name. To add one: a file in nouns/ and its line here. */
import { createHash } from "node:crypto";
import type { Result } from "@/lib/base/result";
import type { Facts, Noun } from "./noun";
import { acceptedDomainNoun } from "./nouns/accepted-domain";
import { roleHolderNoun, vendorApplicationNoun } from "./nouns/authorization";
import { cfZoneNoun } from "./nouns/cf-zone";
import { domainNoun, grantsNoun, organizationNoun, peopleNoun, serviceRecordNoun } from "./nouns/directory";
import { dnsHostNoun, mxNoun, mxTargetsNoun, resolversNoun, spfNoun } from "./nouns/dns";
import { emailSecurityDomainNoun } from "./nouns/email-security-domain";
import { hostedConnectionFilterPolicyNoun } from "./nouns/hosted-connection-filter-policy";
import { hostedContentFilterPolicyNoun } from "./nouns/hosted-content-filter-policy";
import { inboundConnectorNoun } from "./nouns/inbound-connector";
import { journalRuleNoun } from "./nouns/journal-rule";
import { journaledNoun, processedNoun } from "./nouns/journaled";
import { organizationConfigNoun } from "./nouns/organization-config";
import { outboundConnectorNoun, outboundConnectorValidationNoun } from "./nouns/outbound-connector";
import { eopProtectionPolicyRuleNoun, hostedContentFilterRuleNoun } from "./nouns/policy-rule";
import { globalQuarantinePolicyNoun, quarantinePolicyNoun } from "./nouns/quarantine-policy";
import { distributionGroupNoun, recipientNoun } from "./nouns/recipient";
import { directDeliveryNoun, smtpHostNoun } from "./nouns/smtp";
import { transportConfigNoun } from "./nouns/transport-config";
import { transportRuleNoun } from "./nouns/transport-rule";
import { domainConnectNoun, mtaStsNoun } from "./nouns/web";

const nouns = {
  OrganizationConfig: organizationConfigNoun,
  HostedConnectionFilterPolicy: hostedConnectionFilterPolicyNoun,
  HostedContentFilterPolicy: hostedContentFilterPolicyNoun,
  HostedContentFilterRule: hostedContentFilterRuleNoun,
  EOPProtectionPolicyRule: eopProtectionPolicyRuleNoun,
  InboundConnector: inboundConnectorNoun,
  OutboundConnector: outboundConnectorNoun,
  TransportRule: transportRuleNoun,
  organization: organizationNoun,
  domain: domainNoun,
  serviceRecord: serviceRecordNoun,
  grants: grantsNoun,
  mx: mxNoun,
  resolvers: resolversNoun,
  dnsHost: dnsHostNoun,
  mxTargets: mxTargetsNoun,
  spf: spfNoun,
  AcceptedDomain: acceptedDomainNoun,
  QuarantinePolicy: quarantinePolicyNoun,
  GlobalQuarantinePolicy: globalQuarantinePolicyNoun,
  EmailSecurityDomain: emailSecurityDomainNoun,
  cfZone: cfZoneNoun,
  smtpHost: smtpHostNoun,
  directDelivery: directDeliveryNoun,
  mtaSts: mtaStsNoun,
  domainConnect: domainConnectNoun,
  OutboundConnectorValidation: outboundConnectorValidationNoun,
  TransportConfig: transportConfigNoun,
  JournalRule: journalRuleNoun,
  Recipient: recipientNoun,
  DistributionGroup: distributionGroupNoun,
  people: peopleNoun,
  vendorApplication: vendorApplicationNoun,
  roleHolder: roleHolderNoun,
  processed: processedNoun,
  journaled: journaledNoun,
} as const;

export type Kind = keyof typeof nouns;
type RowsOf<N> = { readonly [K in keyof N]: N[K] extends Noun<infer R> ? R : never };
/** An interface, not the mapped type itself, so that Row<K> of a generic K still has a Guid and a Name. */
interface Rows extends RowsOf<typeof nouns> {}
/** One object of a kind, in our spelling. */
export type Row<K extends Kind> = Rows[K];

const typed: { readonly [K in Kind]: Noun<Row<K>> } = nouns;

/** The facts of a kind: how it is asked and written, where it stands in the portal, what cannot be put back. */
export const factsOf = (kind: Kind): Facts => nouns[kind];

/** A raw answer as rows in our spelling, or `unreadable`. */
export const readRows = <K extends Kind>(kind: K, raw: unknown): Result<readonly Row<K>[]> => typed[kind].rows(raw);

/** Longer texts are kept as their digest: they are only compared. */
const MOST_SAID = 4_000;

/** What of these rows must stay the same for the answer to count as unchanged, as text to compare. */
export function saidIn<K extends Kind>(kind: K, rows: readonly Row<K>[]): string {
  const said = JSON.stringify(rows.map(typed[kind].same));
  return said.length > MOST_SAID ? createHash("sha256").update(said).digest("hex") : said;
}

export const isKind = (text: string): text is Kind => Object.hasOwn(nouns, text);
