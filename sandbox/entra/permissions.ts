/** The two resources Cutover asks for, and their application permissions by id (the ids are the same in every tenant). */
export interface Resource {
  appId: string;
  name: string;
  /** The `aud` of its tokens; its scope is this and `/.default`. */
  uri: string;
  roles: { value: string; id: string; says: string }[];
}

export const graphResource: Resource = {
  appId: "00000003-0000-0000-c000-000000000000",
  name: "Microsoft Graph",
  uri: "https://graph.microsoft.com",
  // microsoft-graph-devx-content, permissions-descriptions.json (2026-08-07)
  roles: [
    { value: "Domain.Read.All", id: "dbb9058a-0e50-45d7-ae91-66909b5d4664", says: "Read domains" },
    { value: "Organization.Read.All", id: "498476ce-e0fe-48b0-b801-37ba7e2685c6", says: "Read organization information" },
    { value: "Application.Read.All", id: "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", says: "Read all applications" },
    { value: "RoleManagement.Read.Directory", id: "483bed4a-2ad3-4361-a73b-c83ccdbdc53c", says: "Read all directory RBAC settings" },
    { value: "User.Read.All", id: "df021288-bdef-4463-88db-98f22de89214", says: "Read all users' full profiles" },
    { value: "GroupMember.Read.All", id: "98830695-27a2-44f7-8c18-0c3ebc9698f6", says: "Read all group memberships" },
    { value: "Group.Read.All", id: "5b567255-7703-4780-807c-7be8301ae99b", says: "Read all groups" },
    { value: "Directory.Read.All", id: "7ab1d382-f21e-4acd-a863-ba3e13f7da61", says: "Read directory data" },
    { value: "Mail.Read", id: "810c84a8-4a9e-49e6-bf7d-12d183f40d01", says: "Read mail in all mailboxes" },
    { value: "Mail.ReadWrite", id: "e2a3a72e-5f79-4c64-b1b1-878b674786c9", says: "Read and write mail in all mailboxes" },
    { value: "Mail.ReadBasic.All", id: "693c5e45-0940-467d-9b8a-1022fb9d42ef", says: "Read basic mail in all mailboxes" },
    { value: "MailboxSettings.Read", id: "40f97065-369a-49f4-947c-6a255697ae91", says: "Read all user mailbox settings" },
    { value: "Application.ReadWrite.All", id: "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9", says: "Read and write all applications" },
    {
      value: "AppRoleAssignment.ReadWrite.All",
      id: "06b708a9-e830-4db3-a914-8e69da51d44f",
      says: "Manage app permission grants and app role assignments",
    },
    {
      value: "DelegatedPermissionGrant.ReadWrite.All",
      id: "8e8e4742-1d95-4f68-9d56-6ee75648c72a",
      says: "Manage all delegated permission grants",
    },
    {
      value: "RoleManagement.ReadWrite.Directory",
      id: "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
      says: "Read and write all directory RBAC settings",
    },
  ],
};

export const exchangeResource: Resource = {
  appId: "00000002-0000-0ff1-ce00-000000000000",
  name: "Office 365 Exchange Online",
  uri: "https://outlook.office365.com",
  roles: [{ value: "Exchange.ManageAsApp", id: "dc50a0fb-09a3-484d-be87-e023b12c6440", says: "Manage Exchange As Application" }],
};

export const resources: readonly Resource[] = [graphResource, exchangeResource];

/** The resource whose `.default` scope this is. */
export function resourceOfScope(scope: string): Resource | undefined {
  return resources.find((resource) => scope === `${resource.uri}/.default`);
}

/** Built-in directory roles that people and applications of the sandbox may hold, by template id. */
export const roleNames: ReadonlyMap<string, string> = new Map([
  ["62e90394-69f5-4237-9190-012177145e10", "Global Administrator"],
  ["e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator"],
  ["29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator"],
  ["194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator"],
  ["f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader"],
  ["5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader"],
  ["17315797-102d-40b4-93e0-432062caca18", "Compliance Administrator"],
  ["729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"],
  ["31392ffb-586c-42d1-9346-e59415a2cc4e", "Exchange Recipient Administrator"],
  ["fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator"],
]);
