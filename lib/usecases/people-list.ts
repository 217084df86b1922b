/** People picked for a journaling region: found while typing, pasted or uploaded as a list, each line judged before anything is saved. */
import { no, ok, type Result } from "@/lib/base/result";
import { readAll } from "@/lib/engine/read";
import { figure, people } from "@/lib/model/figure";
import { type Around, judgeLines, type ListResult, merged, type People, resultOf } from "@/lib/model/people-list";
import { readPeople } from "@/lib/model/people-list-csv";
import { answer, ask, type Known } from "@/lib/model/query";
import type { TenantScope } from "@/lib/model/scope";
import { journalRegions } from "@/lib/steps/journal-regions";
import { type RegionSettings, regionSettings, regionsIn } from "@/lib/steps/journal-regions-settings";
import type { Deps, FoundPerson } from "./deps";
import { saveSettings } from "./settings";
import { loadSetup, type Setup } from "./setup";
import { headOf, hrefOf } from "./show";
import type { ActionAnswer, TenantHead, Visitor } from "./views";

export type RegionPeopleView = {
  readonly head: TenantHead;
  /** The step that uses them. */
  readonly step: { readonly title: string; readonly href: string };
  readonly regions: readonly {
    readonly id: string;
    readonly title: string;
    readonly count: number;
    /** The first of them. */
    readonly shown: readonly string[];
  }[];
};
/** A list to look at, or to save. */
export type PeopleList = { readonly text: string; readonly region: string };
export type ListAnswer = ActionAnswer & { readonly list?: ListResult };

const MOST_SHOWN = 100;
const STEP = journalRegions.id;

const chosenIn = (setup: Setup): RegionSettings => regionSettings.parse(setup.settings(journalRegions));
const picked = ({ people }: RegionSettings, region: string): readonly string[] =>
  Object.hasOwn(people, region) ? (people[region] ?? []) : [];

export const regionPeople =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<RegionPeopleView>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const chosen = chosenIn(setup.value);
    return ok({
      head: headOf(setup.value, visitor),
      step: { title: journalRegions.texts(setup.value.profile).title, href: hrefOf(scope, journalRegions) },
      regions: regionsIn(chosen, setup.value.profile).map(({ id, title }) => {
        const all = picked(chosen, id);
        return { id, title, count: all.length, shown: all.slice(0, MOST_SHOWN) };
      }),
    });
  };

/** Up to twenty people whose name or address begins so. */
export const searchPeople =
  (deps: Deps) =>
  async (scope: TenantScope, typed: string): Promise<Result<readonly FoundPerson[]>> => {
    const tenant = await deps.store.tenants.find(scope);
    if (tenant?.access !== "consent")
      return no("not-asked", "Cutover has no access to your directory.", { fix: "Type the whole address, or paste a list." });
    return deps.people.search(scope.tenant, typed);
  };

/** A directory that was just read for the step is not read again for every look at a list. */
const FRESH_MS = 10 * 60_000;

async function directory(deps: Deps, setup: Setup): Promise<Result<ReadonlySet<string> | null>> {
  if (setup.stored.tenant.access !== "consent") return ok(null);
  const q = ask("people");
  const last = setup.tenant.memory.moments().get("people")?.at(-1);
  const known: Known =
    last && deps.clock.now() - last.last < FRESH_MS
      ? { raw: new Map([["people", ok(last.raw)]]), past: new Map() }
      : await readAll([{ people: q }], setup.tenant, setup.given);
  const rows = answer(q, known);
  return rows.ok ? ok(new Set(rows.value.flatMap(({ addresses }) => addresses))) : rows;
}

type Judged = {
  readonly setup: Setup;
  readonly chosen: RegionSettings;
  readonly around: Around;
  readonly lines: ReturnType<typeof judgeLines>;
};

