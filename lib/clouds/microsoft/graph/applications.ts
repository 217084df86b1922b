/** Applications of one name in a tenant, each with its owner and what it was granted. */
import { z } from "zod";
import { ok, type Result } from "@/lib/base/result";
import { type Asked, appRolesOf } from "./grants";
import { learnAhead, READ_APPLICATIONS, shaped } from "./names";

export type Application = {
  readonly id: string;
  readonly appId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly isEnabled: boolean;
};

const GRAPH = "00000003-0000-0000-c000-000000000000";

const principals = z.array(
  z.object({
    id: z.string(),
    appId: z.string().nullish(),
    displayName: z.string().nullish(),
    appOwnerOrganizationId: z.string().nullish(),
    accountEnabled: z.boolean().nullish(),
  }),
);

/** Inside a text of a filter, a quote is written twice. */
export const inQuotes = (said: string): string => encodeURIComponent(said.replaceAll("'", "''"));

async function rolesOf(asked: Asked, id: string): Promise<Result<readonly string[]>> {
  const granted = await appRolesOf(asked, id);
  if (!granted.ok) return granted;
  return ok(granted.value.map(({ name, resource, resourceAppId }) => (resourceAppId === GRAPH ? name : `${name} (${resource})`)));
}

export async function applicationsCalled(asked: Asked, name: string): Promise<Result<readonly Application[]>> {
  const { reader, names, tenant } = asked;
  const select = "id,appId,displayName,appOwnerOrganizationId,accountEnabled";
  const path = `/servicePrincipals?$filter=displayName%20eq%20'${inQuotes(name)}'&$select=${select}`;
  const [found] = await Promise.all([
    reader.all({ path, permission: READ_APPLICATIONS }).then((result) => shaped(principals, result)),
    learnAhead(reader, names, tenant),
  ]);
  if (!found.ok) return found;
  const all: Application[] = [];
  const granted = await Promise.all(found.value.map(({ id }) => rolesOf(asked, id)));
  for (const [nth, { id, appId, displayName, appOwnerOrganizationId, accountEnabled }] of found.value.entries()) {
    const roles = granted[nth];
    if (roles?.ok === false) return roles;
    all.push({
      ...{ id, appId: appId ?? "", ownerId: appOwnerOrganizationId ?? "", name: displayName ?? "" },
      roles: roles?.value ?? [],
      isEnabled: accountEnabled ?? true,
    });
  }
  return ok(all.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}
