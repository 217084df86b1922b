/** What every customer tenant of the sandbox has in common; a scenario changes from here. */
import { makeAccount } from "../cloudflare/account";
import { noMail } from "../mail/message";
import { type Domain, directoryRoles, type Tenant, type Traits, type User, type Zone } from "../tenant";
import { person } from "./directory";
import { exchangeState } from "./exchange-state";
import type { DnsHost, Seed } from "./scenario";

/** A read shows a write after three seconds here: long enough to be met, short enough to sit through (20 s to minutes in the wild). */
export const ordinaryTraits: Traits = {
  refusesInboundConnectors: false,
  dehydratedLagMs: 0,
  gatedCmdlets: [],
  readLagMs: 3_000,
  roleLagMs: 5_000,
  pagingNeedsAffinity: false,
  reordersLists: false,
  worksLagMs: 60_000,
  vendorHeader: "byHost",
  // An older page says that SPAM is always quarantined too (the facts conflict); a tenant may be told so by this trait.
  vendorAlwaysQuarantines: [],
  vendorTags: {},
  traceRows: 0,
  traceMix: "everybody",
  forgetsValidation: false,
};

export type Parts = {
  scenario: string;
  dnsHost: DnsHost;
  /** TTL of all mail records, seconds. */
  ttl: number;
  /** First labels before `.example`; the first is the default domain. */
  labels?: string[];
};

export function baseTenant(seed: Seed, parts: Parts): Tenant {
  const initialDomain = `${seed.slug}.onmicrosoft.com`;
  const names = (parts.labels ?? [seed.slug]).map((label) => `${label}.example`);
  return {
    id: seed.id,
    name: seed.name,
    scenario: parts.scenario,
    seed: seed.domains === undefined ? { slug: seed.slug } : { slug: seed.slug, domains: seed.domains },
    initialDomain,
    country: "US",
    licence: { skus: ["SPE_E3"], trial: false, developer: false },
    users: users(seed, names[0] ?? initialDomain),
    groups: [],
    groupChanges: [],
    contacts: [],
    domains: [...names.map((name, index) => mailDomain(name, index === 0)), initial(initialDomain)],
    consent: { graph: [], exchange: false, at: null, revokedAt: null },
    servicePrincipal: null,
    vendorApplication: null,
    organization: {},
    zones: names.map((name) => mailZone(name, parts)),
    cloudflare: makeAccount(seed.id, seed.slug),
    exchange: exchangeState(seed),
    exchangeBefore: [],
    customizedAt: null,
    mail: noMail(),
    traits: structuredClone(ordinaryTraits),
  };
}

function users(seed: Seed, domain: string): User[] {
  const user = (part: string, role: string, roles: string[]) =>
    person(seed, part, role, { upn: `${part}@${domain}`, directoryRoles: roles });
  return [
    user("admin", "admin", [directoryRoles.globalAdministrator]),
    user("exchange.admin", "Exchange admin", [directoryRoles.exchangeAdministrator]),
    user("employee", "employee", []),
  ];
}

export const mailHostOf = (domain: string) => `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;

function mailDomain(id: string, isDefault: boolean): Domain {
  return {
    id,
    isVerified: true,
    isDefault,
    isInitial: false,
    supportedServices: ["Email", "OfficeCommunicationsOnline"],
    mxHost: mailHostOf(id),
    authenticationType: "Managed",
  };
}

const initial = (id: string): Domain => ({
  id,
  isVerified: true,
  isDefault: false,
  isInitial: true,
  supportedServices: ["Email", "OfficeCommunicationsOnline"],
  mxHost: mailHostOf(id),
  authenticationType: "Managed",
});

export function mailZone(name: string, { dnsHost, ttl }: Pick<Parts, "dnsHost" | "ttl">): Zone {
  return {
    name,
    ...structuredClone(dnsHost),
    serial: 1,
    records: [
      { type: "MX", name, ttl, preference: 0, exchange: mailHostOf(name) },
      { type: "TXT", name, ttl, text: "v=spf1 include:spf.protection.outlook.com -all" },
      { type: "CNAME", name: `autodiscover.${name}`, ttl, target: "autodiscover.outlook.com" },
      { type: "A", name: `www.${name}`, ttl, address: "192.0.2.80" },
    ],
  };
}
