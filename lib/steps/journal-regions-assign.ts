/** Who belongs to which region: picked people first, then the attribute, everybody else to the first. Pure, and small enough to be believed. */
import { NONE, type RegionSettings } from "./journal-regions-settings";

type Lists = Readonly<Record<string, readonly string[]>>;
/** People of one place, as the directory has them. */
export type Place = { readonly usageLocation: string; readonly office: string; readonly addresses: readonly string[] };

export type Choice = Pick<RegionSettings, "by" | "values" | "people"> & {
  /** Ids of the regions in use, the first one for everybody else. */
  readonly regions: readonly string[];
};

export type Assigned = {
  /** Addresses by region. */
  readonly of: Lists;
  /** Picked, but not in the directory: left, a guest, or mistyped. They are in no list. */
  readonly strangers: readonly { readonly address: string; readonly region: string }[];
  /** By region: members of the chosen group that are no people of the directory, such as groups inside of it. */
  readonly outsiders: Lists;
};

const isSameWord = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const has = (values: readonly string[] | undefined, word: string): boolean =>
  values?.some((value) => isSameWord(value, word === "" ? NONE : word)) ?? false;

const entry = (lists: Lists, key: string): readonly string[] => (Object.hasOwn(lists, key) ? (lists[key] ?? []) : []);

/** The first region is asked last: it takes whoever is left. */
const inOrder = ([first, ...others]: readonly string[]): readonly string[] => (first === undefined ? [] : [...others, first]);

/** Whoever is named for several regions belongs to the one that is not everybody else's. */
const named = (regions: readonly string[], lists: Lists): ReadonlyMap<string, string> =>
  new Map(
    inOrder(regions)
      .toReversed()
      .flatMap((region) => entry(lists, region).map((address) => [address.toLowerCase(), region] as const)),
  );

/** The region of a place; null where people are told apart otherwise. */
function byPlace({ by, regions, values }: Choice, { usageLocation, office }: Place): string | null {
  if (by !== "usageLocation" && by !== "office") return null;
  const word = by === "office" ? office : usageLocation;
  return inOrder(regions).find((region) => has(entry(values, region), word)) ?? null;
}

/**
 * @param places null where the directory cannot be read: then only those who were named belong anywhere.
 * @param members by region, the members of the group that stands for it.
 */
export function assign(places: readonly Place[] | null, chosen: Choice, members: Lists = {}): Assigned {
  const { regions } = chosen;
  const picked = named(regions, chosen.people);
  const grouped = named(regions, chosen.by === "group" ? members : {});
  const of = new Map<string, Set<string>>(regions.map((region) => [region, new Set()]));
  const put = (address: string, region: string | undefined) => (region === undefined ? undefined : of.get(region)?.add(address));
  const known = new Set<string>();
  for (const place of places ?? []) {
    const usual = byPlace(chosen, place) ?? regions[0];
    for (const address of place.addresses) {
      known.add(address);
      put(address, picked.get(address) ?? grouped.get(address) ?? usual);
    }
  }
  if (places === null) for (const [address, region] of new Map([...grouped, ...picked])) put(address, region);
  const strange = places === null ? [] : [...picked].filter(([address]) => !known.has(address));
  const isStrange = (address: string) => places !== null && !known.has(address.toLowerCase());
  return {
    of: Object.fromEntries([...of].map(([region, addresses]) => [region, [...addresses].sort()])),
    strangers: strange.map(([address, region]) => ({ address, region })),
    outsiders: Object.fromEntries(regions.map((region) => [region, chosen.by === "group" ? entry(members, region).filter(isStrange) : []])),
  };
}

export type Standing = {
  /** By region: who should be in the list and is not. */
  readonly missing: Lists;
  /** In the lists of several regions. */
  readonly twice: readonly { readonly address: string; readonly regions: readonly string[] }[];
  /** In the list of one region alone, and that is the wrong one. */
  readonly astray: readonly { readonly address: string; readonly is: string; readonly should: string }[];
  /** In no list at all. */
  readonly nowhere: readonly string[];
  /** By region: members that are no people of the directory. */
  readonly foreign: Lists;
};

/** How the lists are, held against who belongs where. @param lists members by region; a region whose list is not there has none. */
export function standingOf({ of }: Assigned, lists: Lists, isKnown: boolean): Standing {
  const regions = Object.keys(of);
  const should = new Map(regions.flatMap((region) => entry(of, region).map((address) => [address, region] as const)));
  const is = new Map<string, string[]>();
  for (const region of regions) for (const address of entry(lists, region)) is.set(address, [...(is.get(address) ?? []), region]);
  const all = [...is];
  return {
    missing: Object.fromEntries(regions.map((r) => [r, entry(of, r).filter((address) => !(is.get(address) ?? []).includes(r))])),
    twice: all.filter(([, held]) => held.length > 1).map(([address, held]) => ({ address, regions: held })),
    astray: all.flatMap(([address, [held, ...more]]) => {
      const right = should.get(address);
      return right !== undefined && held !== undefined && more.length === 0 && held !== right ? [{ address, is: held, should: right }] : [];
    }),
    nowhere: [...should.keys()].filter((address) => !is.has(address)).sort(),
    foreign: Object.fromEntries(regions.map((r) => [r, isKnown ? entry(lists, r).filter((address) => !should.has(address)) : []])),
  };
}
