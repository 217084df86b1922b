/** A customer's Cloudflare account as it is kept: tokens, domains of Email Security, what happened after delivery. Plain JSON. */
import type { AfterDelivery } from "./state";

/** Permission groups of a Cloudflare API token, as its dashboard names them. */
export type CloudflarePermission = "Email Security Read" | "Email Security Write" | "Zone Read" | "DNS Read" | "DNS Write";

export type CloudflareToken = {
  id: string;
  name: string;
  /** The secret itself: the sandbox shows it to its owner. */
  value: string;
  permissions: CloudflarePermission[];
  status: "active" | "disabled" | "expired";
};

/** A domain of Email Security; settings under the API's own names. Times in milliseconds. */
export type SecuredDomain = {
  id: string;
  domain: string;
  allowed_delivery_modes: string[];
  drop_dispositions: string[];
  ip_restrictions: string[];
  lookback_hops: number;
  /** Where mail goes next; null where no host is set. */
  transport: string | null;
  require_tls_inbound: boolean | null;
  require_tls_outbound: boolean | null;
  regions: string[];
  folder: string | null;
  integration_id: string | null;
  status: "PENDING" | "ACTIVE" | "FAILED" | "TIMEOUT";
  createdAt: number;
  modifiedAt: number;
  /** The TXT record that proves ownership; null where none is needed. */
  challenge: { value: string; checkedAt: number | null } | null;
};

export type CloudflareAccount = AfterDelivery & {
  /** 32 hex digits. */
  accountId: string;
  tokens: CloudflareToken[];
  domains: SecuredDomain[];
  /** Zones at Cloudflare belong to this account, but for those named here: they are in somebody else's. */
  zonesElsewhere: string[];
  /** Product -> region -> the address that journal reports are sent to. */
  serviceAddresses: Record<string, Record<string, string>>;
  /** Rows of the auto-retract table that say Soft Delete, which ends where another choice does. */
  softDeleted?: string[];
  /** How many journaled messages were scanned for each domain. */
  processedJournal: Record<string, number>;
  traits: {
    /** Spells as before SDK 7.2: lower-case status, DNS errors inside a 1004. */
    speaksOld: boolean;
    /** The last name server of a zone still holds the old records for this long after a write. */
    edgeLagMs: number;
    /** False: the account hasn't bought Email Security. */
    hasEmailSecurity: boolean;
    /** A search of messages says 202 first and has its result after this long. */
    searchMs: number;
    /** What was done with a message after delivery shows in the search only after this long. */
    indexMs: number;
    /** A message shows in the search only so long after it was scanned. */
    arrivalMs: number;
  };
};