/** @returns every line of the list with what became of it; nothing is saved. */
async function judged(deps: Deps, scope: TenantScope, { text, region }: PeopleList): Promise<Result<Judged>> {
  const entries = readPeople(text);
  if (!entries.ok) return entries;
  const setup = await loadSetup(deps, scope);
  if (!setup.ok) return setup;
  const known = await directory(deps, setup.value);
  if (!known.ok) return known;
  const chosen = chosenIn(setup.value);
  const around: Around = { regions: regionsIn(chosen, setup.value.profile), region, known: known.value };
  return ok({ setup: setup.value, chosen, around, lines: judgeLines(entries.value, around) });
}

const refusal = (made: Extract<Result<unknown>, { ok: false }>): ListAnswer =>
  made.problem.code === "rejected" ? { ...made, fields: { list: made.problem.say } } : made;

/** For reading before anything is saved. */
export const checkPeople =
  (deps: Deps) =>
  async (scope: TenantScope, given: PeopleList): Promise<ListAnswer> => {
    const made = await judged(deps, scope, given);
    if (!made.ok) return refusal(made);
    const list = resultOf(made.value.lines);
    const bad = list.badCount === 0 ? "" : ` ${list.badCount === 1 ? "One line" : `${figure(list.badCount)} lines`} can’t be taken.`;
    return { ok: true, say: `${people(list.good)} can be picked.${bad} Nothing is saved yet.`, list };
  };

/** Through the settings of the step, so that it is an event like any other choice. */
async function save(deps: Deps, scope: TenantScope, all: People): Promise<ActionAnswer> {
  const form = Object.fromEntries(Object.entries(all).map(([id, addresses]) => [`people.${id}`, addresses]));
  const saved = await saveSettings(deps)(scope, STEP, form);
  if (saved.ok || !("fields" in saved)) return saved;
  const say = Object.values(saved.fields ?? {})[0];
  return say === undefined ? saved : { ...saved, fields: { list: say } };
}

/** The good lines of a list that was looked at: judged anew, and all of it or nothing. */
export const savePeople =
  (deps: Deps) =>
  async (scope: TenantScope, given: PeopleList, mode: "add" | "replace"): Promise<ListAnswer> => {
    const made = await judged(deps, scope, given);
    if (!made.ok) return refusal(made);
    const { lines, chosen } = made.value;
    const list = resultOf(lines);
    if (list.badCount > 0)
      return { ok: true, say: "Something changed since you looked. Nothing is saved yet: look again at what would be.", list };
    const saved = await save(deps, scope, merged(chosen.people, lines, mode, given.region));
    return saved.ok ? { ok: true, say: `Saved: ${people(list.good)} picked.` } : saved;
  };

/** One person, typed or found. */
export const pickPerson =
  (deps: Deps) =>
  async (scope: TenantScope, typed: string, region: string): Promise<ActionAnswer> => {
    const made = await judged(deps, scope, { text: typed.replace(/[\r\n]/g, " "), region });
    const wrong = (say: string): ActionAnswer => ({ ...no("rejected", "Nobody was picked."), fields: { address: say } });
    if (!made.ok) return made.problem.code === "rejected" ? wrong("Type a name or an address, and choose somebody.") : made;
    const { lines, chosen, around } = made.value;
    const [line] = lines;
    const list = resultOf(lines);
    if (!line || list.badCount > 0) return wrong(list.bad[0]?.say ?? "Type one address.");
    const saved = await save(deps, scope, merged(chosen.people, lines, "add", region));
    const title = around.regions.find(({ id }) => id === line.to)?.title ?? "";
    return saved.ok ? { ok: true, say: `${line.address} is picked for ${title}.` } : saved;
  };

/** Takes people out of what was picked; null: all of the region. */
export const unpickPeople =
  (deps: Deps) =>
  async (scope: TenantScope, region: string, addresses: readonly string[] | null): Promise<ActionAnswer> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const chosen = chosenIn(setup.value);
    const held = picked(chosen, region);
    const left = addresses === null ? [] : held.filter((address) => !addresses.includes(address));
    if (left.length === held.length) return no("rejected", "Nobody was ticked, so nothing changed.", { fix: "Tick whom to take out." });
    const saved = await save(deps, scope, { ...chosen.people, [region]: left });
    return saved.ok ? { ok: true, say: `${people(held.length - left.length)} taken out.` } : saved;
  };
