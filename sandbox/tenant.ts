/** What a sandbox tenant is made of. Plain data: it is kept as JSON and shown as it is by the control API. */
import type { MailState } from "./mail/message";

export type User = {
  id: string;
  upn: string;
  name: string;
  /** Directory roles by template id: the `wids` of this person's id token. */
  directoryRoles: string[];
  /** App roles of Cutover itself, e.g. `Support.Staff`: the `roles` of this person's id token. */
  appRoles: string[];
  /** Primary address; absent = the sign-in name. */
  mail?: string;
  /** ISO 3166; absent = the tenant's country. */
  usageLocation?: string;
  office?: string;
  /** Absent = UserMailbox. */
  type?: "UserMailbox" | "SharedMailbox" | "RoomMailbox" | "GuestMailUser" | "MailUser";
  /** Kept by the company's own directory. */
  isSynced?: true;
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
  /** Absent = Authoritative. Mail for people whom an internal relay domain does not know goes on to its MX. */
  domainType?: "InternalRelay";
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

/** What Cloudflare keeps beside a record of a zone it hosts; absent until its API first shows the record. Times in milliseconds. */
export type CloudflareRecord = { id: string; comment?: string | undefined; tags: string[]; createdAt: number; modifiedAt: number };

export type DnsRecord = {
  name: string;
  ttl: number;
  /** TTL "Auto" at Cloudflare: the API says 1, the name servers say `ttl`. */
  auto?: true | undefined;
  cloudflare?: CloudflareRecord | undefined;
} & (
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
  /** When that copy catches up by itself (an edge that lags behind a write); absent = never. */
  overrideUntil?: number;
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
  /** Its host speaks Domain Connect: what the settings say, published by a TXT record that the name servers add. */
  domainConnect?: { provider: string; urlControlPanel: string };
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
  /** Mail follows a write to Exchange only after this long, though reads show it earlier. */
  worksLagMs: number;
  /** Which header the vendor stamps: of the product whose MX took the mail, or always the one of one product. */
  vendorHeader: "byHost" | "area1" | "cloudflare";
  /** Dispositions that the vendor quarantines whatever was chosen. */
  vendorAlwaysQuarantines: string[];
  /** What the vendor writes in front of subject and body, by disposition. */
  vendorTags: Record<string, { subject?: string; body?: string }>;
  /** How many rows of made-up history message trace has for each ten days; 0 = only mail that really came. */
  traceRows: number;
  /** Who sent that history: everybody, most of them through the gateway, or only those who send directly. */
  traceMix: "everybody" | "direct";
  /** Set-OutboundConnector takes what it is told of a validation and keeps nothing of it. */
  forgetsValidation: boolean;
};

/** A distribution list, or another kind of group with an address, by the primary addresses of its members. Never changed in place. */
export type Group = {
  id: string;
  name: string;
  address: string;
  members: string[];
  /** Absent = MailUniversalDistributionGroup. */
  type?: "MailUniversalDistributionGroup" | "MailUniversalSecurityGroup" | "GroupMailbox" | "DynamicDistributionGroup";
  /** Kept by the company's own directory: nobody changes it in the cloud. */
  isSynced?: true;
  /** What else Exchange keeps of it, under Exchange's names. */
  settings?: Record<string, unknown>;
};

/** What takes a change of a group back, for as long as reads don't show it: the group before (null = there was none), or its members. */
export type GroupChange = { at: number; id: string } & ({ before: Group | null } | { added: string[]; removed: string[] });

/** Somebody outside who has an entry in the address book (MailContact). */
export type Contact = { id: string; name: string; address: string };

/** Permission groups of a Cloudflare API token, as its dashboard names them. */
export type CloudflarePermission = "Email Security Read" | "Email Security Write" | "Zone Read" | "DNS Read" | "DNS Write";

export type CloudflareToken = {
  id: string;
  name: string;
  /** The secret itself: the sandbox shows it to its owner. */
  value: string;
  permissions: CloudflarePermission[];
  status: "active" | "disabled" | "expired";
};

/** A domain of Email Security; settings under the API's own names. Times in milliseconds. */
export type SecuredDomain = {
  id: string;
  domain: string;
  allowed_delivery_modes: string[];
  drop_dispositions: string[];
  ip_restrictions: string[];
  lookback_hops: number;
  /** Where mail goes next; null where no host is set. */
  transport: string | null;
  require_tls_inbound: boolean | null;
  require_tls_outbound: boolean | null;
  regions: string[];
  folder: string | null;
  integration_id: string | null;
  status: "PENDING" | "ACTIVE" | "FAILED" | "TIMEOUT";
  createdAt: number;
  modifiedAt: number;
  /** The TXT record that proves ownership; null where none is needed. */
  challenge: { value: string; checkedAt: number | null } | null;
};

export type CloudflareAccount = {
  /** 32 hex digits. */
  accountId: string;
  tokens: CloudflareToken[];
  domains: SecuredDomain[];
  /** Zones at Cloudflare belong to this account, but for those named here: they are in somebody else's. */
  zonesElsewhere: string[];
  /** Product -> region -> the address that journal reports are sent to. */
  serviceAddresses: Record<string, Record<string, string>>;
  /** How many journaled messages were scanned for each domain. */
  processedJournal: Record<string, number>;
  traits: {
    /** Spells as before SDK 7.2: lower-case status, DNS errors inside a 1004. */
    speaksOld: boolean;
    /** The last name server of a zone still holds the old records for this long after a write. */
    edgeLagMs: number;
    /** False: the account hasn't bought Email Security. */
    hasEmailSecurity: boolean;
    /** A search of messages says 202 first and has its result after this long. */
    searchMs: number;
  };
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
  /** So many more people, made from the tenant when asked (see people.ts), so that they need no room. */
  generatedPeople?: number;
  groups: Group[];
  /** The newest is always kept, the others as long as reads don't show them. */
  groupChanges: GroupChange[];
  contacts: Contact[];
  domains: Domain[];
  consent: Consent;
  servicePrincipal: ServicePrincipal | null;
  /** Extra properties of Graph's `organization` object. */
  organization: Record<string, unknown>;
  zones: Zone[];
  cloudflare: CloudflareAccount;
  exchange: ExchangeState;
  /** Earlier states of `exchange` that reads may still show, oldest first; `until` is when each was replaced. The newest is always kept. */
  exchangeBefore: { until: number; state: ExchangeState }[];
  /** When Enable-OrganizationCustomization ran; null = never by us. */
  customizedAt: number | null;
  mail: MailState;
  /** By domain: what its web host serves about mail. Absent = there is no such host. */
  web?: Record<string, { /** The MTA-STS policy's text. */ mtaSts: string }>;
  traits: Traits;
};

export const directoryRoles = {
  globalAdministrator: "62e90394-69f5-4237-9190-012177145e10",
  exchangeAdministrator: "29232cdf-9323-42fd-ade2-1d097af3e4de",
  securityAdministrator: "194ae4cb-b126-40b2-bd5b-6091b380977d",
  privilegedRoleAdministrator: "e8611ab8-c189-46e8-94e1-60213ab1f814",
  globalReader: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
} as const;

/** The records that this name server holds for itself now; undefined where it serves the zone's own. */
export function ownCopy(server: NameServer, now: number): DnsRecord[] | undefined {
  return server.overrideUntil !== undefined && now >= server.overrideUntil ? undefined : server.recordsOverride;
}

/** From here on it serves the zone's own again. */
export function dropCopy(server: NameServer): NameServer {
  delete server.recordsOverride;
  delete server.overrideUntil;
  return server;
}

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
