/** Who holds a directory role: people and groups, by name. */
import { z } from "zod";
import { ok, type Result } from "@/lib/base/result";
import { inQuotes } from "./applications";
import { READ_ROLES, shaped } from "./names";
import type { Reader } from "./reader";

export type Holder = { readonly id: string; readonly name: string; readonly upn: string };

const text = z.string().nullish();
const principal = z.object({ "@odata.type": text, displayName: text, userPrincipalName: text, appId: text });
/** A principal that we may not read comes without its properties, or not at all. */
const assignments = z.array(z.object({ principalId: z.string(), directoryScopeId: text, principal: principal.nullish() }));
type Assignment = z.infer<typeof assignments>[number];

/** Only for the whole tenant, and only who can sign in to a page and consent there: applications cannot. */
function counts({ directoryScopeId, principal: who }: Assignment): boolean {
  const isApplication = /servicePrincipal/i.test(who?.["@odata.type"] ?? "") || (who?.appId ?? "") !== "";
  return (directoryScopeId ?? "/") === "/" && !isApplication;
}

/** @param role template id of a built-in role, which is the id of its definition in every tenant. */
export async function holdersOf(reader: Reader, role: string): Promise<Result<readonly Holder[]>> {
  const path = `/roleManagement/directory/roleAssignments?$filter=roleDefinitionId%20eq%20'${inQuotes(role)}'&$expand=principal`;
  const assigned = shaped(assignments, await reader.all({ path, permission: READ_ROLES }));
  if (!assigned.ok) return assigned;
  const all = assigned.value.filter(counts).map(({ principalId: id, principal: who }) => ({
    ...{ id, name: who?.displayName ?? "", upn: who?.userPrincipalName ?? "" },
  }));
  return ok([...new Map(all.map((one) => [one.id, one])).values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}
