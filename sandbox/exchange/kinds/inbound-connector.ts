/** Inbound connectors: refused to trial and developer tenants, sender domains respelt with a cost. */
import { invalid } from "../failure";
import { type Kind, listOf } from "./kind";

/** A domain, all its subdomains (`*.contoso.com`) or every one (`*`). */
export const smtpDomain = /^(\*|(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*)$/i;

/** `smtp:*;1`: what the wire says for `*` (address and cost); a value read back may be sent back. */
function addressSpace(entry: string): string {
  const bare = entry.replace(/^smtp:/i, "").replace(/;\d+$/, "");
  return `smtp:${bare.toLowerCase()};1`;
}

export const inboundConnector: Kind = {
  defaults: {
    Enabled: true,
    ConnectorType: "Partner",
    ConnectorSource: "Default",
    Comment: null,
    SenderIPAddresses: [],
    SenderDomains: [],
    TrustedOrganizations: [],
    ClientHostNames: [],
    AssociatedAcceptedDomains: [],
    RequireTls: true,
    RestrictDomainsToIPAddresses: false,
    RestrictDomainsToCertificate: false,
    CloudServicesMailEnabled: false,
    TreatMessagesAsInternal: false,
    TlsSenderCertificateName: null,
    EFTestMode: false,
    ScanAndDropRecipients: [],
    EFSkipLastIP: false,
    EFSkipIPs: [],
    EFSkipMailGateway: [],
    EFUsers: [],
    AdminDisplayName: "",
  },
  canonical: (property, entry) => (property === "SenderDomains" ? addressSpace(entry) : entry),
  refuses: ({ tenant, verb, after }) => {
    if (verb === "New" && tenant.traits.refusesInboundConnectors) {
      return invalid(
        "For trial and developer subscriptions, creating inbound connectors isn't allowed. Purchase a paid subscription to use this feature.",
      );
    }
    if (!after) return null;
    const domains = listOf(after["SenderDomains"]);
    if (domains.length === 0) return invalid("SenderDomains can't be empty.");
    const odd = domains.find((entry) => !smtpDomain.test(entry.replace(/^smtp:/, "").replace(/;\d+$/, "")));
    return odd === undefined ? null : invalid(`"${odd}" isn't a valid SMTP domain.`);
  },
};
