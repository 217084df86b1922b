/** Whose mailbox an address is: the tenant by its accepted domain, people by the part before the @, lists by their members. */
import type { Domain, Tenant, User } from "../tenant";
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

function usersOf(tenant: Tenant, address: string): User[] {
  const wanted = mailboxName(address);
  const group = tenant.groups.find((one) => one.address.toLowerCase() === address.toLowerCase());
  if (group) return tenant.users.filter((user) => group.members.some((member) => mailboxName(member) === mailboxName(user.upn)));
  // RFC 5321 4.5.1: postmaster is always somebody; here the first administrator.
  return tenant.users.filter((user, index) => mailboxName(user.upn) === wanted || (wanted === "postmaster" && index === 0));
}

/** The addresses by which a policy may name a recipient: at the domain the mail came to, and the person's own. */
export const namesOf = (user: User, domain: string) => [...new Set([user.upn.toLowerCase(), `${mailboxName(user.upn)}@${domain}`])];
