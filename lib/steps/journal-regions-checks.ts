/** What is said about journaling by region: each list, those in two of them, and those in none. */
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import { figure, people } from "@/lib/model/figure";
import { domainIn } from "@/lib/model/mail-address";
import type { Profile } from "@/lib/profiles/profile";
import { type Found, type RegionList, unreadList } from "./journal-regions-reading";
import { type RegionSettings, regionsIn } from "./journal-regions-settings";
import { listed } from "./spans";

/** Most members that one write may name. Source: Update-DistributionGroupMember. */
const MOST_AT_ONCE = 10_000;
const MOST_NAMED = 20;

/** "3 people: a@x.com, b@x.com and c@x.com", up to 20 of them. */
export function named(addresses: readonly string[]): string {
  const more = addresses.length - MOST_NAMED;
  const shown = addresses.slice(0, MOST_NAMED);
  return more > 0 ? `${shown.join(", ")} and ${figure(more)} more` : listed(shown);
}

const entry = (lists: Readonly<Record<string, readonly string[]>>, id: string): readonly string[] => lists[id] ?? [];

function newList({ region, address, holder }: RegionList, should: readonly string[], { domains }: Found): Check {
  const id = `list/${region.id}`;
  const about = `List for ${region.title}`;
  if (address === null) return fail(id, "No list is chosen for this region.", "Enter an address for the list below, and save.", { about });
  if (holder)
    return fail(
      id,
      `${address} belongs to “${holder.Name}” already, which is no distribution list (${holder.RecipientTypeDetails}).`,
      "Enter another address below.",
      { about },
    );
  if (!domains.includes(domainIn(address)))
    return fail(
      id,
      `There is no list ${address}, and ${domainIn(address)} is none of your domains.`,
      "Enter an address in one of your domains.",
      {
        about,
      },
    );
  if (should.length === 0)
    return fail(
      id,
      "Nobody belongs to this region yet, so there is nothing to make a list of.",
      "Choose below who belongs to it, and save.",
      { about },
    );
  return fail(id, `There is no list ${address} yet.`, `Look at the plan: it makes the list with ${people(should.length)}.`, { about });
}

function listCheck(found: Found, one: RegionList): Check {
  const { region, address, list, problem } = one;
  const id = `list/${region.id}`;
  const about = `List for ${region.title}`;
  if (problem) return unknown(id, problem, { about });
  const should = entry(found.assigned.of, region.id);
  if (!list) return newList(one, should, found);
  const missing = entry(found.standing.missing, region.id);
  if (list.PrimarySmtpAddress !== address)
    return fail(
      id,
      `${address} is another name of the list ${list.PrimarySmtpAddress}.`,
      `Enter ${list.PrimarySmtpAddress} below: rules go by it.`,
      {
        about,
      },
    );
  if (missing.length === 0) return pass(id, `${list.PrimarySmtpAddress} holds all of its ${people(should.length)}.`, { about });
  const saw = `${people(missing.length)} of ${figure(should.length)} ${missing.length === 1 ? "is" : "are"} not in ${list.PrimarySmtpAddress}: ${named(missing)}.`;
  if (list.isSynced)
    return fail(
      id,
      `${saw} The list is kept by servers of your own, so nobody can change it in Microsoft 365.`,
      "Change it on-premises, or choose another list below.",
      { about },
    );
  return fail(id, saw, "Look at the plan: it adds them.", { about });
}

function sizeCheck({ assigned }: Found, { region }: RegionList): readonly Check[] {
  const count = entry(assigned.of, region.id).length;
  if (count <= MOST_AT_ONCE) return [];
  return [
    warn(
      `size/${region.id}`,
      `${people(count)} belong to this region. Microsoft takes ${figure(MOST_AT_ONCE)} at once; the others are added one by one, which takes hours.`,
      "Begin when it may take its time. The run goes on by itself, and nobody is added twice.",
      { about: `List for ${region.title}` },
    ),
  ];
}

function twiceCheck(found: Found, titles: ReadonlyMap<string, string>): Check {
  const about = "In two lists";
  const { twice, astray } = found.standing;
  const all = [...twice, ...astray];
  const unread = unreadList(found);
  if (unread) return unknown("twice", unread, { about });
  if (all.length === 0) return pass("twice", "Nobody is in the list of two regions, or of the wrong one.", { about });
  const wrong =
    astray.length === 0 ? "" : `${people(astray.length)} in the list of another region: ${named(astray.map((a) => a.address))}. `;
  const double =
    twice.length === 0
      ? ""
      : `${people(twice.length)} in several lists: ${named(twice.map((a) => a.address))}. Their mail is journaled twice, to ${listed([...titles.values()])}. `;
  return fail(
    "twice",
    `${double}${wrong}`.trim(),
    "What Cutover added is taken out by the plan. What others added stays: take it out yourself in Exchange admin center > Recipients > Groups.",
    { about },
  );
}

