/** A customer's Cloudflare account as a scenario begins: bought, empty, with one token that may do everything. */
import { createHash, randomUUID } from "node:crypto";
import { serviceAddressesOf } from "../journal/service-addresses";
import type { CloudflareAccount, CloudflarePermission, CloudflareToken, Tenant, Zone } from "../tenant";
import { nothingAfterDelivery } from "./state";

export const permissions: readonly CloudflarePermission[] = [
  "Email Security Read",
  "Email Security Write",
  "Zone Read",
  "DNS Read",
  "DNS Write",
];

/** What `Zone.host` says of zones that Cloudflare hosts. */
export const hostName = "Cloudflare";

/** Cloudflare's ids: 32 hex digits; the same name gives the same id, so that a reset keeps them. */
export const hexId = (name: string): string => createHash("md5").update(name).digest("hex");

/** Secrets are 40 signs long. */
const secret = (name: string): string => createHash("sha256").update(name).digest("base64url").slice(0, 40);

/** `name` tells tokens of one account apart; the same name gives the same token. */
function makeToken(accountId: string, name: string, may: readonly CloudflarePermission[]): CloudflareToken {
  const seed = `${accountId}/token/${name}`;
  return { id: hexId(seed), name, value: secret(seed), permissions: [...may], status: "active" };
}

/** One more token, under a name that none has or had. */
export function nextToken(account: CloudflareAccount, may: readonly CloudflarePermission[]): CloudflareToken {
  return makeToken(account.accountId, `${may.join(" + ") || "Nothing"} ${randomUUID().slice(0, 8)}`, may);
}

export function makeAccount(tenantId: string, slug: string): CloudflareAccount {
  const accountId = hexId(`${tenantId}/cloudflare`);
  return {
    accountId,
    tokens: [makeToken(accountId, "Everything", permissions)],
    domains: [],
    zonesElsewhere: [],
    serviceAddresses: serviceAddressesOf(slug, accountId),
    processedJournal: {},
    ...nothingAfterDelivery(),
    traits: { speaksOld: false, edgeLagMs: 0, hasEmailSecurity: true, searchMs: 0, indexMs: 0, arrivalMs: 0 },
  };
}

/** The zones that the account sees: hosted at Cloudflare and not in somebody else's account. */
export function ownZones(tenant: Tenant): Zone[] {
  return tenant.zones.filter((zone) => zone.host === hostName && !tenant.cloudflare.zonesElsewhere.includes(zone.name));
}
