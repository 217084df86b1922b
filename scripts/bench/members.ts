/** Ten thousand members of a journaling list, from a CSV: a new list, our list again, and somebody else's, whose run is killed in the middle. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { timed } from "./numbers";
import { type Guest, openPlace, type Place } from "./place";
import { at, bounded, type Row } from "./report";
import { startWorkerProcess } from "./worker-process";

const PEOPLE = 10_000;
const MOVED = 500;
const MISSING = 300;
/** The worker is killed when so many are in the list. */
const DIES_AT = 120;
const STEP = "journal-regions";
const LOOK_MS = 100;
const ENDS_WITHIN_MS = 10 * 60_000;
/** Whoever is silent for so long is taken for dead; by then every read shows every write, too. */
const SILENCE_MS = 120_000;

const receivedShape = z.array(
  z.looseObject({
    service: z.string(),
    path: z.string(),
    status: z.number(),
    cmdlet: z.string().optional(),
    part: z.literal(true).optional(),
  }),
);
type Received = z.infer<typeof receivedShape>[number];
const groupsShape = z.looseObject({ groups: z.array(z.looseObject({ address: z.string(), members: z.array(z.string()) })) });

type Seat = Place & Guest & { readonly at: (part: string) => string };
const person = (number: number) => `person-${String(number).padStart(5, "0")}`;
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

async function read(seat: Place, path: string): Promise<unknown> {
  const answer = await seat.sandbox.http.request({
    service: "The sandbox",
    method: "GET",
    url: `${seat.sandbox.url}/sandbox/${path}`,
    idempotent: true,
  });
  if (!answer.ok) throw new Error(answer.problem.say);
  return JSON.parse(answer.value.body.toString());
}
const received = async (seat: Seat): Promise<readonly Received[]> =>
  receivedShape.parse(await read(seat, `received?tenant=${seat.tenant.id}`));
const membersOf = async (seat: Seat, part: string): Promise<readonly string[]> =>
  groupsShape.parse(await read(seat, `tenants/${seat.tenant.id}`)).groups.find(({ address }) => address === seat.at(part))?.members ?? [];

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: { readonly say: string } };
function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.problem.say);
  return answer.value;
}
function saved(answer: { readonly ok: true } | { readonly ok: false; readonly problem: { readonly say: string } }): void {
  if (!answer.ok) throw new Error(`${answer.problem.say} ${JSON.stringify(answer)}`);
}

/** Two regions, whose lists have these addresses; people are picked by list. */
async function arrives(place: Place, lists: Readonly<Record<"us" | "eu", string>>): Promise<Seat> {
  const guest = await place.guest("big-directory");
  const domain = guest.tenant.domains.find(({ id }) => !id.endsWith(".onmicrosoft.com"))?.id ?? "";
  const at = (part: string) => `${part}@${domain}`;
  const { uc } = place;
  saved(
    await uc.saveSettings(guest.scope, "choose-domains", { domains: [domain], profile: "area1", regions: ["us"], tracks: ["journaling"] }),
  );
  saved(await uc.saveSettings(guest.scope, "journal-connector", { regions: ["us", "eu"] }));
  saved(await uc.skip(guest.scope, "journal-connector", "No gateway carries outgoing mail here."));
  saved(await uc.saveSettings(guest.scope, STEP, { by: "picked", "lists.us": at(lists.us), "lists.eu": at(lists.eu) }));
  must(await uc.checkAll(guest.scope));
  return { ...place, ...guest, at };
}

const csv = (seat: Seat, region: string, all: readonly number[]): string =>
  ["Address,Region", ...all.map((number) => `${seat.at(person(number))},${region}`)].join("\r\n");

type Loaded = { readonly lines: number; readonly checkedMs: number; readonly savedMs: number };

