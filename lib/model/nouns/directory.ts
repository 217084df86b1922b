/** What Microsoft Graph says of the tenant: the organisation, its domains, the records Microsoft expects, and what this application was granted. */
import { z } from "zod";
import { noun } from "../noun";
import { list } from "../spelling";

const ADMIN_DOMAINS = "https://admin.microsoft.com/#/Domains";
const readOnly = { labels: {}, shownMs: 5 * 60_000, worksMs: 5 * 60_000 };
const text = z.preprocess((v) => v ?? "", z.string());

export const organizationNoun = noun({
  ...readOnly,
  title: "Organisation",
  asked: { cloud: "graph", question: "organization" },
  permission: "Organization.Read.All",
  place: "Microsoft 365 admin center > Settings > Org settings > Organization profile",
  shape: z
    .object({
      id: z.string(),
      displayName: text,
      tenantType: text,
      countryLetterCode: text,
      assignedPlans: z.preprocess((v) => v ?? [], z.array(z.object({ service: text, capabilityStatus: text, servicePlanId: text }))),
    })
    .transform((row) => ({
      Guid: row.id,
      Name: row.displayName,
      tenantType: row.tenantType,
      country: row.countryLetterCode,
      /** `service:planId` of every plan that is on. */
      plans: row.assignedPlans
        .filter((p) => /^(Enabled|Warning)$/i.test(p.capabilityStatus))
        .map((p) => `${p.service.toLowerCase()}:${p.servicePlanId.toLowerCase()}`),
    })),
});

export const domainNoun = noun({
  ...readOnly,
  title: "Domain",
  asked: { cloud: "graph", question: "domain" },
  permission: "Domain.Read.All",
  place: "Microsoft 365 admin center > Settings > Domains",
  link: ADMIN_DOMAINS,
  shape: z
    .object({
      id: z.string(),
      isVerified: z.boolean(),
      isInitial: z.preprocess((v) => v ?? false, z.boolean()),
      isDefault: z.preprocess((v) => v ?? false, z.boolean()),
      supportedServices: list,
    })
    .transform(({ id, ...row }) => ({ Guid: id.toLowerCase(), Name: id.toLowerCase(), ...row })),
});

export const serviceRecordNoun = noun({
  ...readOnly,
  title: "Record that Microsoft expects",
  asked: { cloud: "graph", question: "serviceRecord" },
  permission: "Domain.Read.All",
  place: "Microsoft 365 admin center > Settings > Domains > DNS records",
  link: ADMIN_DOMAINS,
  shape: z
    .object({
      id: z.string(),
      recordType: text,
      supportedService: text,
      mailExchange: z.preprocess((v) => v ?? null, z.string().nullable()),
    })
    .transform((row) => ({
      Guid: row.id,
      Name: row.id,
      recordType: row.recordType.toLowerCase(),
      service: row.supportedService,
      mailExchange: row.mailExchange?.toLowerCase().replace(/\.$/, "") ?? null,
    })),
});

const withoutBlanks = (said: string): string => said.trim();
/** People with a mail address, put together by where they are: ten thousand people are read at every look. Guests are left out. */
export const peopleNoun = noun({
  ...readOnly,
  title: "People",
  asked: { cloud: "graph", question: "people" },
  permission: "User.Read.All",
  place: "Microsoft 365 admin center > Users > Active users",
  link: "https://admin.microsoft.com/#/users",
  shape: z
    .object({
      /** Two letters, "" where none is set. */
      usageLocation: text.transform((code) => code.toUpperCase()),
      office: text.transform(withoutBlanks),
      addresses: list.transform((all) => all.map((address) => address.toLowerCase()).sort()),
    })
    .transform((row) => ({ Guid: `${row.usageLocation}/${row.office}`, Name: row.usageLocation, ...row })),
});

/** Null is the service's word for an empty list. A list that is missing is not: it stays unreadable. */
const none = (v: unknown): unknown => (v === null ? [] : v);

export const grantsNoun = noun({
  ...readOnly,
  title: "What this application may do",
  asked: { cloud: "graph", question: "grants" },
  permission: "Application.Read.All",
  alsoPermissions: ["RoleManagement.Read.Directory"],
  place: "Microsoft Entra admin center > Enterprise applications > Cutover > Permissions",
  link: "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview",
  shape: z
    .object({
      servicePrincipalId: z.string(),
      appRoles: z.preprocess(none, z.array(z.object({ resource: z.string(), name: z.string() }))),
      directoryRoles: z.preprocess(none, z.array(z.object({ templateId: z.string(), name: z.string() }))),
    })
    .transform((row) => ({
      Guid: row.servicePrincipalId,
      Name: "Cutover",
      appRoles: row.appRoles.map((r) => r.name),
      directoryRoles: row.directoryRoles.map((r) => r.templateId),
      directoryRoleNames: row.directoryRoles.map((r) => r.name),
    })),
});
