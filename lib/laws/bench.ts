/** A tenant of the engine over the in-memory one, and a person who plans, agrees, waits and does by hand what is asked. */
import type { Problem } from "@/lib/base/result";
import { look, type Seen } from "@/lib/engine/look";
import { run } from "@/lib/engine/run";
import { undoing } from "@/lib/engine/undo";
import type { Tenant } from "@/lib/engine/world";
import { callOf } from "@/lib/model/call";
import { type Change, digest, isListEdit } from "@/lib/model/change";
import { factsOf } from "@/lib/model/nouns";
import { type Entry, mineOf, type Outcome, type Plan, type Way } from "@/lib/model/plan";
import type { RawMoment } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { organizationCustomization } from "@/lib/steps/organization-customization";
import type { Step } from "@/lib/steps/shape";
import { type Obj, objects, type State } from "./state";
import { FakeTenant, Killed } from "./tenant";

export type Bench = Tenant & { readonly fake: FakeTenant };

const ACTOR = { kind: "admin", id: "admin", name: "Contoso admin" } as const;

function memory() {
  const held = new Map<string, readonly (RawMoment & { readonly said: string })[]>();
  return {
    moments: () => held,
    remember: async (answers: readonly { readonly name: string; readonly raw: unknown; readonly said: string; readonly at: number }[]) => {
      for (const { name, raw, said, at } of answers) {
        const all = held.get(name) ?? [];
        const last = all.at(-1);
        held.set(name, last?.said === said ? [...all.slice(0, -1), { ...last, last: at }] : [...all, { raw, said, first: at, last: at }]);
      }
    },
  };
}

/** A list of an object in memory is edited as the portal would. */
const setByHand =
  (c: Change) =>
  (o: Obj): Obj => ({
    ...o,
    ...Object.fromEntries(Object.entries(c.edits).map(([property, e]) => [property, isListEdit(e) ? e.whole : e.to])),
    ...(c.kind === "mx" && Array.isArray(o["servers"]) ? { servers: o["servers"].map((s: object) => ({ ...s, ttl: ttlOf(c) })) } : {}),
  });
const ttlOf = (c: Change) => {
  const e = c.edits["ttl"];
  return e && !isListEdit(e) ? e.to : null;
};

/** One change made by whoever stands at the console: us, a person or a stranger. */
export function make(fake: FakeTenant, c: Change) {
  if (factsOf(c.kind).asked.cloud === "dns") return fake.setDns(c.kind, c.key, setByHand(c));
  const { cmdlet, parameters } = callOf(c);
  return fake.invoke(cmdlet, parameters);
}

export function benchOf(start: State, profile: Profile, lag = 0): Bench {
  const fake = new FakeTenant(start);
  fake.lag = lag;
  const entries: Entry[] = [];
  return {
    fake,
    profile,
    actor: ACTOR,
    memory: memory(),
    ledger: {
      entries: () => entries,
      write: async (entry) => {
        fake.spark();
        entries.push(entry);
        fake.spark();
      },
    },
    world: {
      ask: async (asks) => fake.ask(asks),
      make: async (c) => {
        const { cmdlet, parameters } = callOf(c);
        return fake.invoke(cmdlet, parameters);
      },
      now: () => fake.clock,
    },
  };
}

/** Long enough for every noun's write to be shown. */
export const rest = ({ fake }: Bench): void => {
  fake.clock += 25 * 3_600_000;
};

export async function planFor(id: string, step: Step, settings: unknown, bench: Bench, way: Way = "us"): Promise<Plan> {
  const { changes } = await look(step, settings, bench);
  return { id, step: step.id, isUndo: false, settings, changes, digest: digest(changes), way };
}

/** What the person does between two tries of a run. */
async function between(plan: Plan, outcome: Outcome, bench: Bench, pause: number): Promise<void> {
  if (outcome.state === "needs-you")
    for (const e of bench.ledger.entries()) if (e.what === "asked" && e.run === plan.id) make(bench.fake, e.change);
  if (outcome.state === "waiting") await until(outcome.problem, bench);
  bench.fake.clock += pause;
}

async function until(problem: Problem, bench: Bench): Promise<void> {
  const isDehydrated = objects(bench.fake.state, "OrganizationConfig")[0]?.["IsDehydrated"] === true;
  if (problem.step === organizationCustomization.id && isDehydrated) await applied(organizationCustomization, {}, bench, "customise");
  bench.fake.clock = Math.max(bench.fake.clock, problem.retryAt ?? 0);
}

/** Begins a run again, after a kill, a wait or a task by hand, until it is done or stopped for good. */
export async function through(plan: Plan, step: Step, bench: Bench, pause = 400_000): Promise<Outcome> {
  for (let turn = 0; turn < 60; turn++) {
    try {
      const outcome = await run({ plan, step, tenant: bench });
      if (outcome.state === "done" || outcome.state === "stopped") return outcome;
      await between(plan, outcome, bench, pause);
    } catch (e) {
      if (!(e instanceof Killed)) throw e;
      bench.fake.clock += pause;
    }
  }
  throw new Error(`${step.id}: the run is never done`);
}

export async function applied(
  step: Step,
  settings: unknown,
  bench: Bench,
  id = "run",
): Promise<{ readonly plan: Plan; readonly outcome: Outcome }> {
  const plan = await planFor(id, step, settings, bench);
  const outcome = plan.changes.length > 0 ? await through(plan, step, bench) : ({ state: "done" } as const);
  rest(bench);
  return { plan, outcome };
}

export async function undone(step: Step, bench: Bench, id = "undo") {
  return applied(undoing(step, mineOf(bench.ledger.entries(), step.id)), {}, bench, id);
}

export const lookAt = (step: Step, settings: unknown, bench: Bench): Promise<Seen> => look(step, settings, bench);
