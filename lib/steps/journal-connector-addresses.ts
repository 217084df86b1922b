/** The tenant's journaling addresses: typed, because no API returns them, and held against the regions whose promise they keep. */
import { z } from "zod";
import { type Check, fail, pass, warn } from "@/lib/model/check";
import { isUnder } from "@/lib/model/host-name";
import { domainIn, isAddress, plainAddress } from "@/lib/model/mail-address";
import { profiles } from "@/lib/profiles/all";
import type { JournalRegion, Profile } from "@/lib/profiles/profile";

/** Whoever switches products keeps addresses in the older spelling, and both are answered. */
const everyProfile: readonly Profile[] = Object.values(profiles);

const address = z
  .string()
  .max(320)
  .transform((typed, ctx): string => {
    const plain = plainAddress(typed);
    if (plain === "" || isAddress(plain)) return plain;
    ctx.addIssue("Enter the address as the vendor's dashboard shows it, in the form name@domain.");
    return z.NEVER;
  });
/** By region; an empty one is not typed yet. */
export const typedAddresses = z.record(z.string(), address).default({});
export type Addresses = Readonly<Record<string, string>>;

export const addressOf = (region: string, addresses: Addresses): string | null =>
  (Object.hasOwn(addresses, region) ? addresses[region] : null) || null;

/** What stands behind the @ of a region's addresses, as any of the products spells it. */
export const domainsOfRegion = (region: string): readonly string[] => [
  ...new Set(everyProfile.flatMap((p) => p.journaling.value.regions.filter(({ id }) => id === region).map(({ domain }) => domain))),
];

/** The smart hosts of a region, as each of the products names them. */
export const hostsOfRegion = (region: string): readonly (readonly string[])[] =>
  everyProfile.flatMap((p) => p.journaling.value.regions.filter(({ id }) => id === region).map(({ smartHosts }) => smartHosts));

/** Of addresses that carry no region in their domain. */
export const isOfAnyRegion = (domain: string): boolean => everyProfile.some((p) => p.journaling.value.anyRegion.includes(domain));

/** The id of the region whose addresses have this domain; null where none is known by it. */
export const regionOfDomain = (domain: string): string | null =>
  everyProfile.flatMap((p) => p.journaling.value.regions).find((region) => domainsOfRegion(region.id).includes(domain))?.id ?? null;

/** Whether journal reports to this address go to the vendor, whoever's address it is. */
export const isVendorAddress = (journalAddress: string): boolean => {
  const domain = domainIn(journalAddress);
  return (
    isOfAnyRegion(domain) ||
    isUnder(
      domain,
      everyProfile.flatMap((p) => p.mxSuffixes.value),
    )
  );
};

const titleOf = (region: string, { journaling }: Profile): string =>
  journaling.value.regions.find(({ id }) => id === region)?.title ?? region;

const copyIt = ({ journaling }: Profile): string => `Copy it from ${journaling.value.addresses}.`;

function domainCheck(id: string, about: string, typed: string, region: JournalRegion, profile: Profile): Check {
  const domain = domainIn(typed);
  const whose = regionOfDomain(domain);
  if (whose === region.id || isOfAnyRegion(domain)) return pass(id, `${typed} is a journaling address of this region.`, { about });
  if (whose !== null)
    return fail(
      id,
      `${typed} is an address of the region “${titleOf(whose, profile)}”. Reports about people of “${region.title}” would be processed there, against what was promised them.`,
      `Enter the address of this region: it ends in @${region.domain}. ${copyIt(profile)}`,
      { about },
    );
  return warn(
    id,
    `${domain} is no journaling domain that ${profile.vendor} has published for this region. Reports to a wrong address wait, and are lost in the end.`,
    `Compare it letter by letter. Usually it ends in @${region.domain}. ${copyIt(profile)}`,
    { about },
  );
}

/** Whether a region's address is typed, and keeps what the region promises. */
export function addressCheck(region: JournalRegion, addresses: Addresses, profile: Profile): Check {
  const id = `address/${region.id}`;
  const about = `Journaling address, ${region.title}`;
  const typed = addressOf(region.id, addresses);
  if (typed === null)
    return fail(
      id,
      "It is not entered yet. It is different for each customer, and can't be read.",
      `${copyIt(profile)} It ends in @${region.domain}.`,
      {
        about,
      },
    );
  const other = Object.keys(addresses).find((one) => one !== region.id && addressOf(one, addresses) === typed);
  if (other !== undefined)
    return fail(id, `${typed} is entered for two regions, so both would be processed in the same place.`, "Enter each region's own.", {
      about,
    });
  return domainCheck(id, about, typed, region, profile);
}
