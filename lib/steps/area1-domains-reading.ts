/** What has to be known about the domains at the vendor, and about where their mail goes. */
import { ask, each, eachPast, past, per, type Reading } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { tenantKeys } from "./access";
import type { VendorSettings } from "./area1-domains-settings";
import { targetOf } from "./mx-hosts";
import { hostIn } from "./mx-rows";
import { hopQueries } from "./next-hop";

const nameOf = (row: Readonly<Record<string, unknown>>): string | null => String(row["Name"] ?? "") || null;

/** The vendor's host is called only where a person said that the domain is entered: then it should take mail for it. */
const atVendor = (chosen: VendorSettings, profile: Profile): readonly string[] =>
  chosen.domains.flatMap((domain) => {
    const first = targetOf(domain, { region: "", regions: chosen.regions, hosts: {} }, profile)?.[0];
    return first !== undefined && chosen.entered.includes(domain) ? [`${domain}@${hostIn(first)}`] : [];
  });

export const vendorQueries = (chosen: VendorSettings, profile: Profile) => {
  const account = per(["account"], () => ask("EmailSecurityDomain"));
  return {
    account,
    earlier: per(["account"], () => past(ask("EmailSecurityDomain"))),
    /** Of every domain in the account: one that is no longer chosen may go only when no mail comes through any more. */
    accountMx: each(account, "mx", nameOf),
    accountMxBefore: eachPast(account, "mx", nameOf),
    ...hopQueries(chosen),
    accepted: per(tenantKeys(chosen.access), () => ask("AcceptedDomain")),
    outbound: per(tenantKeys(chosen.access), () => ask("OutboundConnector")),
    taken: per(atVendor(chosen, profile), (at) => ask("directDelivery", at)),
  };
};
export type VendorReading = Reading<ReturnType<typeof vendorQueries>>;
