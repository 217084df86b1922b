/** From one use case to another in a tenant with many mail flow rules of its own: how often it is read and what is written, against beginning from scratch. */
import { isDeepStrictEqual } from "node:util";
import { look } from "@/lib/engine/look";
import { undoing } from "@/lib/engine/undo";
import { nothingIsMine } from "@/lib/model/mine";
import { mineOf } from "@/lib/model/plan";
import type { Known } from "@/lib/model/query";
import { messageHandling } from "@/lib/steps/message-handling";
import { loadSetup, type Setup } from "@/lib/usecases/setup";
import type { Objects } from "./control";
import type { Customer, House } from "./house";
import { listening } from "./listening";
import { median, timed } from "./numbers";
import { ownRules } from "./own-rules";
import { at, bounded, type Row, told } from "./report";

const RULES = 250;
const STEP = messageHandling.id;
const BEFORE = ["inbound-connector", "enhanced-filtering"];
const FIRST = "1";
const THEN = ["2", "3", "4", "5", FIRST];
/** A reading before anything is written, and one that shows what came of it. */
const MOST_WAVES = 2;

type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: { readonly say: string } };
function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.problem.say);
  return answer.value;
}

/** What the people of the tenant and the worker do, each heard. */
function acts(house: House, { scope, visitor }: Customer) {
  const { uc, during } = listening(house);
  const plan = async (step: string) => {
    const { href } = must(await uc.makePlan(scope, step, "us", false));
    return must(await uc.plan(scope, visitor, /plan\/([0-9a-f-]+)/.exec(href)?.[1] ?? ""));
  };
  const carryOut = async (id: string): Promise<void> => {
    await uc.work.carryOut({ tenant: scope.tenant, run: id });
    const run = must(await uc.run(scope, visitor, id));
    if (run.state !== "done") throw new Error(`The run of ${run.title} is ${run.state}: ${run.problem?.say ?? ""}`);
  };
  return {
    choose: async (useCase: string): Promise<void> => {
      const saved = await uc.saveSettings(scope, STEP, { ...formOf(useCase) });
      if (!saved.ok) throw new Error(saved.problem.say);
    },
    /** A plan, agreed to and carried out: what each of the two took. */
    does: async (step: string) => {
      const planned = await during(() => plan(step));
      const chosen = planned.value.changes.map((change) => change.key);
      const agreed = await uc.agree(scope, planned.value.id, { chosen });
      if (!agreed.ok) throw new Error(agreed.problem.say);
      return { planned, carried: await during(() => carryOut(planned.value.id)) };
    },
  };
}

const formOf = (useCase: string) => ({
  useCase,
  plan: "Advantage",
  spoofClean: "no",
  enhancedDetections: "no",
  cadence: "keep",
  retention: "30",
  moveRules: [],
  entered: [],
});

/** Objects that one state has and the other has not, or has otherwise: none of them comes about without a write. */
function differing(before: Objects, after: Objects): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((kind) => {
    const [was, is] = [before[kind] ?? {}, after[kind] ?? {}];
    const names = new Set([...Object.keys(was), ...Object.keys(is)]);
    return [...names].filter((name) => !isDeepStrictEqual(was[name], is[name])).map((name) => `${kind} ${name}`);
  });
}

const setupOf = async ({ deps }: House, { scope }: Customer): Promise<Setup> => must(await loadSetup(deps, scope));

/** Writes, if everything were taken back first and the other use case then set up in what was there before us. */
async function fromScratch(house: House, customer: Customer, untouched: Known): Promise<number> {
  const setup = await setupOf(house, customer);
  const mine = mineOf(setup.tenant.ledger.entries(), STEP);
  const back = await look(undoing(messageHandling, mine), {}, setup.tenant);
  const now = setup.tenant.world.now();
  const forth = messageHandling.judge(setup.settings(messageHandling), setup.profile, untouched, now, nothingIsMine);
  return back.changes.length + forth.changes.length;
}

type Switched = { readonly name: string; readonly ms: number; readonly waves: readonly [number, number]; readonly row: Row };

/** One switch, counted by what the sandbox received. */
async function switched(house: House, customer: Customer, untouched: Known, [from, to]: readonly [string, string]): Promise<Switched> {
  const { choose, does } = acts(house, customer);
  const { objects, writes } = house.control;
  await choose(to);
  const scratch = await fromScratch(house, customer, untouched);
  const [before, written] = [await objects(customer.tenant), await writes(customer.tenant)];
  const { planned, carried } = await does(STEP);
  const needed = differing(before, await objects(customer.tenant)).length;
  const made = (await writes(customer.tenant)).slice(written.length);
  const ms = planned.ms + carried.ms;
  const name = `Use case ${from} to ${to}`;
  const result = `${made.length} writes, from scratch ${scratch}; planned in ${at(planned.ms)} ms, carried out in ${at(carried.ms)} ms`;
  const row = bounded(name, made.length, needed, { result, bound: `${needed} objects differ` });
  return { name, ms, waves: [planned.waves.length, carried.waves.length], row };
}

async function began(house: House): Promise<{ readonly customer: Customer; readonly untouched: Known; readonly row: Row }> {
  const customer = await house.customer("many");
  await house.control.edit(customer.tenant.id, "exchange.TransportRule", ownRules(RULES));
  await house.uc.checkAll(customer.scope);
  const { choose, does } = acts(house, customer);
  for (const step of BEFORE) await does(step);
  const { tenant } = await setupOf(house, customer);
  const { known: untouched } = await look(messageHandling, messageHandling.atFirst, tenant);
  await choose(FIRST);
  const before = await house.control.writes(customer.tenant);
  const { ms } = await timed(() => does(STEP));
  const made = (await house.control.writes(customer.tenant)).slice(before.length);
  const row = told(`Use case ${FIRST}, ${RULES} rules there before`, `${made.length} writes in ${at(ms)} ms`);
  return { customer, untouched, row };
}

/** Through all five, and back to the first. */
async function around(house: House, customer: Customer, untouched: Known): Promise<readonly Switched[]> {
  const all: Switched[] = [];
  let from = FIRST;
  for (const to of THEN) {
    all.push(await switched(house, customer, untouched, [from, to]));
    from = to;
  }
  return all;
}

function wavesRow(all: readonly Switched[]): Row {
  const [planned, carried] = [0, 1].map((nth) => Math.max(...all.map(({ waves }) => waves[nth] ?? 0)));
  const result = `${planned} for the plan; ${carried} to carry it out and read it back`;
  return bounded("Waves of a switch", Math.max(planned ?? 0, carried ?? 0), MOST_WAVES, { result, bound: String(MOST_WAVES) });
}

export async function useCaseSwitch(house: House): Promise<readonly Row[]> {
  const { customer, untouched, row } = await began(house);
  const before = await house.control.objects(customer.tenant);
  await around(house, customer, untouched);
  const all = await around(house, customer, untouched);
  const times = all.map(({ ms }) => ms);
  const changed = differing(before, await house.control.objects(customer.tenant)).length;
  return [
    row,
    ...all.map((one) => one.row),
    wavesRow(all),
    told("Time of a switch", `${at(median(times))} ms (${at(Math.min(...times))} to ${at(Math.max(...times))})`),
    bounded("What differs after ten switches, back at the first", changed, 0, { result: `${changed} objects`, bound: "none" }),
  ];
}
