/** Applications registered with Entra: Cutover, and the vendor's own of both products, the same in every tenant. */
import { cutoverApp, operatorTenantId } from "../world";
import { exchangeResource, graphResource, type Resource, resources } from "./permissions";

export interface Registration {
  clientId: string;
  name: string;
  secret: string;
  /** The organisation that owns it. */
  ownerId: string;
  /** What its registration asks for, by resource: what v1 consent grants, all at once. */
  permissions: Record<string, readonly string[]>;
}

const cutover: Registration = {
  ...{ clientId: cutoverApp.clientId, name: cutoverApp.name, secret: cutoverApp.secret, ownerId: operatorTenantId },
  permissions: {
    [graphResource.appId]: [
      "Domain.Read.All",
      "Organization.Read.All",
      "Application.Read.All",
      "RoleManagement.Read.Directory",
      "User.Read.All",
    ],
    [exchangeResource.appId]: ["Exchange.ManageAsApp"],
  },
};

/** The least that retraction needs (office365-graph-api page of the vendor's documentation). */
export const retractionRoles: readonly string[] = [
  "Mail.ReadWrite",
  "Group.Read.All",
  "User.Read.All",
  "Domain.Read.All",
  "GroupMember.Read.All",
  "Organization.Read.All",
];

export const vendorProducts = ["area1", "cloudflare"] as const;
export type VendorProduct = (typeof vendorProducts)[number];

/** Ids and owners are made up: the real ones are not published. Names are the documentation's. */
export const vendorRegistrations: Record<VendorProduct, Registration> = {
  area1: {
    ...{ clientId: "a12ea100-0000-4000-8000-000000000001", name: "Area 1 Security Synchronator", secret: "sandbox-area1-secret" },
    ownerId: "a12ea100-0000-4000-8000-0000000000ff",
    permissions: { [graphResource.appId]: retractionRoles },
  },
  cloudflare: {
    ...{ clientId: "c10dfa2e-0000-4000-8000-000000000001", name: "Email Security Synchronator", secret: "sandbox-cloudflare-secret" },
    ownerId: "c10dfa2e-0000-4000-8000-0000000000ff",
    permissions: { [graphResource.appId]: retractionRoles },
  },
};

export const registrations: readonly Registration[] = [cutover, ...Object.values(vendorRegistrations)];

export const registrationOf = (clientId: string | null): Registration | undefined => registrations.find((one) => one.clientId === clientId);

export const isCutover = ({ clientId }: Pick<Registration, "clientId">): boolean => clientId === cutoverApp.clientId;

export const resourcesOf = ({ permissions }: Registration): readonly Resource[] =>
  resources.filter(({ appId }) => permissions[appId] !== undefined);

/** The permissions that Cutover's registration asks for on a resource. */
export const askedByCutover = ({ appId }: Resource): readonly string[] => cutover.permissions[appId] ?? [];
