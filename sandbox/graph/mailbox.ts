/** Whose mailbox a path names: by id, sign-in name or any of the person's addresses, as Exchange takes them (Graph documents the first two). */
import { personNamed } from "../people";
import type { Tenant, User } from "../tenant";
import { type GraphError, graphErrors } from "./errors";

const withoutMailbox: User["type"][] = ["GuestMailUser", "MailUser"];
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What follows a + is the person's own. */
const plain = (address: string) => address.replace(/\+[^@]*(?=@)/, "");

export const ownerOf = (tenant: Tenant, name: string): User | undefined =>
  name.includes("@") || isId.test(name) ? personNamed(tenant, plain(name)) : undefined;

export function mailboxOf(tenant: Tenant, name: string): User | GraphError {
  const user = ownerOf(tenant, name);
  if (!user) return graphErrors.noUser(name);
  return withoutMailbox.includes(user.type) ? graphErrors.noMailbox() : user;
}
