/** Accepted domains as Exchange sees them: the tenant's verified domains. */

import { guidFrom } from "../guid";
import type { ExchangeObject, Tenant } from "../tenant";

export function acceptedDomains(tenant: Tenant): ExchangeObject[] {
  return tenant.domains
    .filter((domain) => domain.isVerified)
    .map((domain) => ({
      Guid: guidFrom(`${tenant.id}/accepted/${domain.id}`),
      Name: domain.id,
      DomainName: domain.id,
      DomainType: domain.domainType ?? "Authoritative",
      Default: domain.isDefault,
      InitialDomain: domain.isInitial,
      MatchSubDomains: false,
      AuthenticationType: domain.authenticationType,
      RawAuthenticationType: domain.authenticationType,
      EmailOnly: false,
      ExternallyManaged: false,
      PendingRemoval: false,
      PendingCompletion: false,
      OutboundOnly: false,
      SendingFromDomainDisabled: false,
      SendingToDomainDisabled: false,
      IsCoexistenceDomain: false,
      CatchAllRecipientID: null,
      AddressBookEnabled: true,
      AdminDisplayName: "",
    }));
}
