/** Everything in a tenant that has an address, as Exchange lists it: mailboxes, guests, groups, contacts. Get-Recipient and Get-Mailbox. */
import { readGroups } from "../groups";
import { addressesOf, aliasOf, exchangeGuid, mailOf, peopleOf, personNamed } from "../people";
import type { Contact, ExchangeObject, Group, Tenant, User } from "../tenant";
import type { Bound } from "./bind";
import type { Call, Done } from "./call";
import { done, type Failure, failed, invalid, notFound, type Outcome } from "./failure";
import { listOf } from "./kinds/kind";

export type Recipient = {
  /** Entra's id. */
  id: string;
  name: string;
  displayName: string;
  alias: string;
  /** The primary one first. */
  addresses: string[];
  /** RecipientTypeDetails. */
  type: string;
  user?: User;
};

/** RecipientType, where it is not the same as the details. */
const broadTypes: Record<string, string> = {
  SharedMailbox: "UserMailbox",
  RoomMailbox: "UserMailbox",
  GuestMailUser: "MailUser",
  GroupMailbox: "MailUniversalDistributionGroup",
};
const broadType = (type: string) => broadTypes[type] ?? type;
const isMailbox = ({ type }: Recipient) => broadType(type) === "UserMailbox";

const named = (id: string, name: string, address: string) => ({
  id,
  name,
  displayName: name,
  alias: aliasOf(address),
  addresses: [address],
});

const ofUser = (user: User, tenant: Tenant): Recipient => ({
  ...named(user.id, user.name, mailOf(user)),
  addresses: addressesOf(user, tenant),
  type: user.type ?? "UserMailbox",
  user,
});
export const ofGroup = ({ id, name, address, type, settings }: Group): Recipient => ({
  ...named(id, name, address),
  displayName: String(settings?.["DisplayName"] ?? name),
  alias: String(settings?.["Alias"] ?? aliasOf(address)),
  type: type ?? "MailUniversalDistributionGroup",
});
const ofContact = ({ id, name, address }: Contact): Recipient => ({ ...named(id, name, address), type: "MailContact" });

export const primaryOf = ({ addresses }: Recipient) => addresses[0] ?? "";

/** By address, alias, name or either GUID, without regard to case. */
export function isCalled(recipient: Recipient, identity: string): boolean {
  const { id, name, alias, addresses } = recipient;
  const names = [id, exchangeGuid(id), name, alias, ...addresses];
  return names.some((one) => one.toLowerCase() === identity.toLowerCase());
}

const others = (tenant: Tenant, groups: Group[]) => [...groups.map(ofGroup), ...tenant.contacts.map(ofContact)];

export function recipientNamed(tenant: Tenant, identity: string, groups = tenant.groups): Recipient | undefined {
  const user = personNamed(tenant, identity);
  return user ? ofUser(user, tenant) : others(tenant, groups).find((one) => isCalled(one, identity));
}

export const isMailboxOf = (tenant: Tenant, address: string) => {
  const recipient = recipientNamed(tenant, address);
  return recipient !== undefined && isMailbox(recipient);
};

export function recipientRow(recipient: Recipient): ExchangeObject {
  const [primary = "", ...more] = recipient.addresses;
  return {
    Guid: exchangeGuid(recipient.id),
    Name: recipient.name,
    DisplayName: recipient.displayName,
    Alias: recipient.alias,
    PrimarySmtpAddress: primary,
    EmailAddresses: [`SMTP:${primary}`, ...more.map((address) => `smtp:${address}`)],
    RecipientType: broadType(recipient.type),
    RecipientTypeDetails: recipient.type,
    ExternalDirectoryObjectId: recipient.id,
    HiddenFromAddressListsEnabled: false,
  };
}

const mailboxRow = (recipient: Recipient): ExchangeObject => ({
  ...recipientRow(recipient),
  UserPrincipalName: recipient.user?.upn,
  ExchangeGuid: recipient.id,
  IsMailboxEnabled: true,
  AccountDisabled: recipient.type !== "UserMailbox",
  IsDirSynced: recipient.user?.isSynced === true,
  ForwardingSmtpAddress: null,
  GrantSendOnBehalfTo: [],
  ProhibitSendQuota: "49.5 GB (53,150,220,288 bytes)",
});

/** A filter that is not looked at would answer with more than was asked for. */
export function unknownFilter(bound: Bound): Failure | null {
  const name = ["Filter", "Anr", "RecipientPreviewFilter", "OrganizationalUnit", "ManagedBy"].find((one) => bound.has(one));
  return name === undefined ? null : invalid(`The sandbox doesn't know the filter ${name}.`);
}

function select(call: Call, all: () => Recipient[], row: (recipient: Recipient) => ExchangeObject): Outcome<Done> {
  const { tenant, bound } = call;
  const refused = unknownFilter(bound);
  if (refused) return failed(refused);
  const [details, types] = [listOf(bound.get("RecipientTypeDetails")), listOf(bound.get("RecipientType"))];
  const isAsked = ({ type }: Recipient) =>
    (details.length === 0 || details.includes(type)) && (types.length === 0 || types.includes(broadType(type)));
  const identity = bound.get("Identity");
  if (typeof identity !== "string") return done({ rows: all().filter(isAsked).map(row), warnings: [] });
  const one = recipientNamed(tenant, identity, readGroups(call.world, tenant, call.lies));
  return one && isAsked(one) ? done({ rows: [row(one)], warnings: [] }) : failed(notFound(identity));
}

const usersOf = (tenant: Tenant) => peopleOf(tenant).map((user) => ofUser(user, tenant));

export const recipients = (call: Call) =>
  select(call, () => [...usersOf(call.tenant), ...others(call.tenant, readGroups(call.world, call.tenant, call.lies))], recipientRow);

export function mailboxes(call: Call): Outcome<Done> {
  const found = select(call, () => usersOf(call.tenant).filter(isMailbox), mailboxRow);
  const isOther = found.ok && found.value.rows.some((row) => row["RecipientType"] !== "UserMailbox");
  return isOther ? failed(notFound(String(call.bound.get("Identity")))) : found;
}
