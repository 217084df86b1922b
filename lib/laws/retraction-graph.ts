/** Applications and holders of roles as Microsoft Graph has them: grants by id, names only with the resource, principals inside assignments. */
import { z } from "zod";
import { objects, type State } from "./state";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const rowsShape = z.array(z.object({ id: z.string(), appId: z.string(), ownerId: z.string(), name: z.string(), isEnabled: z.boolean() }));
const roles = z.preprocess((v) => v ?? [], z.array(z.string()));
const holdersShape = z.array(z.object({ id: z.string(), name: z.string(), upn: z.string() }));

/** "Mail.Read" is Graph's; "full_access_as_app (Office 365 Exchange Online)" the other's. */
function partsOf(said: string) {
  const [, role = said, resource = "Microsoft Graph"] = /^(.+) \((.+)\)$/.exec(said) ?? [];
  return { role, resource, resourceId: `resource-${resource.replaceAll(" ", "-")}` };
}

export const principalsOf = (rows: readonly unknown[]): readonly unknown[] =>
  rowsShape.parse(rows).map(({ id, appId, ownerId, name, isEnabled }) => ({
    ...{ id, appId, displayName: name, appOwnerOrganizationId: ownerId, accountEnabled: isEnabled },
  }));

export const grantsTo = (state: State, id: string): readonly unknown[] =>
  objects(state, "vendorApplication")
    .filter((one) => one["id"] === id)
    .flatMap((one) => roles.parse(one["roles"]).map(partsOf))
    .map(({ role, resource, resourceId }) => ({ appRoleId: `id-of-${role}`, resourceId, resourceDisplayName: resource }));

export function resourceCalled(state: State, id: string): unknown {
  const all = objects(state, "vendorApplication").flatMap((one) => roles.parse(one["roles"]).map(partsOf));
  const own = all.filter((one) => one.resourceId === id);
  const name = own[0]?.resource ?? "";
  const appRoles = [...new Set(own.map((one) => one.role))].map((role) => ({ id: `id-of-${role}`, value: role }));
  return { id, appId: name === "Microsoft Graph" ? GRAPH : "another-resource", displayName: name, appRoles };
}

/** With an application among the holders, who does not count. */
export const assignmentsOf = (rows: readonly unknown[]): readonly unknown[] => [
  ...holdersShape.parse(rows).map(({ id, name, upn }) => ({
    principalId: id,
    directoryScopeId: "/",
    principal: {
      "@odata.type": upn === "" ? "#microsoft.graph.group" : "#microsoft.graph.user",
      displayName: name,
      userPrincipalName: upn || null,
    },
  })),
  {
    principalId: "sp",
    directoryScopeId: "/",
    principal: { "@odata.type": "#microsoft.graph.servicePrincipal", displayName: "Robot", appId: "x" },
  },
];
