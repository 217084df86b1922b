/** What is read about journaling by region, put together: each region's list, who is in it, and who should be. */
import type { Problem } from "@/lib/base/result";
import { isAddress, plainAddress } from "@/lib/model/mail-address";
import type { Row } from "@/lib/model/nouns";
import { ask, per, type Reading } from "@/lib/model/query";
import type { JournalRegion, Profile } from "@/lib/profiles/profile";
import { tenantKeys } from "./access";
import { type Assigned, assign, type Place, type Standing, standingOf } from "./journal-regions-assign";
import { type RegionSettings, regionsIn } from "./journal-regions-settings";

/** The address of the group that stands for a region; null while none is named. */
export const groupOf = ({ by, values }: RegionSettings, region: string): string | null => {
  const named = by === "group" ? (values[region] ?? []).map(plainAddress).find(isAddress) : undefined;
  return named ?? null;
};

export const regionQueries = (chosen: RegionSettings, profile: Profile) => {
  const regions = regionsIn(chosen, profile);
  const isNeeded = regions.length > 1;
  const used = isNeeded ? regions.flatMap(({ id }) => chosen.lists[id] ?? []) : [];
  const groups = isNeeded ? regions.flatMap(({ id }) => groupOf(chosen, id) ?? []) : [];
  return {
    // Also before anybody chose regions: who works where is what that choice is made from.
    people: per(isNeeded || chosen.regions.length === 0 ? tenantKeys(chosen.access) : [], () => ask("people")),
    accepted: per(isNeeded || chosen.regions.length === 0 ? ["tenant"] : [], () => ask("AcceptedDomain")),
    // A region that is no longer in use may still have a list of ours.
    lists: per(Object.values(chosen.lists), (address) => ask("DistributionGroup", address)),
    holders: per(used, (address) => ask("Recipient", address)),
    groups: per([...new Set(groups)], (address) => ask("DistributionGroup", address)),
  };
};
export type RegionsReading = Reading<ReturnType<typeof regionQueries>>;

type List = Row<"DistributionGroup">;
export type RegionList = {
  readonly region: JournalRegion;
  /** null: none is chosen. */
  readonly address: string | null;
  readonly list: List | null;
  /** What else has the address. */
  readonly holder: Row<"Recipient"> | null;
  /** Why the list, or the address, could not be looked at. */
  readonly problem: Problem | null;
};
export type Found = {
  readonly regions: readonly RegionList[];
  /** null: the directory was not read. */
  readonly places: readonly Place[] | null;
  /** Why not, where it should have been. */
  readonly peopleProblem: Problem | null;
  readonly groups: readonly {
    readonly region: JournalRegion;
    readonly address: string | null;
    readonly list: List | null;
    readonly problem: Problem | null;
  }[];
  /** Domains in which a new list can be made. */
  readonly domains: readonly string[];
  readonly assigned: Assigned;
  readonly standing: Standing;
};

const NOT_READ: Problem = { code: "not-asked", say: "It has not been read yet.", fix: "Look again." };

type Lists = RegionsReading["lists"];
function listIn(lists: Lists, address: string | null): { readonly list: List | null; readonly problem: Problem | null } {
  if (address === null) return { list: null, problem: null };
  const answer = lists[address];
  if (!answer?.ok) return { list: null, problem: answer?.problem ?? NOT_READ };
  return { list: answer.value[0] ?? null, problem: null };
}

function regionList(region: JournalRegion, reading: RegionsReading, chosen: RegionSettings): RegionList {
  const address = chosen.lists[region.id] ?? null;
  const { list, problem } = listIn(reading.lists, address);
  const holders = address === null ? undefined : reading.holders[address];
  // Who else has the address only matters where there is no list.
  const unseen = address === null || list !== null || holders?.ok ? null : (holders?.problem ?? NOT_READ);
  return { region, address, list, holder: holders?.ok ? (holders.value[0] ?? null) : null, problem: problem ?? unseen };
}

export function foundIn(reading: RegionsReading, chosen: RegionSettings, profile: Profile): Found {
  const all = regionsIn(chosen, profile);
  const regions = all.map((region) => regionList(region, reading, chosen));
  const people = reading.people["tenant"];
  const accepted = reading.accepted["tenant"];
  const places = people?.ok ? people.value : null;
  const others = all.slice(1);
  const groups =
    chosen.by === "group"
      ? others.map((region) => ({ region, address: groupOf(chosen, region.id), ...listIn(reading.groups, groupOf(chosen, region.id)) }))
      : [];
  const members = Object.fromEntries(groups.map(({ region, list }) => [region.id, list?.Members ?? []]));
  const assigned = assign(places, { ...chosen, regions: all.map(({ id }) => id) }, members);
  const lists = Object.fromEntries(regions.map(({ region, list }) => [region.id, list?.Members ?? []]));
  return {
    regions,
    places,
    peopleProblem: chosen.access === "consent" && !people?.ok ? (people?.problem ?? NOT_READ) : null,
    groups,
    domains: [...chosen.domains, ...(accepted?.ok ? accepted.value.map(({ Name }) => Name) : [])],
    assigned,
    standing: standingOf(assigned, lists, places !== null),
  };
}

/** Why who is in which list cannot be said. */
export const unreadList = ({ regions }: Found): Problem | null => regions.find(({ problem }) => problem !== null)?.problem ?? null;

/** Whether enough was read to say who belongs where, and who is there already: else nothing is changed. */
export const isSure = (found: Found): boolean =>
  found.peopleProblem === null && unreadList(found) === null && found.groups.every(({ list }) => list !== null);
