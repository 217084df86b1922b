/** What stands behind each path of the slice: the tenant's objects, or why there are none. */
import { peopleOf } from "../people";
import type { Tenant } from "../tenant";
import type { Answer, Asked, Source } from "./asked";
import type { Operation } from "./contract";
import { type GraphError, graphErrors } from "./errors";
import * as mail from "./mail";
import * as objects from "./objects";
import * as principals from "./principals";
import type { Item } from "./query";

function domainCalled({ tenant, params }: Asked) {
  return tenant.domains.find((domain) => domain.id === params["domain-id"]?.toLowerCase());
}

/** The initial domain has no records to set; an unverified one has none yet (R: 400 or 404, so each once here). */
function serviceRecords(asked: Asked): Answer {
  const domain = domainCalled(asked);
  if (!domain || domain.isInitial) return graphErrors.notFound(asked.params["domain-id"] ?? "");
  return domain.isVerified ? objects.serviceRecords(domain) : graphErrors.bad(`Domain '${domain.id}' is not verified.`);
}

function verificationRecords(asked: Asked): Answer {
  const domain = domainCalled(asked);
  return domain && !domain.isInitial ? objects.verificationRecords(domain) : graphErrors.notFound(asked.params["domain-id"] ?? "");
}

function oneOf(items: Item[], name: string, value: string | undefined): Answer {
  return items.find((item) => String(item[name]).toLowerCase() === value?.toLowerCase()) ?? graphErrors.notFound(value ?? "");
}

const servicePrincipal = ({ tenant, params }: Asked) => oneOf(principals.servicePrincipals(tenant), "id", params["servicePrincipal-id"]);

/** Of a service principal that exists: its own list, empty or not. */
const ofPrincipal =
  (list: (asked: Asked, id: string) => Item[]): Source =>
  (asked) => {
    const principal = servicePrincipal(asked);
    return "status" in principal ? principal : list(asked, String("id" in principal ? principal.id : ""));
  };

const users = ({ tenant }: Asked) => peopleOf(tenant).map((user) => objects.user(user, tenant));

function user(asked: Asked): Answer {
  const wanted = asked.params["user-id"];
  const byId = oneOf(users(asked), "id", wanted);
  return "status" in byId ? oneOf(users(asked), "userPrincipalName", wanted) : byId;
}

function members({ tenant, params }: Asked): Answer {
  const group = tenant.groups.find((one) => one.id === params["group-id"] && one.type !== "DynamicDistributionGroup");
  return group ? objects.members(tenant, group) : graphErrors.notFound(params["group-id"] ?? "");
}

function me(asked: Asked): Answer {
  if (asked.person === null) return graphErrors.bad("/me request is only valid with delegated authentication flow.", "BadRequest");
  return oneOf(users(asked), "id", asked.person);
}

const sources = new Map<string, Source>([
  ["/organization", ({ tenant }) => [objects.organization(tenant)]],
  ["/domains", ({ tenant }) => tenant.domains.map((domain) => objects.domain(domain, tenant.domains))],
  [
    "/domains/{domain-id}",
    (asked) =>
      oneOf(
        asked.tenant.domains.map((domain) => objects.domain(domain, asked.tenant.domains)),
        "id",
        asked.params["domain-id"],
      ),
  ],
  ["/domains/{domain-id}/serviceConfigurationRecords", serviceRecords],
  ["/domains/{domain-id}/verificationDnsRecords", verificationRecords],
  ["/servicePrincipals", ({ tenant }) => principals.servicePrincipals(tenant)],
  ["/servicePrincipals/{servicePrincipal-id}", servicePrincipal],
  ["/servicePrincipals(appId='{appId}')", ({ tenant, params }) => oneOf(principals.servicePrincipals(tenant), "appId", params.appId)],
  [
    "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments",
    ofPrincipal(({ tenant }, id) => principals.appRoleAssignments(tenant).filter((grant) => grant.principalId === id)),
  ],
  [
    "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo",
    ofPrincipal(({ tenant }, id) => principals.appRoleAssignments(tenant).filter((grant) => grant.resourceId === id)),
  ],
  // Cutover asks for application permissions only: nobody ever granted a delegated one
  ["/servicePrincipals/{servicePrincipal-id}/oauth2PermissionGrants", ofPrincipal(() => [])],
  ["/oauth2PermissionGrants", () => []],
  ["/directoryRoles", ({ tenant }) => principals.directoryRoles(tenant)],
  ["/roleManagement/directory/roleAssignments", ({ tenant }) => principals.roleAssignments(tenant)],
  ["/roleManagement/directory/roleDefinitions", () => principals.roleDefinitions()],
  ["/users", users],
  ["/users/{user-id}", user],
  ["/me", me],
  ["/groups", ({ tenant }) => objects.groups(tenant)],
  ["/groups/{group-id}/members", members],
  ["/users/{user-id}/messages", mail.messages],
  ["/users/{user-id}/messages/{message-id}", mail.message],
  ["/users/{user-id}/mailFolders", mail.mailFolders],
  ["/users/{user-id}/mailFolders/{mailFolder-id}", mail.mailFolder],
]);

/** Mail is all that is written through Graph here. */
const acts = new Map<string, Source>([
  ["DELETE /users/{user-id}/messages/{message-id}", mail.remove],
  ["POST /users/{user-id}/messages/{message-id}/move", mail.move],
  ["POST /users/{user-id}/messages/{message-id}/permanentDelete", mail.permanentDelete],
]);

export function answerFor(operation: Operation, asked: Asked): Answer {
  const source = operation.method === "GET" ? sources.get(operation.path) : acts.get(`${operation.method} ${operation.path}`);
  return source?.(asked) ?? graphErrors.notDone();
}

/** `$expand` is known where somebody needs it; everywhere else it is refused, not ignored. */
export function expand(operation: Operation, items: Item[], names: string[], tenant: Tenant): Item[] | GraphError {
  const known = operation.path === "/roleManagement/directory/roleAssignments" ? ["roleDefinition", "principal"] : [];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined)
    return graphErrors.bad(`Parsing OData Select and Expand failed: Could not find a property named '${stranger}'.`, "BadRequest");
  if (names.length === 0) return items;
  const holders = [...principals.servicePrincipals(tenant), ...peopleOf(tenant).map((one) => objects.user(one, tenant))];
  return items.map((item) => ({
    ...item,
    ...(names.includes("roleDefinition")
      ? { roleDefinition: principals.roleDefinitions().find((role) => role.id === item.roleDefinitionId) ?? null }
      : {}),
    ...(names.includes("principal") ? { principal: holders.find((one) => one.id === item.principalId) ?? null } : {}),
  }));
}
