/** For tests of the use cases: what a person, a worker and the outside do, as verbs over a practice house. Not used by the product. */
import { z } from "zod";
import type { Way } from "@/lib/model/plan";
import { catalogue } from "@/lib/steps/index";
import type { Job } from "@/lib/store/jobs";
import { cutover } from "./cutover";
import type { Deps } from "./deps";
import type { Customer, Practice } from "./practice";
import type { PlanView, RunView } from "./views";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** An id that no address of ours ever holds. */
export const NOT_AN_ID = "1; drop table run";

const receivedShape = z.array(
  z.looseObject({
    at: z.number(),
    service: z.string(),
    method: z.string(),
    path: z.string(),
    status: z.number(),
    cmdlet: z.string().optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    part: z.literal(true).optional(),
  }),
);
export type Received = z.infer<typeof receivedShape>[number];

const objectShape = z.looseObject({ Guid: z.string(), Name: z.string() });
const comparedShape = z.object({ differences: z.array(z.string()) });
const stateShape = z.looseObject({ exchange: z.record(z.string(), z.array(objectShape)) });

/** Only what is certain to be there is asked for: a failed step of a test says which sentence the product gave. */
function must<T>(answer: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: { readonly say: string } }): T {
  if (!answer.ok) throw new Error(answer.problem.say);
  return answer.value;
}

/** `deps` and `uc` of another process over the same database may be given in place of the house's own. */
export function verbs(house: Practice, uc: Practice["uc"] = house.uc) {
  const read = async (path: string): Promise<unknown> => {
    const url = `${house.sandbox.url}/sandbox/${path}`;
    const answer = await house.sandbox.http.request({ service: "The sandbox", method: "GET", url, idempotent: true });
    return JSON.parse(must(answer).body.toString());
  };

  const plan = async ({ scope, visitor }: Customer, step: string, more: { readonly way?: Way; readonly isUndo?: boolean } = {}) => {
    const { href } = must(await uc.makePlan(scope, step, more.way ?? "us", more.isUndo ?? false));
    const id = /plan\/([0-9a-f-]+)/.exec(href)?.[1] ?? "";
    return must(await uc.plan(scope, visitor, id));
  };

  /** Everything ticked, and the domain typed where it is asked for, as a person would. */
  const agree = async ({ scope }: Customer, shown: PlanView, chosen = shown.changes.map((c) => c.key)): Promise<string> => {
    const answer = await uc.agree(scope, shown.id, { chosen, typed: shown.typeOneOf[0] ?? "" });
    if (!answer.ok) throw new Error(answer.problem.say);
    return shown.id;
  };

  const carryOut = ({ scope }: Customer, run: string): Promise<void> => uc.work.carryOut({ tenant: scope.tenant, run });
  const run = async ({ scope, visitor }: Customer, id: string): Promise<RunView> => must(await uc.run(scope, visitor, id));
  const fresh = async ({ scope }: Customer, step: string) => must(await uc.stepFresh(scope, step));
  const stored = async ({ scope, visitor }: Customer, step: string) => must(await uc.stepStored(scope, visitor, step));

  return {
    /** Of the sandbox's control. */
    read,
    plan,
    agree,
    carryOut,
    run,
    fresh,
    stored,
    /** Looks, and says where the step stands. */
    status: async (customer: Customer, step: string) => {
      await fresh(customer, step);
      return (await stored(customer, step)).status.code;
    },
    /** Plan, agree and carry out. */
    does: async (customer: Customer, step: string, more: { readonly way?: Way; readonly isUndo?: boolean } = {}): Promise<RunView> => {
      const id = await agree(customer, await plan(customer, step, more));
      await carryOut(customer, id);
      return run(customer, id);
    },
    chooseDomains: async ({ tenant, scope }: Customer, profile = "cloudflare") => {
      const domains = tenant.domains.map((d) => d.id).filter((d) => !d.endsWith("onmicrosoft.com"));
      const saved = await uc.saveSettings(scope, "choose-domains", { domains, profile });
      if (!saved.ok) throw new Error(JSON.stringify(saved.problem));
      must(await uc.checkAll(scope));
      return domains;
    },

    /** A worker of its own, that tells which jobs its sweeps gave out. */
    worker: () => worker(house.deps),
    /** One sweep of the worker, and every job it gave out for this tenant, carried out by hand. */
    sweep: (customer: Customer) => sweep(house.deps, uc, customer),

    /** The clock moves on, for the sandbox and for us. */
    wait: async (ms: number) => {
      await house.sandbox.advance(ms);
      await house.deps.clock.refresh();
    },
    fault: ({ tenant }: Customer, fault: Readonly<Record<string, unknown>>) =>
      house.sandbox.control("faults", { tenant: tenant.id, service: "exchange", ...fault }),
    /** Somebody else changes something in the tenant. */
    edit: ({ tenant }: Customer, path: string | readonly string[], value: unknown) =>
      house.sandbox.control(`tenants/${tenant.id}/edit`, { path, value }),
    dns: (edit: Readonly<Record<string, unknown>>) => house.sandbox.control("dns", edit),
    /** Everything of the tenant, normalised, to compare a later state with. */
    state: ({ tenant }: Customer): Promise<unknown> => read(`state?tenant=${tenant.id}`),
    differencesFrom: async ({ tenant }: Customer, before: unknown): Promise<readonly string[]> =>
      comparedShape.parse(await house.sandbox.control("compare", { tenant: tenant.id, with: before })).differences,
    /** Exchange's objects of a kind, as they are and not as a read shows them. */
    objects: async ({ tenant }: Customer, noun: string) => stateShape.parse(await read(`tenants/${tenant.id}`)).exchange[noun] ?? [],
    received: async ({ tenant }: Customer): Promise<readonly Received[]> => receivedShape.parse(await read(`received?tenant=${tenant.id}`)),
    /** Writes that were carried out. */
    written: async (customer: Customer, cmdlet: string): Promise<readonly Received[]> =>
      receivedShape.parse(await read(`received?tenant=${customer.tenant.id}`)).filter((one) => one.cmdlet === cmdlet && one.status < 300),
  };
}

function worker(deps: Deps) {
  const given: Job[] = [];
  const { store } = deps;
  const enqueue: typeof store.jobs.enqueue = async (scope, job) => {
    given.push(job);
    await store.jobs.enqueue(scope, job);
  };
  const { due } = cutover({ ...deps, store: { ...store, jobs: { ...store.jobs, enqueue } } }).work;
  return {
    due,
    /** How often a job with this in its payload was given out. */
    timesGiven: (payload: Readonly<Record<string, unknown>>) =>
      given.filter((job) => Object.entries(payload).every(([name, value]) => job.payload[name] === value)).length,
  };
}

/** The sweep enqueues; no queue runs here, so what it would have begun is done at once. */
async function sweep(deps: Deps, uc: Practice["uc"], { scope }: Customer): Promise<void> {
  await deps.clock.refresh();
  await uc.work.due();
  for (const { id } of catalogue) {
    const [watch] = await deps.store.watches.all(scope, id);
    if (watch?.state === "watching" && watch.dueAt <= deps.clock.now()) await uc.work.lookAgain({ tenant: scope.tenant, step: id });
  }
  for (const run of await deps.store.runs.lastOfEachStep(scope))
    if (run.state === "queued") await uc.work.carryOut({ tenant: scope.tenant, run: run.id });
}
