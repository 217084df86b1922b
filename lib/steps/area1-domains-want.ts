/** A domain as the vendor should know it: the form's own words, and the same as settings of its API. */
import type { Change } from "@/lib/model/change";
import { type Mine, markOf } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";
import { ensure, leave, type Want } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import type { VendorReading } from "./area1-domains-reading";
import type { VendorSettings } from "./area1-domains-settings";
import { goneAt } from "./mail-gone";
import { vendorQuarantine } from "./message-handling-settings";
import { rowIn } from "./mx-rows";
import { nextHop } from "./next-hop";
import { touchesVendor } from "./vendor-hosts";

type Secured = Row<"EmailSecurityDomain">;

/** What the vendor holds back for a domain: the use case's, unless it has a choice of its own. */
export const quarantineFor = (domain: string, chosen: VendorSettings, profile: Profile): readonly string[] =>
  chosen.ownChoice.includes(domain) ? (chosen.quarantined[domain] ?? []) : vendorQuarantine(chosen, profile);

/** The API names regions as the profile does, in capitals. Area 1 knew none there: its hosts decide. */
const regionsFor = ({ regions }: VendorSettings, { id }: Profile): readonly string[] | null =>
  id === "cloudflare" && regions.length > 0 ? regions.map((region) => region.toUpperCase()) : null;

/**
 * "Configured as MX Records" is one hop, mail handed over directly. Regions are wanted only where somebody chose:
 * else a place that was set before is left as it is.
 * @returns null while the next hop is not known: a domain without one would lose its mail.
 */
export function securedWant(domain: string, reading: VendorReading, chosen: VendorSettings, profile: Profile) {
  const hop = nextHop(domain, reading, chosen);
  if (hop === null) return null;
  const regions = regionsFor(chosen, profile);
  return {
    Name: domain,
    deliveryModes: ["DIRECT"],
    hops: 1,
    forwardingTo: hop.host,
    ipRestrictions: [],
    tlsOutbound: true,
    quarantined: quarantineFor(domain, chosen, profile),
    ...(regions ? { regions } : {}),
  } satisfies Want<"EmailSecurityDomain"> & { readonly Name: string };
}

/** A domain of ours that is no longer chosen stays as long as mail may come through the vendor. */
export function isStillNeeded(domain: string, { accountMx, accountMxBefore }: VendorReading, profile: Profile): boolean {
  const row = rowIn(accountMx, domain);
  const held = accountMxBefore[domain];
  const moments = held?.ok ? held.value : [];
  return row === null || touchesVendor(row) || goneAt(moments, profile) > (moments.at(-1)?.last ?? 0);
}

export function securedChanges(
  rows: readonly Secured[],
  reading: VendorReading,
  chosen: VendorSettings,
  profile: Profile,
  mine: Mine,
): readonly Change[] {
  const wants = chosen.domains.flatMap((domain) => securedWant(domain, reading, chosen, profile) ?? []);
  // One by one: another domain with the same settings does not do the job of this one.
  const changes = wants.flatMap((want) => {
    const same = rows.filter((row) => row.Name === want.Name);
    const isOurs = same.every((row) => markOf(mine, "EmailSecurityDomain", row.Guid)?.made);
    const somewhere = isOurs ? { regions: ["GLOBAL"] } : {}; // a domain must be processed somewhere; of one that was there it is not ours to say
    return ensure("EmailSecurityDomain", same, [{ ...somewhere, ...want }], mine).flatMap((e) => e.changes);
  });
  const used = rows.filter((row) => chosen.domains.includes(row.Name) || isStillNeeded(row.Name, reading, profile)).map((row) => row.Guid);
  return [...changes, ...leave("EmailSecurityDomain", rows, mine, used)];
}
