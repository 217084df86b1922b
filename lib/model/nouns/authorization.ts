/** Who may do what in the tenant besides us: the vendor's applications with what they were granted, and the people who may grant. */
import { z } from "zod";
import { noun } from "../noun";
import { flag, list } from "../spelling";

const readOnly = { labels: {}, shownMs: 5 * 60_000, worksMs: 5 * 60_000 };
const text = z.preprocess((v) => v ?? "", z.string());
const guid = text.transform((id) => id.toLowerCase());

/** Asked of a display name: every application in the tenant that is called so. Anybody can give an application any name. */
export const vendorApplicationNoun = noun({
  ...readOnly,
  title: "Enterprise application",
  asked: { cloud: "graph", question: "vendorApplications" },
  permission: "Application.Read.All",
  place: "Microsoft Entra admin center > Enterprise applications",
  link: "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview",
  shape: z
    .object({
      id: z.string(),
      appId: guid,
      /** The organisation that owns it; "" where Microsoft does not say. */
      ownerId: guid,
      name: text,
      /** App roles of Microsoft Graph by name; those of others with the resource in brackets. */
      roles: list.transform((names) => [...new Set(names)].sort()),
      isEnabled: flag,
    })
    .transform((row) => ({ Guid: row.id, Name: row.name, ...row })),
});

/** Asked of a role's template id: who holds it for the whole tenant now. People and groups; whoever would first have to activate it is not among them. */
export const roleHolderNoun = noun({
  ...readOnly,
  title: "Holder of a role",
  asked: { cloud: "graph", question: "roleHolders" },
  permission: "RoleManagement.Read.Directory",
  place: "Microsoft Entra admin center > Roles & admins",
  link: "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/RolesManagementMenuBlade/~/AllRoles",
  shape: z
    .object({
      id: z.string(),
      name: text,
      /** "" for a group. */
      upn: text,
    })
    .transform((row) => ({ Guid: row.id, Name: row.name || row.upn || row.id, ...row })),
});
