/** Whose mailbox an address is: the tenant by its accepted domain, people by the part before the @, lists by their members. */
import { mailOf, peopleOf } from "../people";
import type { Domain, Group, Tenant, User } from "../tenant";
import type { World } from "../world";
import { domainOf } from "./headers";

export type Destination = {
  tenant: Tenant;
  domain: Domain;
  /** Who gets it; empty for an address that nobody has. */
  users: User[];
};

export function destinationOf(world: World, address: string): Destination | null {
  const name = domainOf(address);
  for (const tenant of world.tenants.values()) {
    const domain = tenant.domains.find((one) => one.isVerified && one.id.toLowerCase() === name);
    if (domain) return { tenant, domain, users: usersOf(tenant, address) };
  }
  return null;
}

/** Everybody has their name at every accepted domain; what follows a + is theirs to choose. */
const mailboxName = (address: string) => address.slice(0, address.lastIndexOf("@")).replace(/\+.*$/, "").toLowerCase();

export const groupAt = (tenant: Tenant, address: string) =>
  tenant.groups.find((one) => one.address.toLowerCase() === address.toLowerCase());

/** A group is never changed in place, and some have ten thousand members. */
const kept = new WeakMap<Group, Set<string>>();

function membersOf(tenant: Tenant, group: Group): Set<string> {
  const known = kept.get(group) ?? new Set(group.members.map((member) => personAt(tenant, member)));
  kept.set(group, known);
  return known;
}

/** Is this person (as `personAt` has them) a member of the list, or of a list inside it? */
export function isMember(tenant: Tenant, list: string, person: string, above: Group[] = []): boolean {
  const group = groupAt(tenant, list);
  if (!group) return false;
  const members = membersOf(tenant, group);
  if (members.has(person)) return true;
  const here = [...above, group];
  const inside = tenant.groups.filter((one) => !here.includes(one) && members.has(personAt(tenant, one.address)));
  return inside.some((one) => isMember(tenant, one.address, person, here));
}

function usersOf(tenant: Tenant, address: string): User[] {
  const wanted = mailboxName(address);
  const people = peopleOf(tenant);
  if (groupAt(tenant, address)) return people.filter((user) => isMember(tenant, address, personAt(tenant, mailOf(user))));
  // RFC 5321 4.5.1: postmaster is always somebody; here the first administrator.
  return people.filter((user, index) => namesAt(user).includes(wanted) || (wanted === "postmaster" && index === 0));
}

const namesAt = (user: User) => [mailboxName(user.upn), mailboxName(mailOf(user))];

/** The same for all addresses of one person of the tenant; somebody else's address as it is. */
export function personAt({ domains }: Tenant, address: string): string {
  const domain = domainOf(address);
  const isOwn = domains.some(({ id, isVerified }) => isVerified && id.toLowerCase() === domain);
  return isOwn ? mailboxName(address) : address.toLowerCase();
}

/** The addresses by which a policy may name a recipient: at the domain the mail came to, and the person's own. */
export const namesOf = (user: User, domain: string) => [
  ...new Set([user.upn.toLowerCase(), mailOf(user).toLowerCase(), ...namesAt(user).map((name) => `${name}@${domain}`)]),
];
