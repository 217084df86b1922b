/** A customer's API token for their Cloudflare account: what it opens, and what was found out about it. */

/** Held by whoever asks the cloud, and by nobody else. */
export type CloudflareAccess = { readonly token: string; readonly accountId: string };

export type AccountName = {
  readonly id: string;
  /** "" where only the id is known. */
  readonly name: string;
};

/** `name`: as the dashboard's form for tokens has it; `kind`: objects that need it, so that the steps that use it can be told. */
export const PERMISSIONS = {
  emailRead: { name: "Account > Cloud Email Security > Read", kind: "EmailSecurityDomain" },
  emailEdit: { name: "Account > Cloud Email Security > Edit", kind: "EmailSecurityDomain" },
  zoneRead: { name: "Zone > Zone > Read", kind: "cfZone" },
  dnsEdit: { name: "Zone > DNS > Edit", kind: "cfZone" },
} as const;
export type PermissionId = keyof typeof PERMISSIONS;
export const PERMISSION_IDS = ["emailRead", "emailEdit", "zoneRead", "dnsEdit"] as const satisfies readonly PermissionId[];

export type Permission = {
  readonly id: PermissionId;
  /** `unknown`: reading does not tell, or there was nothing to try it on. */
  readonly state: "present" | "missing" | "unknown";
  /** Why, where it is not plainly there. */
  readonly say: string;
};

/** What reading alone tells about a token. */
export type Verified = {
  /** Those that the token shows. */
  readonly accounts: readonly AccountName[];
  /** The one that was asked for, or the only one; null while a person has to say. */
  readonly account: AccountName | null;
  /** ms since 1970; null for a token that does not end, or does not say. */
  readonly expiresAt: number | null;
  readonly permissions: readonly Permission[];
};
