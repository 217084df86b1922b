/** A tenant of the engine over the in-memory one, and a person who plans, agrees, waits and does by hand what is asked. */
import type { Problem } from "@/lib/base/result";
import { look, type Seen } from "@/lib/engine/look";
import { run } from "@/lib/engine/run";
import { undoing } from "@/lib/engine/undo";
import type { Tenant } from "@/lib/engine/world";
import { callOf, noteAfter } from "@/lib/model/call";
import { type Change, digest, isListEdit } from "@/lib/model/change";
import { factsOf, readRows } from "@/lib/model/nouns";
import { changesOf, type Entry, mineOf, type Outcome, type Plan, type Way } from "@/lib/model/plan";
import type { RawMoment } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { organizationCustomization } from "@/lib/steps/organization-customization";
import type { Step } from "@/lib/steps/shape";
import { objects, type State } from "./state";
import { FakeTenant, Killed, type Put } from "./tenant";

export type Bench = Tenant & { readonly fake: FakeTenant };

const ACTOR = { kind: "admin", id: "admin", name: "Contoso admin" } as const;

type Held = RawMoment & { readonly said: string };

/** We have looked at the mail records for a month: waits that begin with the first look are over, those that begin with a change are not. */
const LOOKED_MS = 30 * 86_400_000;
function looked({ state, clock }: FakeTenant): ReadonlyMap<string, readonly Held[]> {
  return new Map(
    objects(state, "mx").map((o) => {
      const rows = readRows("mx", [o]);
      return [`mx/${o.Guid}`, [{ raw: [o], said: JSON.stringify(rows.ok ? rows.value : []), first: clock - LOOKED_MS, last: clock - 10 }]];
    }),
  );
}

function memory(fake: FakeTenant) {
  const held = new Map(looked(fake));
  return {
    moments: () => held,
    remember: async (answers: readonly { readonly name: string; readonly raw: unknown; readonly said: string; readonly at: number }[]) => {
      for (const { name, raw, said, at } of answers) {
        const all = held.get(name) ?? [];
        const last = all.at(-1);
        held.set(
          name,
          last?.said === said ? [...all.slice(0, -1), { ...last, raw, last: at }] : [...all, { raw, said, first: at, last: at }],
        );
      }
    },
  };
}

const hostsFrom = (written: readonly string[]) =>
  written.map((record) => ({ preference: Number(record.split(" ")[0]), exchange: record.split(" ")[1] ?? "" }));

/** Records are kept as name servers hold them, on each of them. */
function recordsOf(c: Change): Readonly<Record<string, unknown>> {
  const { ttl, hosts } = c.edits;
  return {
    ...(ttl && !isListEdit(ttl) ? { ttl: ttl.to } : {}),
    ...(hosts && isListEdit(hosts) ? { hosts: hostsFrom(hosts.whole) } : {}),
  };
}

/** A list of an object in memory is edited as the portal would. */
const settingsOf = (c: Change): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(c.edits).map(([property, e]) => [property, isListEdit(e) ? e.whole : e.to]));

/** What the vendor keeps of what nobody said at birth. */
const AT_BIRTH = { quarantined: [], ipRestrictions: [], tlsInbound: false, status: "ACTIVE" };

const putOf = (c: Change): Put => ({
  how: c.do,
  kind: c.kind,
  key: c.key,
  name: c.name,
  edit(o) {
    if (c.kind !== "mx") return { ...(c.do === "new" ? AT_BIRTH : {}), ...o, ...settingsOf(c) };
    const records = recordsOf(c);
    return {
      ...o,
      ...records,
      ...(Array.isArray(o["servers"]) ? { servers: o["servers"].map((s: object) => ({ ...s, ...records })) } : {}),
    };
  },
});

const isExchange = (c: Change) => factsOf(c.kind).asked.cloud === "exchange";

/** One change made by whoever stands at the console: us, a person or a stranger. */
export function make(fake: FakeTenant, c: Change) {
  if (!isExchange(c)) return fake.putByHand(putOf(c));
  return invoked(fake, c);
}

/** As we, the portal and the script do it: what came of an act is noted by another call. */
function invoked(fake: FakeTenant, c: Change) {
  const { cmdlet, parameters } = callOf(c);
  const made = fake.invoke(cmdlet, parameters);
  const note = made.ok ? noteAfter(c) : null;
  if (note) fake.invoke(note.cmdlet, { ...note.parameters, LastValidationTimestamp: new Date(fake.clock).toISOString() });
  return made;
}

function madeByUs(fake: FakeTenant, c: Change) {
  if (!isExchange(c)) return fake.put(putOf(c));
  return invoked(fake, c);
}

export function benchOf(start: State, profile: Profile, lag = 0): Bench {
  const fake = new FakeTenant(start);
  fake.lag = lag;
  const entries: Entry[] = [];
  return {
    fake,
    profile,
    actor: ACTOR,
    memory: memory(fake),
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
      make: async (c) => madeByUs(fake, c),
      now: () => fake.clock,
    },
  };
}

/** Long enough for every noun's write to be shown. */
export const rest = ({ fake }: Bench): void => {
  fake.clock += 25 * 3_600_000;
};

/** What only time can change is waited for before anything is planned. */
async function patiently(step: Step, settings: unknown, bench: Bench): Promise<Seen> {
  for (let turn = 0; turn < 20; turn++) {
    const seen = await look(step, settings, bench);
    const waits = seen.checks.filter((c) => step.guards.includes(c.id) && c.verdict === "wait");
    if (waits.length === 0) return seen;
    bench.fake.clock = Math.max(bench.fake.clock, ...waits.map((c) => c.again ?? 0));
  }
  return look(step, settings, bench);
}

export async function planFor(id: string, step: Step, settings: unknown, bench: Bench, way: Way = "us"): Promise<Plan> {
  const { changes } = await patiently(step, settings, bench);
  return { id, isUndo: false, parts: [{ step: step.id, settings, changes }], digest: digest(changes), way };
}

/** What the person does between two tries of a run. */
async function between(plan: Plan, outcome: Outcome, bench: Bench, pause: number): Promise<void> {
  if (outcome.state === "needs-you") {
    for (const e of bench.ledger.entries()) if (e.what === "asked" && e.run === plan.id) make(bench.fake, e.change);
    bench.fake.clock += bench.fake.lag; // what a person does takes a while to be seen, too
  }
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
      const outcome = await run({ plan, stepOf: () => step, tenant: bench });
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
  const outcome = changesOf(plan).length > 0 ? await through(plan, step, bench) : ({ state: "done" } as const);
  rest(bench);
  return { plan, outcome };
}

/** The step that takes back what is ours, held up by whatever has to be taken back before. */
export const undoingIn = (step: Step, bench: Bench): Step =>
  undoing(step, mineOf(bench.ledger.entries(), step.id), {
    settings: step.atFirst,
    profile: bench.profile,
    done: (id) => bench.ledger.entries().filter((e) => e.step === id && e.what === "done"),
  });

export async function undone(step: Step, bench: Bench, id = "undo") {
  return applied(undoingIn(step, bench), {}, bench, id);
}

export const lookAt = (step: Step, settings: unknown, bench: Bench): Promise<Seen> => look(step, settings, bench);
