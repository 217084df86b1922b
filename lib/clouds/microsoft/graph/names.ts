/** Names behind the ids of roles and resources. They hardly ever change and are long lists to read, so they are kept for as long as the process lives. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import type { Path, Reader } from "./reader";

export const READ_APPLICATIONS = "Application.Read.All";
export const READ_ROLES = "RoleManagement.Read.Directory";

type Resource = { readonly appId: string; readonly name: string };
type DirectoryRole = { readonly templateId: string; readonly name: string };

export type Names = {
  /** Service principals of resources by tenant and object id: object ids differ in every tenant. */
  readonly resources: Map<string, Map<string, Resource>>;
  /** App role values by resource app id and role id: the same in every tenant. */
  readonly roles: Map<string, Map<string, string>>;
  readonly directoryRoles: Map<string, DirectoryRole>;
};

export const noNames = (): Names => ({ resources: new Map(), roles: new Map(), directoryRoles: new Map() });

const MOST_TENANTS = 2_000;
/** Microsoft Graph and Office 365 Exchange Online: what this application asks for. */
const OURS = ["00000003-0000-0000-c000-000000000000", "00000002-0000-0ff1-ce00-000000000000"];

const resource = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string().nullish(),
  appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })).nullish(),
});
const definitions = z.array(z.object({ id: z.string(), displayName: z.string().nullish(), templateId: z.string().nullish() }));

export function shaped<T>(shape: z.ZodType<T>, result: Result<unknown>): Result<T> {
  if (!result.ok) return result;
  const read = shape.safeParse(result.value);
  return read.success ? ok(read.data) : no("unreadable", "Microsoft Graph sent grants of a form we do not know.");
}

const keptOf = (names: Names, tenant: string): Map<string, Resource> => {
  const kept = names.resources.get(tenant) ?? new Map<string, Resource>();
  const [oldest] = names.resources.keys();
  if (!names.resources.has(tenant) && names.resources.size >= MOST_TENANTS && oldest !== undefined) names.resources.delete(oldest);
  names.resources.set(tenant, kept);
  return kept;
};

async function learnResource(reader: Reader, names: Names, tenant: string, path: Path): Promise<Result<null>> {
  const read = shaped(resource, await reader.one(path));
  if (!read.ok) return read;
  const { id, appId, displayName, appRoles } = read.value;
  keptOf(names, tenant).set(id, { appId, name: displayName ?? "" });
  if (appRoles) names.roles.set(appId, new Map(appRoles.map((role) => [role.id, role.value ?? role.id])));
  return ok(null);
}

/** What is needed nearly always, asked together with the first question, so that no hop is spent on names. Failures show when a name is missing. */
export async function learnAhead(reader: Reader, names: Names, tenant: string): Promise<void> {
  const isNew = !names.resources.has(tenant);
  const ahead = OURS.filter((appId) => isNew || !names.roles.has(appId)).map((appId) => {
    const select = names.roles.has(appId) ? "id,appId,displayName" : "id,appId,displayName,appRoles";
    return learnResource(reader, names, tenant, {
      path: `/servicePrincipals(appId='${appId}')?$select=${select}`,
      permission: READ_APPLICATIONS,
    });
  });
  await Promise.all([...ahead, ...(names.directoryRoles.size === 0 ? [learnDirectoryRoles(reader, names)] : [])]);
}

/** By object id, with the roles: for resources that are not ours, and roles that are newer than what we know. */
export const learnById = (reader: Reader, names: Names, tenant: string, id: string): Promise<Result<null>> =>
  learnResource(reader, names, tenant, {
    path: `/servicePrincipals/${id}?$select=id,appId,displayName,appRoles`,
    permission: READ_APPLICATIONS,
  });

export async function learnDirectoryRoles(reader: Reader, names: Names): Promise<Result<null>> {
  const path = { path: "/roleManagement/directory/roleDefinitions?$select=id,displayName,templateId", permission: READ_ROLES };
  const read = shaped(definitions, await reader.all(path));
  if (!read.ok) return read;
  for (const { id, displayName, templateId } of read.value)
    names.directoryRoles.set(id, { templateId: (templateId ?? id).toLowerCase(), name: displayName ?? id });
  return ok(null);
}
