/** The vendor's service addresses for journal reports: a domain for each region and product, the customer's name before it (facts: product 8). */
import type { Tenant } from "../tenant";
import type { World } from "../world";

/** Domain -> its mail hosts, in order. */
export const journalHosts: Record<string, string[]> = {
  "journaling.mxrecord.io": ["mailstream-east.mxrecord.io", "mailstream-west.mxrecord.io"],
  "mailstream-eu-primary.journaling.mxrecord.io": ["mailstream-eu1.mxrecord.io"],
  "journaling.mailstream-eu-primary.mxrecord.io": ["mailstream-eu1.mxrecord.io"],
  // Which hosts take today's addresses is not published; the product's own are the likeliest.
  "cf-emailsecurity.com": ["mxa.global.inbound.cf-emailsecurity.net", "mxb.global.inbound.cf-emailsecurity.net"],
};

/** Product -> region -> address, as the dashboard's Support > Service Addresses has them. */
export const serviceAddressesOf = (slug: string, accountId: string) => ({
  area1: { us: `${slug}@journaling.mxrecord.io`, eu: `${slug}@mailstream-eu-primary.journaling.mxrecord.io` },
  cloudflare: {
    us: `${slug}@journaling.mxrecord.io`,
    eu: `${slug}@journaling.mailstream-eu-primary.mxrecord.io`,
    account: `${accountId}@cf-emailsecurity.com`,
  },
});

export const isJournalDomain = (domain: string): boolean => journalHosts[domain.toLowerCase()] !== undefined;

/** Whose service address it is; undefined for one that the vendor does not know. */
export function customerOf(world: World, address: string): Tenant | undefined {
  const wanted = address.toLowerCase();
  return [...world.tenants.values()].find(({ cloudflare }) =>
    Object.values(cloudflare.serviceAddresses).some((regions) => Object.values(regions).includes(wanted)),
  );
}
