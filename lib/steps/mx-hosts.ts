/** The mail hosts that a domain's records should name: published by region, or typed from the vendor's dashboard. Never built. */
import { z } from "zod";
import { isUnder } from "@/lib/model/host-name";
import { cloudflare } from "@/lib/profiles/cloudflare";
import type { Profile, Region } from "@/lib/profiles/profile";
import { domainName } from "./domain-name";
import { hostIn } from "./mx-rows";

/** Two equal hosts are what the vendor shows; without a number a host is as good as the other. */
const USUAL_PREFERENCE = 10;
const MOST_HOSTS = 10;
const SUFFIXES = cloudflare.mxSuffixes.value;

/** "10 mxa.eu.example, mxb.eu.example" in any spelling: a number says the preference of the host after it. */
function entriesOf(typed: string): readonly string[] {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== "");
  return words.flatMap((word, i) => {
    if (/^\d+$/.test(word)) return [];
    const before = words[i - 1] ?? "";
    return [`${/^\d+$/.test(before) ? before : USUAL_PREFERENCE} ${word}`];
  });
}

const entry = z.string().transform((text, ctx): string => {
  const [preference = "", typed = ""] = text.split(" ");
  const host = domainName.safeParse(typed);
  const isTheirs = host.success && isUnder(host.data, SUFFIXES);
  if (host.success && isTheirs && Number(preference) <= 65_535) return `${Number(preference)} ${host.data}`;
  ctx.addIssue(`“${typed.slice(0, 80)}” is not a mail host of Cloudflare. Copy it from the dashboard: it ends in .${SUFFIXES[0] ?? ""}.`);
  return z.NEVER;
});

/** Typed hosts of one domain; parsed once more it stays as it is. */
export const typedHosts = z
  .preprocess(
    (typed) => (typeof typed === "string" ? entriesOf(typed) : Array.isArray(typed) ? entriesOf(typed.join(" ")) : typed),
    z.array(entry).max(MOST_HOSTS, `That is more than ${MOST_HOSTS} hosts. The dashboard shows two.`),
  )
  .transform((all) => [...new Set(all)]);

export type HostChoice = {
  readonly region: string;
  readonly regions: readonly string[];
  readonly hosts: Readonly<Record<string, readonly string[]>>;
};

/** The region that counts: chosen here, else the one chosen with the domains, else the product's default where it has one. */
export function regionOf({ region, regions }: Pick<HostChoice, "region" | "regions">, profile: Profile): Region | null {
  const named = region !== "" ? region : regions.length === 1 ? regions[0] : regions.length === 0 ? profile.defaultRegion : undefined;
  return profile.regions.value.find(({ id }) => id === named) ?? null;
}

/** "10 host" for every record the domain should have; null while that is not known. */
export function targetOf(domain: string, chosen: HostChoice, profile: Profile): readonly string[] | null {
  const region = regionOf(chosen, profile);
  if (region === null) return null;
  if (region.hosts.length > 0) return region.hosts.map(({ preference, host }) => `${preference} ${host}`);
  const typed = chosen.hosts[domain] ?? [];
  return typed.length > 0 ? typed : null;
}

const preferenceIn = (written: string): number => Number(written.split(" ")[0]);
/** Hosts in groups of equal preference, the preferred first: what mail servers go by. */
const ranks = (records: readonly string[]): string => {
  const levels = [...new Set(records.map(preferenceIn))].sort((a, b) => a - b);
  return levels
    .map((level) =>
      records
        .filter((record) => preferenceIn(record) === level)
        .map(hostIn)
        .sort()
        .join("+"),
    )
    .join(" > ");
};

/** The same hosts in the same order: 5, 10, 10 and 1, 2, 2 are alike to a mail server. */
export const isSameOrder = (one: readonly string[], other: readonly string[]): boolean => ranks(one) === ranks(other);

/** Titles of the regions that a host belongs to. */
export const regionsOfHost = (host: string, { regions }: Profile): readonly string[] =>
  regions.value.filter((region) => region.hosts.some((h) => h.host === host)).map(({ title }) => title);
