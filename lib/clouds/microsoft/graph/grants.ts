/** What this application was granted in a tenant, by name: app roles of every resource and directory roles. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { learnAhead, learnById, learnDirectoryRoles, type Names, READ_APPLICATIONS, READ_ROLES, shaped } from "./names";
import type { Reader } from "./reader";

export type Grants = {
  readonly servicePrincipalId: string;
  readonly appRoles: readonly { readonly resource: string; readonly resourceAppId: string; readonly name: string }[];
  readonly directoryRoles: readonly { readonly templateId: string; readonly name: string }[];
};

export type Asked = { readonly reader: Reader; readonly names: Names; readonly tenant: string };

const principal = z.object({ id: z.string() });
const appRoleAssignments = z.array(z.object({ appRoleId: z.string(), resourceId: z.string(), resourceDisplayName: z.string().nullish() }));
const roleAssignments = z.array(z.object({ roleDefinitionId: z.string(), directoryScopeId: z.string().nullish() }));

/** Of any application of the tenant. */
export async function appRolesOf({ reader, names, tenant }: Asked, id: string): Promise<Result<Grants["appRoles"]>> {
  const assigned = shaped(
    appRoleAssignments,
    await reader.all({ path: `/servicePrincipals/${id}/appRoleAssignments`, permission: READ_APPLICATIONS }),
  );
  if (!assigned.ok) return assigned;
  const nameOf = (resourceId: string, roleId: string) =>
    names.roles.get(names.resources.get(tenant)?.get(resourceId)?.appId ?? "")?.get(roleId);
  const unknown = new Set(assigned.value.filter((one) => nameOf(one.resourceId, one.appRoleId) === undefined).map((one) => one.resourceId));
  for (const learnt of await Promise.all([...unknown].map((resourceId) => learnById(reader, names, tenant, resourceId))))
    if (!learnt.ok) return learnt;
  return ok(
    assigned.value.map(({ resourceId, appRoleId, resourceDisplayName }) => {
      const resource = names.resources.get(tenant)?.get(resourceId);
      // A role the resource no longer offers has no name any more; its id still says that something was granted.
      return {
        resource: resource?.name ?? resourceDisplayName ?? "",
        resourceAppId: resource?.appId ?? "",
        name: nameOf(resourceId, appRoleId) ?? appRoleId,
      };
    }),
  );
}

/** Only roles for the whole tenant count: one for an administrative unit does not reach mail flow. */
async function directoryRolesOf({ reader, names }: Asked, id: string): Promise<Result<Grants["directoryRoles"]>> {
  const filter = encodeURIComponent(`principalId eq '${id}'`);
  const assigned = shaped(
    roleAssignments,
    await reader.all({ path: `/roleManagement/directory/roleAssignments?$filter=${filter}`, permission: READ_ROLES }),
  );
  if (!assigned.ok) return assigned;
  const whole = assigned.value.filter(({ directoryScopeId }) => (directoryScopeId ?? "/") === "/").map((one) => one.roleDefinitionId);
  if (whole.some((one) => !names.directoryRoles.has(one))) {
    const learnt = await learnDirectoryRoles(reader, names);
    if (!learnt.ok) return learnt;
  }
  return ok(whole.map((one) => names.directoryRoles.get(one) ?? { templateId: one.toLowerCase(), name: one }));
}

/** Two hops: our service principal, its assignments. A third only for a name nobody has needed before. */
export async function grantsOf(asked: Asked, clientId: string): Promise<Result<Grants>> {
  const { reader, names, tenant } = asked;
  const path = { path: `/servicePrincipals(appId='${clientId}')?$select=id`, permission: READ_APPLICATIONS };
  const [own] = await Promise.all([reader.one(path).then((result) => shaped(principal, result)), learnAhead(reader, names, tenant)]);
  if (!own.ok) {
    if (own.problem.code !== "gone") return own;
    return no("consent-missing", "Your organisation does not have this application.", { fix: "Give consent in the connect step." });
  }
  const [appRoles, directoryRoles] = await Promise.all([appRolesOf(asked, own.value.id), directoryRolesOf(asked, own.value.id)]);
  if (!appRoles.ok) return appRoles;
  if (!directoryRoles.ok) return directoryRoles;
  return ok({ servicePrincipalId: own.value.id, appRoles: appRoles.value, directoryRoles: directoryRoles.value });
}
