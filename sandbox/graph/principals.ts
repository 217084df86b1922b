/** Who may do what in a tenant, as Graph shows it: service principals, granted app roles, directory roles. */
import { grantedOn } from "../entra/grants";
import { graphResource, type Resource, resources, roleNames } from "../entra/permissions";
import { otherApplications } from "../entra/vendor-grants";
import { guidFrom } from "../guid";
import type { Tenant } from "../tenant";
import { cutoverApp, operatorTenantId } from "../world";
import type { Item } from "./query";

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Microsoft's own tenant, which owns the service principals of Graph and Exchange Online everywhere. */
const MICROSOFT = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

const principalIdOf = (tenant: Tenant, resource: Resource) => guidFrom(`${tenant.id} ${resource.appId}`);

function resourcePrincipal(tenant: Tenant, resource: Resource): Item {
  const role = ({ id, value, says }: Resource["roles"][number]) => ({
    allowedMemberTypes: ["Application"],
    description: says,
    displayName: says,
    id,
    isEnabled: true,
    origin: "Application",
    value,
  });
  return {
    ...principal(principalIdOf(tenant, resource), resource.appId, resource.name, MICROSOFT),
    appRoles: resource.roles.map(role),
    servicePrincipalNames: [resource.appId, resource.uri],
  };
}

function principal(id: string, appId: string, displayName: string, owner: string): Item {
  return {
    id,
    deletedDateTime: null,
    accountEnabled: true,
    appDisplayName: displayName,
    appId,
    appOwnerOrganizationId: owner,
    appRoleAssignmentRequired: false,
    appRoles: [],
    displayName,
    keyCredentials: [],
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    servicePrincipalNames: [appId],
    servicePrincipalType: "Application",
    signInAudience: "AzureADMultipleOrgs",
    tags: [],
  };
}

export function servicePrincipals(tenant: Tenant): Item[] {
  const own = tenant.servicePrincipal;
  const ours = own ? [principal(own.id, cutoverApp.clientId, cutoverApp.name, operatorTenantId)] : [];
  const others = otherApplications(tenant).map(({ id, appId, name, ownerId, disabled }) => ({
    ...principal(id, appId, name, ownerId),
    accountEnabled: disabled !== true,
  }));
  return [...ours, ...others, ...resources.map((resource) => resourcePrincipal(tenant, resource))];
}

type Client = { id: string; name: string; at: number | null; holds(resource: Resource): string[] };

function clients(tenant: Tenant): Client[] {
  const own = tenant.servicePrincipal;
  const ours: Client[] = own
    ? [{ id: own.id, name: cutoverApp.name, at: tenant.consent.at, holds: (resource) => grantedOn(tenant, resource) }]
    : [];
  const others = otherApplications(tenant).map(({ id, name, at, roles }) => ({
    ...{ id, name, at },
    holds: (resource: Resource) => (resource === graphResource ? roles : []),
  }));
  return [...ours, ...others];
}

/** All grants of app roles in the tenant. */
export function appRoleAssignments(tenant: Tenant): Item[] {
  return clients(tenant).flatMap((client) => resources.flatMap((resource) => grants(tenant, client, resource)));
}

function grants(tenant: Tenant, { id, name, at, holds }: Client, resource: Resource): Item[] {
  const held = holds(resource);
  return resource.roles
    .filter((role) => held.includes(role.value))
    .map((role) => ({
      id: Buffer.from(guidFrom(`${id}${role.id}`))
        .toString("base64url")
        .slice(0, 43),
      deletedDateTime: null,
      appRoleId: role.id,
      createdDateTime: iso(at),
      principalDisplayName: name,
      principalId: id,
      principalType: "ServicePrincipal",
      resourceDisplayName: resource.name,
      resourceId: principalIdOf(tenant, resource),
    }));
}

function holders(tenant: Tenant): { id: string; roles: string[] }[] {
  const own = tenant.servicePrincipal;
  const people = tenant.users.map((one) => ({ id: one.id, roles: one.directoryRoles }));
  return own ? [{ id: own.id, roles: own.directoryRoles }, ...people] : people;
}

export function roleAssignments(tenant: Tenant): Item[] {
  return holders(tenant).flatMap(({ id, roles }) =>
    roles.map((role) => ({
      id: Buffer.from(guidFrom(`${id} ${role}`))
        .toString("base64url")
        .slice(0, 43),
      principalId: id,
      directoryScopeId: "/",
      roleDefinitionId: role,
    })),
  );
}

export function roleDefinitions(): Item[] {
  return [...roleNames].map(([id, displayName]) => ({
    id,
    description: displayName,
    displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ["/"],
    rolePermissions: [],
    templateId: id,
    version: "1",
  }));
}

/** Only roles that somebody was ever given are "activated" and listed here. */
export function directoryRoles(tenant: Tenant): Item[] {
  const given = new Set(holders(tenant).flatMap((holder) => holder.roles));
  return [...given].map((role) => ({
    id: guidFrom(`${tenant.id} directory role ${role}`),
    deletedDateTime: null,
    description: roleNames.get(role) ?? role,
    displayName: roleNames.get(role) ?? role,
    roleTemplateId: role,
  }));
}
