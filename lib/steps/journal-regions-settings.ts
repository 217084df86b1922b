/** What is chosen about journaling by region: the lists, and how people are told apart. */
import { z } from "zod";
import { isAddress, plainAddress } from "@/lib/model/mail-address";
import type { JournalRegion, Profile } from "@/lib/profiles/profile";
import { access } from "./access";
import { domainList } from "./domain-name";
import { ticked } from "./ticked";

/** Of whoever has not chosen yet: as where the connector is made. */
export const DEFAULT_JOURNAL_REGIONS: readonly string[] = ["us"];
/** As many as one upload may hold. */
export const MOST_PICKED = 20_000;

const listAddress = z.string().transform((typed, ctx): string => {
  const plain = plainAddress(typed);
  if (isAddress(plain)) return plain;
  ctx.addIssue("Enter the list's address in the form name@company.com.");
  return z.NEVER;
});

const person = z.string().max(320).transform(plainAddress).refine(isAddress, "One of these is not an address.");

export const WAYS_TO_TELL = ["usageLocation", "office", "group", "picked"] as const;

export const regionSettings = z
  .object({
    access,
    domains: domainList.default([]),
    /** Ids of journaling regions, as chosen with the connector; [] while nobody has chosen. */
    regions: ticked.default([]),
    /** Address of the list, by region. */
    lists: z.record(z.string(), listAddress).default({}),
    by: z.enum(WAYS_TO_TELL, "Choose how people are told apart.").default("usageLocation"),
    /** By region: usage locations, offices, or the address of one group. */
    values: z.record(z.string(), ticked).default({}),
    /** By region: addresses of people picked one by one; they outrank everything else. */
    people: z.record(z.string(), z.array(person).max(MOST_PICKED, `That is more than ${MOST_PICKED} people. Use a group.`)).default({}),
  })
  .superRefine(({ lists }, ctx) => {
    const all = Object.entries(lists);
    const double = all.find(([, address], i) => all.findIndex(([, other]) => other === address) < i);
    if (double) ctx.addIssue({ code: "custom", path: ["lists", double[0]], message: "Each region needs a list of its own." });
  });
export type RegionSettings = z.infer<typeof regionSettings>;

export const regionsAtFirst: RegionSettings = {
  access: "consent",
  domains: [],
  regions: [],
  lists: {},
  by: "usageLocation",
  values: {},
  people: {},
};

/** The journaling regions in use, in the vendor's order: whoever belongs to none of them belongs to the first. */
export function regionsIn({ regions }: Pick<RegionSettings, "regions">, profile: Profile): readonly JournalRegion[] {
  const chosen = regions.length === 0 ? DEFAULT_JOURNAL_REGIONS : regions;
  return profile.journaling.value.regions.filter(({ id }) => chosen.includes(id));
}

/** What stands for people without a usage location or an office. */
export const NONE = "-";
