/** What a sandbox tenant is made of. Plain data: it is kept as JSON and shown as it is by the control API. */
import type { CloudflareAccount } from "./cloudflare/account-state";
import type { GeneratedMail } from "./history/state";
import type { MailState } from "./mail/message";

export type { CloudflareAccount, CloudflarePermission, CloudflareToken, SecuredDomain } from "./cloudflare/account-state";

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

/** An enterprise application of somebody else than Cutover: the vendor's own, by which it moves mail, or one that only looks like it. */
export type OtherApplication = {
  /** Object id of its service principal in this tenant. */
  id: string;
  appId: string;
  /** The organisation that owns the registration. */
  ownerId: string;
  name: string;
  /** Graph app roles granted to it, by name (`Mail.ReadWrite`). */
  roles: string[];
  at: number | null;
  revokedAt: number | null;
  /** "Enabled for users to sign-in?" says no: it gets no token. */
  disabled?: true;
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
  /** The vendor's application, once somebody authorised it; of its two products the one authorised last. */
  vendorApplication: OtherApplication | null;
  /** Whatever else stands under Enterprise applications. */
  otherApplications?: OtherApplication[];
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
  /** Mail made from the tenant when asked (see history/), so that it needs no room. */
  generatedMail?: GeneratedMail;
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