function nowhereCheck(found: Found): Check {
  const about = "In no list";
  const { nowhere } = found.standing;
  const unread = unreadList(found);
  if (unread) return unknown("nowhere", unread, { about });
  if (nowhere.length > 0)
    return fail(
      "nowhere",
      `${people(nowhere.length)} ${nowhere.length === 1 ? "is" : "are"} in no list, so their mail is not journaled: ${named(nowhere)}.`,
      "Look at the plan: it puts each into one list.",
      { about },
    );
  if (found.places === null)
    return unknown(
      "nowhere",
      {
        code: "not-asked",
        say: "Cutover cannot read your directory, so it cannot say who is in no list. Whoever is in none is not journaled.",
        fix: "Give access in the first step, or compare the lists with your people yourself.",
      },
      { about },
    );
  return pass("nowhere", "Everybody with a mail address is in a list.", { about });
}

function strangerCheck({ assigned }: Found): readonly Check[] {
  const { strangers } = assigned;
  if (strangers.length === 0) return [];
  return [
    warn(
      "strangers",
      `${people(strangers.length)} you picked ${strangers.length === 1 ? "is" : "are"} not in your directory, or a guest, and left out: ${named(strangers.map((s) => s.address))}.`,
      "Take them out on the page where people are picked, or correct their addresses.",
      { about: "People you picked" },
    ),
  ];
}

/** A group inside of a list brings its members along, and nobody sees from here who they are. */
function foreignCheck({ standing }: Found, { region, list }: RegionList): readonly Check[] {
  const foreign = entry(standing.foreign, region.id);
  if (foreign.length === 0 || !list) return [];
  return [
    warn(
      `foreign/${region.id}`,
      `${list.PrimarySmtpAddress} holds ${foreign.length === 1 ? "a member" : `${foreign.length} members`} that ${foreign.length === 1 ? "is" : "are"} nobody in your directory: ${named(foreign)}.`,
      "If one of them is a group, look yourself whether its people are in another list as well.",
      { about: `List for ${region.title}` },
    ),
  ];
}

function groupChecks({ groups, assigned }: Found): readonly Check[] {
  return groups.flatMap(({ region, address, list, problem }): readonly Check[] => {
    const id = `group/${region.id}`;
    const about = `Group for ${region.title}`;
    if (problem) return [unknown(id, problem, { about })];
    if (address === null) return [fail(id, "No group is named for this region.", "Enter the group's address below, and save.", { about })];
    if (!list)
      return [
        fail(
          id,
          `There is no distribution list or security group with mail at ${address}.`,
          "Enter another group. Members of Microsoft 365 and dynamic groups can't be read here.",
          {
            about,
          },
        ),
      ];
    const outside = entry(assigned.outsiders, region.id);
    if (outside.length === 0) return [];
    return [
      warn(
        id,
        `${outside.length} of the group's members ${outside.length === 1 ? "is" : "are"} nobody in your directory, and left out: ${named(outside)}.`,
        "If one of them is a group, name its people one by one, or make one flat group.",
        { about },
      ),
    ];
  });
}

export function regionChecks(found: Found, chosen: RegionSettings, profile: Profile): readonly Check[] {
  const all = regionsIn(chosen, profile);
  const about = "Regions";
  if (all.length === 0)
    return [
      fail("regions", "No journaling region is chosen yet.", "Choose where reports are processed first.", {
        about,
        step: "journal-connector",
      }),
    ];
  if (all.length === 1)
    return [
      pass("regions", `All reports go to one region, ${all[0]?.title ?? ""}. One rule for everyone is enough, and no list is needed.`, {
        about,
      }),
    ];
  if (found.peopleProblem) return [unknown("people", found.peopleProblem, { about: "Your people" })];
  // Without the group, everybody would seem to belong to the first region.
  if (found.groups.some(({ list }) => list === null)) return groupChecks(found);
  const titles = new Map(all.map(({ id, title }) => [id, title]));
  return [
    ...found.regions.map((one) => listCheck(found, one)),
    twiceCheck(found, titles),
    nowhereCheck(found),
    ...groupChecks(found),
    ...strangerCheck(found),
    ...found.regions.flatMap((one) => [...sizeCheck(found, one), ...foreignCheck(found, one)]),
  ];
}
