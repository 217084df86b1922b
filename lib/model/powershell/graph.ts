/** The questions of Microsoft Graph as a script asks them: the same rows that our own adapter gets. Source: facts/graph.md. */
import type { Asked } from "../noun";

type Question = Extract<Asked, { readonly cloud: "graph" }>["question"];
type GraphAsk = {
  /** Before and after the object that the question is narrowed to. */
  readonly path: readonly [string, string];
  readonly properties: readonly string[];
  /** The property that the row's key is made of, for questions that are asked again for every row. */
  readonly key: string;
  /** The function that reads it, where the pages of objects are not yet the rows. */
  readonly read?: "People" | "Applications" | "Holders";
  /** The object stands in a text of a filter. */
  readonly isInFilter?: true;
};

/** Nobody's script answers what our own application was granted: in the admin's window it is another application. */
const graphAsks: Readonly<Record<Exclude<Question, "grants">, GraphAsk>> = {
  organization: {
    path: ["v1.0/organization?$select=id,displayName,tenantType,countryLetterCode,assignedPlans", ""],
    properties: ["id", "displayName", "tenantType", "countryLetterCode", "assignedPlans"],
    key: "id",
  },
  domain: { path: ["v1.0/domains", ""], properties: ["id", "isVerified", "isInitial", "isDefault", "supportedServices"], key: "id" },
  serviceRecord: {
    path: ["v1.0/domains/", "/serviceConfigurationRecords"],
    properties: ["id", "recordType", "supportedService", "mailExchange"],
    key: "id",
  },
  people: {
    path: ["v1.0/users?$select=mail,usageLocation,officeLocation,userType&$top=999", ""],
    properties: ["usageLocation", "office", "addresses"],
    key: "usageLocation",
    read: "People",
  },
  vendorApplications: {
    path: ["v1.0/servicePrincipals?$select=id,appId,displayName,appOwnerOrganizationId,accountEnabled&$filter=displayName%20eq%20'", "'"],
    properties: ["id", "appId", "ownerId", "name", "roles", "isEnabled"],
    key: "id",
    read: "Applications",
    isInFilter: true,
  },
  roleHolders: {
    path: ["v1.0/roleManagement/directory/roleAssignments?$expand=principal&$filter=roleDefinitionId%20eq%20'", "'"],
    properties: ["id", "name", "upn"],
    key: "id",
    read: "Holders",
    isInFilter: true,
  },
};

export const graphAskOf = (asked: Asked): GraphAsk | null =>
  asked.cloud === "graph" && asked.question !== "grants" ? graphAsks[asked.question] : null;

/** The whole path of one question. */
export function graphPath({ path, isInFilter }: GraphAsk, of: string): string {
  const said = isInFilter ? of.replaceAll("'", "''") : of;
  return path[0] + encodeURIComponent(said) + path[1];
}