/** As a person does: looks at what would be, then saves the good lines. */
async function uploads(seat: Seat, text: string, mode: "add" | "replace"): Promise<Loaded> {
  const checked = await timed(() => seat.uc.regionPeople.check(seat.scope, { text, region: "eu" }));
  saved(checked.value);
  const good = checked.value.list?.goodLines ?? "";
  const kept = await timed(() => seat.uc.regionPeople.save(seat.scope, { text: good, region: "eu" }, mode));
  saved(kept.value);
  return { lines: good.split("\n").length, checkedMs: checked.ms, savedMs: kept.ms };
}

type Counted = { readonly writes: number; readonly reads: number; readonly people: number; readonly members: number };

/** Requests by what they do. A batch is one request, its parts are cmdlets. */
function count(calls: readonly Received[]): Counted {
  const cmdlets = (fits: RegExp) => calls.filter(({ cmdlet = "" }) => fits.test(cmdlet)).length;
  const writes = cmdlets(/^(New|Set|Add|Remove|Update)-/);
  return {
    writes,
    reads: calls.filter(({ service, part }) => part === undefined && (service === "graph" || service === "exchange")).length - writes,
    people: calls.filter(({ service, path, part }) => service === "graph" && part === undefined && path.includes("/users")).length,
    members: cmdlets(/^Get-DistributionGroupMember$/),
  };
}

async function planned(seat: Seat): Promise<{ readonly ms: number; readonly run: string; readonly changes: number }> {
  const { ms, value } = await timed(async () => {
    const { href } = must(await seat.uc.makePlan(seat.scope, STEP, "us", false));
    return must(await seat.uc.plan(seat.scope, seat.visitor, /plan\/([0-9a-f-]+)/.exec(href)?.[1] ?? ""));
  });
  saved(await seat.uc.agree(seat.scope, value.id, { chosen: value.changes.map((change) => change.key) }));
  return { ms, run: value.id, changes: value.changes.length };
}

const runOf = async (seat: Seat, id: string) => must(await seat.uc.run(seat.scope, seat.visitor, id));

const told = ({ writes, reads, people, members }: Counted, persons: number): string =>
  `${at(writes)} writes (${at(writes / persons, 4)} a person), ${at(reads)} requests that read (${at(people)} pages of people, ${at(members)} of members)`;

/** A plan, agreed to and carried out, and what the services saw of it. */
async function carried(seat: Seat, name: string, most: number, persons: number, loaded: Loaded): Promise<Row> {
  const before = (await received(seat)).length;
  const { ms, run } = await planned(seat);
  const done = await timed(() => seat.uc.work.carryOut({ tenant: seat.scope.tenant, run }));
  const { state, problem } = await runOf(seat, run);
  if (state !== "done") throw new Error(`${name} is ${state}: ${problem?.say ?? ""}`);
  const counted = count((await received(seat)).slice(before));
  await seat.wait(SILENCE_MS);
  const took = `${at(loaded.lines)} lines checked in ${at(loaded.checkedMs)} ms and saved in ${at(loaded.savedMs)} ms, planned in ${at(ms)} ms, carried out in ${at(done.ms)} ms`;
  return bounded(name, counted.writes, most, { result: `${told(counted, persons)}; ${took}`, bound: `${most} lists differ` });
}

/** @throws when a list is not exactly this: a fast wrong list is no result. */
async function expectMembers(seat: Seat, part: string, wanted: readonly string[]): Promise<void> {
  const held = await membersOf(seat, part);
  const is = new Set(held);
  const wrong = wanted.filter((one) => !is.has(one)).length + held.length - wanted.length;
  if (wrong !== 0 || is.size !== held.length)
    throw new Error(`${part} has ${held.length} members (${is.size} different), not ${wanted.length}.`);
}

