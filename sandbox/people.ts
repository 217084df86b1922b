/** Who is in a tenant's directory: the people written down, and those made from the tenant when asked. */
import { guidFrom } from "./guid";
import type { Tenant, User } from "./tenant";

export const mailOf = (user: User) => user.mail ?? user.upn;

/** What stands before the @: an object's alias. */
export const aliasOf = (address: string) => address.slice(0, address.lastIndexOf("@"));

/** Exchange has a GUID of its own for everybody; Entra's is ExternalDirectoryObjectId there. */
export const exchangeGuid = (id: string) => [...id.slice(0, 8)].reverse().join("") + id.slice(8);

/** The primary one first. Whoever has an address at one accepted domain has their name at all of them, as the mail stand-in delivers it. */
export function addressesOf(user: User, { domains }: Tenant): string[] {
  const primary = mailOf(user);
  const home = primary.slice(primary.lastIndexOf("@") + 1);
  if (!domains.some(({ id, isVerified }) => isVerified && id === home)) return [primary];
  const others = domains.filter(({ id, isVerified }) => isVerified && id !== home);
  return [primary, ...others.map(({ id }) => `${aliasOf(primary)}@${id}`)];
}

const namesOf = (user: User, tenant: Tenant): string[] =>
  [user.id, exchangeGuid(user.id), user.upn, user.name, aliasOf(mailOf(user)), ...addressesOf(user, tenant)].map((name) =>
    name.toLowerCase(),
  );

/** Nobody signs in to a shared mailbox or a room. */
export const canSignIn = ({ type }: User) => type !== "SharedMailbox" && type !== "RoomMailbox";

type Generated = { users: User[]; byName: Map<string, User> };
const kept = new WeakMap<Tenant, Generated>();

const locations = ["US", "US", "DE", "US", "FR", "GB", "IE", "US", "NL", "ES"];
const offices: Record<string, string> = {
  US: "Austin",
  DE: "Berlin",
  FR: "Paris",
  GB: "London",
  IE: "Dublin",
  NL: "Utrecht",
  ES: "Madrid",
};

/** `person-00001@…`, `person-00002@…`; the same for the same tenant. */
function person(tenant: Tenant, domain: string, index: number): User {
  const number = String(index + 1).padStart(5, "0");
  const usageLocation = locations[index % locations.length] ?? tenant.country;
  return {
    id: guidFrom(`${tenant.id}/person/${number}`),
    upn: `person-${number}@${domain}`,
    name: `${tenant.name} person ${number}`,
    directoryRoles: [],
    appRoles: [],
    usageLocation,
    ...(offices[usageLocation] === undefined ? {} : { office: offices[usageLocation] }),
  };
}

function generated(tenant: Tenant): Generated {
  const count = tenant.generatedPeople ?? 0;
  const known = kept.get(tenant);
  if (known?.users.length === count) return known;
  const domain = tenant.domains.find((one) => one.isDefault)?.id ?? tenant.initialDomain;
  const users = Array.from({ length: count }, (_, index) => person(tenant, domain, index));
  const made = { users, byName: new Map(users.flatMap((user) => namesOf(user, tenant).map((name) => [name, user] as const))) };
  kept.set(tenant, made);
  return made;
}

export const peopleOf = (tenant: Tenant): User[] => [...tenant.users, ...generated(tenant).users];

/** By address, sign-in name, alias, name or id, without regard to case. */
export function personNamed(tenant: Tenant, identity: string): User | undefined {
  const wanted = identity.toLowerCase();
  return generated(tenant).byName.get(wanted) ?? tenant.users.find((user) => namesOf(user, tenant).includes(wanted));
}
