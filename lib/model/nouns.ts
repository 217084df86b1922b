/** Every outside kind of object by its name. To add one: a file in nouns/ and its line here. */
import type { Result } from "@/lib/base/result";
import type { Facts, Noun } from "./noun";
import { acceptedDomainNoun } from "./nouns/accepted-domain";
import { cfZoneNoun } from "./nouns/cf-zone";
import { domainNoun, grantsNoun, organizationNoun, serviceRecordNoun } from "./nouns/directory";
import { dnsHostNoun, mxNoun, mxTargetsNoun, resolversNoun, spfNoun } from "./nouns/dns";
import { emailSecurityDomainNoun } from "./nouns/email-security-domain";
import { hostedConnectionFilterPolicyNoun } from "./nouns/hosted-connection-filter-policy";
import { hostedContentFilterPolicyNoun } from "./nouns/hosted-content-filter-policy";
import { inboundConnectorNoun } from "./nouns/inbound-connector";
import { organizationConfigNoun } from "./nouns/organization-config";
import { outboundConnectorNoun } from "./nouns/outbound-connector";
import { eopProtectionPolicyRuleNoun, hostedContentFilterRuleNoun } from "./nouns/policy-rule";
import { globalQuarantinePolicyNoun, quarantinePolicyNoun } from "./nouns/quarantine-policy";
import { directDeliveryNoun, smtpHostNoun } from "./nouns/smtp";
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

/** What of these rows must stay the same for the answer to count as unchanged, as text to compare. */
export const saidIn = <K extends Kind>(kind: K, rows: readonly Row<K>[]): string => JSON.stringify(rows.map(typed[kind].same));

export const isKind = (text: string): text is Kind => Object.hasOwn(nouns, text);
