/** People, lists and contacts for scenarios that need more of them than the three of every tenant. */
import { guidFrom } from "../guid";
import type { Contact, Group, User } from "../tenant";
import type { Seed } from "./scenario";

/** Named by role: the sandbox invents no persons. */
export function person(seed: Seed, part: string, role: string, more: Partial<User> = {}): User {
  return {
    id: guidFrom(`${seed.id}/user/${part}`),
    upn: `${part}@${seed.slug}.example`,
    name: `${seed.name} ${role}`,
    directoryRoles: [],
    appRoles: [],
    ...more,
  };
}

export function list(seed: Seed, name: string, address: string, members: string[], more: Partial<Group> = {}): Group {
  return { id: guidFrom(`${seed.id}/group/${address}`), name, address, members, ...more };
}

export function contact(seed: Seed, name: string, address: string): Contact {
  return { id: guidFrom(`${seed.id}/contact/${address}`), name, address };
}

export const eu = { usageLocation: "DE", office: "Berlin" } as const;
export const us = { usageLocation: "US", office: "Austin" } as const;
