/** Which noun has which rules, and which nouns can be asked at all. */
import { contentFilterPolicy } from "./content-filter";
import { inboundConnector } from "./inbound-connector";
import { journalRule, transportConfig } from "./journal";
import type { Kind } from "./kind";
import { outboundConnector } from "./outbound-connector";
import { quarantinePolicy } from "./quarantine-policy";
import { transportRule } from "./transport-rule";

const plain: Kind = { defaults: {} };
/** A report's row has no name and no GUID of its own. */
const row: Kind = { defaults: {}, isRow: true, wire: () => ({ Guid: undefined, Name: undefined }) };

export const kinds = new Map<string, Kind>([
  ["InboundConnector", inboundConnector],
  ["OutboundConnector", outboundConnector],
  ["HostedConnectionFilterPolicy", plain],
  ["HostedContentFilterPolicy", contentFilterPolicy],
  ["HostedContentFilterRule", plain],
  ["EOPProtectionPolicyRule", plain],
  ["ATPProtectionPolicyRule", plain],
  ["TransportRule", transportRule],
  ["QuarantinePolicy", quarantinePolicy],
  ["JournalRule", journalRule],
  ["TransportConfig", transportConfig],
  ["OrganizationConfig", plain],
  ["AcceptedDomain", plain],
  ["OutboundConnectorValidation", row],
  ["MessageTraceV2", row],
  ["MessageTraceDetailV2", row],
]);