async function ourLists(place: Place): Promise<readonly Row[]> {
  const seat = await arrives(place, { us: "journal-us", eu: "journal-eu" });
  const all = numbers(PEOPLE);
  const others = seat.tenant.users.map(({ upn }) => upn);
  const first = await carried(
    seat,
    `New list of ${at(PEOPLE)} people from a CSV`,
    2,
    PEOPLE,
    await uploads(seat, csv(seat, "eu", all), "replace"),
  );
  await expectMembers(
    seat,
    "journal-eu",
    all.map((number) => seat.at(person(number))),
  );

  const loaded = await uploads(seat, csv(seat, "us", numbers(MOVED)), "add");
  const again = await carried(seat, `Our lists again, ${MOVED} of them moved to the other`, 2, MOVED, loaded);
  await expectMembers(
    seat,
    "journal-eu",
    numbers(PEOPLE - MOVED, MOVED + 1).map((number) => seat.at(person(number))),
  );
  await expectMembers(seat, "journal-us", [...others, ...numbers(MOVED).map((number) => seat.at(person(number)))]);
  return [first, again];
}

type Watched = { readonly ms: number; readonly seen: readonly number[]; readonly killedAt: number };

/** Until the run is over: its progress as the page shows it, and the worker killed once. */
async function watch(seat: Seat, run: string): Promise<Watched> {
  const began = performance.now();
  const seen = new Set<number>();
  let worker = await startWorkerProcess(seat.settings);
  let killedAt = 0;
  try {
    while (performance.now() - began < ENDS_WITHIN_MS) {
      const { state, done, problem } = await runOf(seat, run);
      seen.add(done);
      if (state === "done") return { ms: performance.now() - began, seen: [...seen], killedAt };
      if (state === "stopped") throw new Error(problem?.say ?? "The run stopped.");
      if (killedAt === 0 && done >= DIES_AT) {
        await worker.kill("SIGKILL");
        killedAt = (await runOf(seat, run)).done;
        await seat.wait(SILENCE_MS);
        worker = await startWorkerProcess(seat.settings);
      }
      await pause(LOOK_MS);
    }
    throw new Error("The run was not over in time.");
  } finally {
    await worker.kill("SIGTERM");
  }
}

/** Others made both lists. Of the people who belong into one of them three hundred are missing. */
async function theirList(place: Place): Promise<readonly Row[]> {
  const seat = await arrives(place, { us: "us-staff", eu: "eu-staff" });
  const group = (part: string, members: readonly string[]) => ({ id: crypto.randomUUID(), name: part, address: seat.at(part), members });
  const inList = numbers(PEOPLE - MISSING, MISSING + 1).map((number) => seat.at(person(number)));
  const groups = [
    group(
      "us-staff",
      seat.tenant.users.map(({ upn }) => upn),
    ),
    group("eu-staff", inList),
  ];
  await seat.sandbox.control(`tenants/${seat.tenant.id}/edit`, { path: "groups", value: groups });
  await uploads(seat, csv(seat, "eu", numbers(PEOPLE)), "replace");
  const before = (await received(seat)).length;
  const { ms, run, changes } = await planned(seat);
  if (changes !== MISSING) throw new Error(`The plan has ${changes} changes.`);
  const { ms: took, seen, killedAt } = await watch(seat, run);
  const calls = (await received(seat)).slice(before);
  const counted = count(calls);
  await expectMembers(
    seat,
    "eu-staff",
    numbers(PEOPLE).map((number) => seat.at(person(number))),
  );
  const twice = calls.filter(({ cmdlet, status }) => cmdlet === "Add-DistributionGroupMember" && status < 300).length - MISSING;
  const result = `${told(counted, MISSING)}; planned in ${at(ms)} ms, over after ${at(took / 1_000)} s with both starts of the worker`;
  return [
    bounded(`Somebody else's list of ${at(PEOPLE)}, ${MISSING} of them missing`, counted.writes, MISSING + 1, {
      result,
      bound: `${MISSING} people, and 1 for the kill`,
    }),
    bounded("People put in twice, or lost, by a worker killed in between", Math.abs(twice), 0, {
      result: `${twice} of ${MISSING}; killed after ${killedAt}; the page showed ${seen.length} places in between`,
      bound: "none",
    }),
  ];
}

export async function members(): Promise<readonly Row[]> {
  const place = await openPlace("bench-members");
  try {
    return [...(await ourLists(place)), ...(await theirList(place))];
  } finally {
    await place.close();
  }
}
