/** What a sandbox tenant is made of. Plain data: it is kept as JSON and shown as it is by the control API. */
export type User = {
  id: string;
  upn: string;
  name: string;
  /** Directory roles by template id: the `wids` of this person's id token. */
  directoryRoles: string[];
  /** App roles of Cutover itself, e.g. `Support.Staff`: the `roles` of this person's id token. */
  appRoles: string[];
};

export type Domain = {
  id: string;
  isVerified: boolean;
  isDefault: boolean;
  isInitial: boolean;
  supportedServices: string[];
  /** The host that Microsoft expects in this domain's MX; null where the domain receives no mail. */
  mxHost: string | null;
  authenticationType: "Managed" | "Federated";
};

export type Consent = {
  /** Graph app roles granted to Cutover, by name (`Domain.Read.All`). */
  graph: string[];
  /** Exchange.ManageAsApp granted? */
  exchange: boolean;
  at: number | null;
  revokedAt: number | null;
};

export type ServicePrincipal = {
  /** Object id of Cutover's service principal in this tenant. */
  id: string;
  /** Directory roles of the application, by template id. */
  directoryRoles: string[];
  /** When that list last changed, and what it was before: a token shows a change only after `traits.roleLagMs`. */
  rolesChangedAt: number;
  rolesBefore: string[];
};

export type DnsRecord = { name: string; ttl: number } & (
  | { type: "MX"; preference: number; exchange: string }
  | { type: "A" | "AAAA"; address: string }
  | { type: "NS" | "CNAME"; target: string }
  | { type: "TXT"; text: string }
);

export type NameServer = {
  name: string;
  /** Its own 127.0.0.x (x from 11 up). */
  address: string;
  /** This server's own copy of the zone, where it differs from the others' (a split host). */
  recordsOverride?: DnsRecord[];
  /** `silent` never answers, `refused` answers REFUSED, `lame` answers without authority. Default `ok`. */
  behaviour?: "ok" | "silent" | "refused" | "lame";
};

export type Zone = {
  /** Without a final dot, lower case. */
  name: string;
  /** Who hosts it, for the portal's heading. */
  host: string;
  /** The lowest TTL this host's own form takes, in seconds. */
  lowestTtl: number;
  nameServers: NameServer[];
  /** All records but SOA and the zone's own NS, which the server makes of `nameServers`. Names without a final dot. */
  records: DnsRecord[];
  /** Goes up with every change; the SOA serial. */
  serial: number;
};

/** One object as Exchange keeps it: no wire spellings, no sidecars. */
export type ExchangeObject = { Guid: string; Name: string; [property: string]: unknown };
export type ExchangeState = Record<string, ExchangeObject[]>;

export type Traits = {
  /** New-InboundConnector answers that the tenant's subscription doesn't allow it. */
  refusesInboundConnectors: boolean;
  /** How long gated cmdlets still fail after Enable-OrganizationCustomization, though IsDehydrated already reads false. */
  dehydratedLagMs: number;
  /** Cmdlets that a dehydrated tenant refuses. */
  gatedCmdlets: string[];
  /** A write is not shown by a read for this long. */
  readLagMs: number;
  /** A directory role is not in a new token for this long. */
  roleLagMs: number;
  /** nextLinks fail: the skiptoken names a backend that the next call doesn't reach (measured by graph2otel). */
  pagingNeedsAffinity: boolean;
  /** Lists come back in another order at times. */
  reordersLists: boolean;
};

export type Tenant = {
  id: string;
  name: string;
  scenario: string;
  /** What the scenario was built from, so that a reset builds the same again. */
  seed: { slug: string; domains?: number };
  /** `x.onmicrosoft.com` */
  initialDomain: string;
  country: string;
  licence: { skus: string[]; trial: boolean; developer: boolean };
  users: User[];
  domains: Domain[];
  consent: Consent;
  servicePrincipal: ServicePrincipal | null;
  /** Extra properties of Graph's `organization` object. */
  organization: Record<string, unknown>;
  zones: Zone[];
  exchange: ExchangeState;
  /** Earlier states of `exchange` that reads may still show, oldest first; `until` is when each was replaced. The newest is always kept. */
  exchangeBefore: { until: number; state: ExchangeState }[];
  /** When Enable-OrganizationCustomization ran; null = never by us. */
  customizedAt: number | null;
  traits: Traits;
};

export const directoryRoles = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  exchangeAdministrator: "29232cdf-9323-42fd-ade2-1d097af3e4de",
  securityAdministrator: "194ae4cb-b126-40b2-bd5b-6091b380977d",
  privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
} as const;

/** The application's directory roles as a token issued now shows them. */
export function rolesInEffect(tenant: Tenant, now: number): string[] {
  const principal = tenant.servicePrincipal;
  if (!principal) return [];
  return now >= principal.rolesChangedAt + tenant.traits.roleLagMs ? principal.directoryRoles : principal.rolesBefore;
}

export function setApplicationRoles(tenant: Tenant, roles: string[], now: number): void {
  const principal = tenant.servicePrincipal;
  if (!principal) return;
  principal.rolesBefore = rolesInEffect(tenant, now);
  principal.directoryRoles = [...new Set(roles)];
  principal.rolesChangedAt = now;
}
