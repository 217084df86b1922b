/** The dry run: how many people each place has and where they would go, before anything is chosen; then the lists as they are. */
import { figure } from "@/lib/model/figure";
import { type Found, groupOf } from "./journal-regions-reading";
import { NONE, type RegionSettings } from "./journal-regions-settings";
import type { Evidence, Field } from "./shape";

/** More rows than anybody reads. */
const MOST_ROWS = 200;
const MOST_OPTIONS = 100;

type Word = "usageLocation" | "office";
const NOT_SET: Readonly<Record<Word, string>> = { usageLocation: "No usage location", office: "No office" };

/** How many people there are of each word, most first. */
export function countsBy(
  word: Word,
  { places }: Pick<Found, "places">,
): readonly { readonly value: string; readonly label: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const place of places ?? []) {
    const value = place[word] === "" ? NONE : place[word];
    counts.set(value, (counts.get(value) ?? 0) + place.addresses.length);
  }
  return [...counts]
    .map(([value, count]) => ({ value, label: value === NONE ? NOT_SET[word] : value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function goesTo(word: Word, found: Found): (value: string) => string {
  const regionOf = new Map(
    found.regions.flatMap(({ region }) => (found.assigned.of[region.id] ?? []).map((a) => [a, region.title] as const)),
  );
  const titles = new Map<string, Map<string, number>>();
  for (const place of found.places ?? []) {
    const value = place[word] === "" ? NONE : place[word];
    const held = titles.get(value) ?? new Map<string, number>();
    titles.set(value, held);
    for (const address of place.addresses) {
      const title = regionOf.get(address) ?? "no list";
      held.set(title, (held.get(title) ?? 0) + 1);
    }
  }
  return (value) => {
    const all = [...(titles.get(value) ?? [])];
    return all.length === 1 ? (all[0]?.[0] ?? "") : all.map(([title, count]) => `${title}: ${figure(count)}`).join("; ");
  };
}

function placeTable(word: Word, title: string, column: string, found: Found): readonly Evidence[] {
  const counts = countsBy(word, found);
  if (counts.every(({ value }) => value === NONE)) return [];
  const where = goesTo(word, found);
  return [
    {
      title,
      columns: [column, "People", "Goes to"],
      rows: counts.slice(0, MOST_ROWS).map(({ value, label, count }) => [label, figure(count), where(value)]),
    },
  ];
}

function listTable(found: Found): Evidence {
  return {
    title: "The lists",
    columns: ["Region", "List", "Should hold", "Holds", "Not in it yet"],
    rows: found.regions.map(({ region, address, list }) => [
      region.title,
      address ?? "not chosen",
      figure((found.assigned.of[region.id] ?? []).length),
      list ? figure(list.Members.length) : "not there yet",
      figure((found.standing.missing[region.id] ?? []).length),
    ]),
  };
}

export function regionsEvidence(found: Found): readonly Evidence[] {
  if (found.peopleProblem) return [];
  return [
    ...(found.regions.length > 1 ? [listTable(found)] : []),
    ...placeTable("usageLocation", "People by usage location", "Usage location", found),
    ...placeTable("office", "People by office", "Office", found),
  ];
}

const BY: Field = {
  name: "by",
  type: "choice",
  label: "How are your people told apart?",
  hint: "Whoever belongs to no other region belongs to the first. People you pick one by one outrank this.",
  options: [
    {
      value: "usageLocation",
      label: "By usage location",
      hint: "The country that every licence needs. Most companies have it for everybody.",
    },
    { value: "office", label: "By office" },
    { value: "group", label: "By a group that is there already", hint: "A distribution list, or a security group with mail." },
    { value: "picked", label: "Only by picking", hint: "Search, paste a list, or upload a file." },
  ],
};

function valueField(id: string, title: string, found: Found, chosen: RegionSettings): readonly Field[] {
  const name = `values.${id}`;
  if (chosen.by === "picked") return [];
  if (chosen.by === "group")
    return [
      {
        name,
        type: "text",
        label: `Address of the group for ${title}`,
        placeholder: "eu-staff@company.com",
        value: groupOf(chosen, id) ?? "",
      },
    ];
  const what = chosen.by === "office" ? "Offices" : "Usage locations";
  const counts = countsBy(chosen.by, found);
  if (counts.length === 0) return [];
  const more = counts.length - MOST_OPTIONS;
  return [
    {
      name,
      type: "choices",
      label: `${what} of ${title}`,
      ...(more > 0 ? { hint: `The ${MOST_OPTIONS} with most people. For the other ${more}, pick their people.` } : {}),
      options: counts.slice(0, MOST_OPTIONS).map(({ value, label, count }) => ({ value, label: `${label} (${figure(count)})` })),
    },
  ];
}

export function regionsFields(found: Found, chosen: RegionSettings): readonly Field[] {
  const [, ...others] = found.regions;
  if (others.length === 0) return [];
  const lists = found.regions.map(({ region, address }): Field => {
    const suggested = chosen.domains[0] === undefined ? "" : `journaling-${region.id}@${chosen.domains[0]}`;
    return {
      name: `lists.${region.id}`,
      type: "text",
      label: `Address of the list for ${region.title}`,
      hint: "A list that is there, or a new one in one of your domains.",
      placeholder: "journaling@company.com",
      value: address ?? suggested,
    };
  });
  return [...lists, BY, ...others.flatMap(({ region }) => valueField(region.id, region.title, found, chosen))];
}
