/** A tenant as Graph shows it: organization, domains and their records, people. */

import { guidFrom } from "../guid";
import { addressesOf, aliasOf, canSignIn, mailOf, peopleOf } from "../people";
import type { Contact, Domain, Group, Tenant, User } from "../tenant";
import type { Item } from "./query";

export function organization(tenant: Tenant): Item {
  const plans = [
    { service: "exchange", servicePlanId: "efb87545-963c-4e0d-99df-69c6916d9eb0" },
    { service: "AADPremiumService", servicePlanId: "41781fb2-bc02-4b7c-bd55-b576c07bb09d" },
  ];
  return {
    id: tenant.id,
    deletedDateTime: null,
    displayName: tenant.name,
    businessPhones: [],
    countryLetterCode: tenant.country,
    createdDateTime: "2019-03-04T09:00:00Z",
    onPremisesSyncEnabled: null,
    partnerTenantType: null,
    preferredLanguage: "en",
    technicalNotificationMails: [],
    tenantType: "AAD",
    assignedPlans: plans.map((plan) => ({ assignedDateTime: "2024-01-15T10:00:00Z", capabilityStatus: "Enabled", ...plan })),
    verifiedDomains: tenant.domains.filter((domain) => domain.isVerified).map(verifiedDomain),
    ...tenant.organization,
  };
}

function verifiedDomain(domain: Domain): Item {
  const { id: name, isDefault, isInitial, authenticationType: type } = domain;
  return { capabilities: domain.supportedServices.join(", "), isDefault, isInitial, name, type };
}

export function domain(one: Domain, all: Domain[]): Item {
  const { id, authenticationType, isDefault, isInitial, isVerified, supportedServices } = one;
  return {
    id,
    authenticationType,
    availabilityStatus: null,
    isAdminManaged: true,
    isDefault,
    isInitial,
    isRoot: !all.some((other) => id.endsWith(`.${other.id}`)),
    isVerified,
    supportedServices,
    passwordValidityPeriodInDays: 2_147_483_647,
    passwordNotificationWindowInDays: 14,
    state: null,
  };
}

function record(one: Domain, kind: "Mx" | "Txt" | "CName", label: string, own: Item): Item {
  const type = { Mx: "domainDnsMxRecord", Txt: "domainDnsTxtRecord", CName: "domainDnsCnameRecord" }[kind];
  const id = guidFrom(`${one.id} ${kind} ${label}`);
  const service = kind === "CName" && label.startsWith("enterprise") ? "Intune" : "Email";
  return {
    "@odata.type": `#microsoft.graph.${type}`,
    id,
    isOptional: false,
    label,
    recordType: kind,
    supportedService: service,
    ttl: 3_600,
    ...own,
  };
}

/** What Microsoft advises for a domain, which is not what its DNS holds. */
export function serviceRecords(one: Domain): Item[] {
  if (one.mxHost === null) return [];
  return [
    record(one, "Mx", one.id, { mailExchange: one.mxHost, preference: 0 }),
    record(one, "Txt", one.id, { text: "v=spf1 include:spf.protection.outlook.com -all" }),
    record(one, "CName", `autodiscover.${one.id}`, { canonicalName: "autodiscover.outlook.com" }),
  ];
}

export function verificationRecords(one: Domain): Item[] {
  const code = `ms${Number.parseInt(guidFrom(one.id).slice(0, 7), 16) % 100_000_000}`;
  return [
    { ...record(one, "Txt", one.id, { text: `MS=${code}` }), supportedService: "" },
    { ...record(one, "Mx", one.id, { mailExchange: `${code}.msv1.invalid`, preference: 32_767 }), supportedService: "" },
  ];
}

const proxies = ([primary = "", ...more]: string[]) => [`SMTP:${primary}`, ...more.map((address) => `smtp:${address}`)];

export function user(one: User, tenant: Tenant): Item {
  const [givenName = one.name, ...rest] = one.name.split(" ");
  return {
    id: one.id,
    businessPhones: [],
    displayName: one.name,
    givenName,
    jobTitle: null,
    mail: mailOf(one),
    mobilePhone: null,
    officeLocation: one.office ?? null,
    preferredLanguage: null,
    surname: rest.join(" ") || null,
    userPrincipalName: one.upn,
    accountEnabled: canSignIn(one),
    usageLocation: one.usageLocation ?? tenant.country,
    userType: one.type === "GuestMailUser" ? "Guest" : "Member",
    onPremisesSyncEnabled: one.isSynced ?? null,
    // only when it is looked at: a page of a big directory is chosen from all of it
    get proxyAddresses() {
      return proxies(addressesOf(one, tenant));
    },
  };
}

/** Dynamic distribution groups are Exchange's alone. */
export const groups = (tenant: Tenant): Item[] => tenant.groups.filter((one) => one.type !== "DynamicDistributionGroup").map(group);

function group(one: Group): Item {
  return {
    id: one.id,
    createdDateTime: "2024-03-04T09:00:00Z",
    description: null,
    displayName: one.name,
    groupTypes: one.type === "GroupMailbox" ? ["Unified"] : [],
    mail: one.address,
    mailEnabled: true,
    mailNickname: aliasOf(one.address),
    onPremisesSyncEnabled: one.isSynced ?? null,
    proxyAddresses: proxies([one.address]),
    securityEnabled: one.type === "MailUniversalSecurityGroup",
  };
}

const orgContact = ({ id, name, address }: Contact): Item => ({ id, displayName: name, mail: address });

/** Of whatever kind they are, each with its type. */
export function members(tenant: Tenant, of: Group): Item[] {
  const addresses = new Set(of.members.map((address) => address.toLowerCase()));
  const within = (address: string) => addresses.has(address.toLowerCase());
  const typed = (type: string) => (item: Item) => ({ "@odata.type": `#microsoft.graph.${type}`, ...item });
  const people = peopleOf(tenant).filter((one) => within(mailOf(one)));
  return [
    ...people.map((one) => user(one, tenant)).map(typed("user")),
    ...tenant.groups
      .filter((one) => within(one.address))
      .map(group)
      .map(typed("group")),
    ...tenant.contacts
      .filter((one) => within(one.address))
      .map(orgContact)
      .map(typed("orgContact")),
  ];
}
