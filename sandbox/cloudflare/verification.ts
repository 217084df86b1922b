/** Proof that a domain is the customer's: a TXT record under a name of Cloudflare's, looked for by the sandbox's clock. */
import type { SecuredDomain, Tenant } from "../tenant";
import type { World } from "../world";
import { hexId, ownZones } from "./account";
import { textsAt } from "./dns-facts";

/** How often the record is looked for, and when Cloudflare gives up; neither is on record. */
export const CHECK_EVERY_MS = 60_000;
export const GIVES_UP_AFTER_MS = 7 * 86_400_000;

export const challengeName = (domain: string) => `_cf-email-sec-challenge.${domain}`;

/** None is needed where the zone is the account's own, or where an integration vouches for the domain. */
export function challengeFor(tenant: Tenant, domain: string, integration: string | null, now: number): SecuredDomain["challenge"] {
  const isOwn = ownZones(tenant).some((zone) => domain === zone.name || domain.endsWith(`.${zone.name}`));
  if (isOwn || integration !== null) return null;
  return { value: `cf-email-sec-${hexId(`${tenant.cloudflare.accountId}/${domain}/${now}`)}`, checkedAt: null };
}

/** Looks again, when it is time. */
export function verify(world: World, secured: SecuredDomain): void {
  const { challenge } = secured;
  const now = world.clock.now();
  if (secured.status !== "PENDING" || !challenge) return;
  if (now < (challenge.checkedAt ?? secured.createdAt) + CHECK_EVERY_MS) return;
  challenge.checkedAt = now;
  if (textsAt(world, challengeName(secured.domain)).includes(challenge.value)) secured.status = "ACTIVE";
  else if (now >= secured.createdAt + GIVES_UP_AFTER_MS) secured.status = "TIMEOUT";
  world.save();
}

/** Null = 204: nothing to prove. */
export function shownVerification(secured: SecuredDomain, speaksOld: boolean) {
  const { challenge, domain, status } = secured;
  if (!challenge) return null;
  return {
    txt_record_name: challengeName(domain),
    txt_record_value: challenge.value,
    status: speaksOld ? status.toLowerCase() : status,
    last_checked_at: challenge.checkedAt === null ? null : new Date(challenge.checkedAt).toISOString(),
  };
}
