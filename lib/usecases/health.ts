/** Whether Cutover can do its work: database, worker and clouds, each told apart. */
import { SWEEP } from "./access";
import type { Deps, Part } from "./deps";

export type Health = {
  /** Database and worker; a cloud that is down does not take us down. */ readonly ok: boolean;
  readonly parts: readonly Part[];
};

const WORKER_LATE_MS = 60_000;

async function part(deps: Deps, name: string, ask: () => Promise<string>): Promise<Part> {
  const began = deps.wall.now();
  try {
    const say = await ask();
    return { name, ok: say === "", ms: deps.wall.now() - began, say };
  } catch (error) {
    deps.log.warn({ err: error, part: name }, "A part does not answer");
    return { name, ok: false, ms: deps.wall.now() - began, say: "does not answer" };
  }
}

async function workerSays(deps: Deps): Promise<string> {
  const { workers, oldestMs } = await deps.store.jobs.state(SWEEP);
  if (workers === 0) return "no worker is running";
  return oldestMs > WORKER_LATE_MS ? `a job has waited for ${Math.round(oldestMs / 1_000)} seconds` : "";
}

export const health = (deps: Deps) => async (): Promise<Health> => {
  const [database, worker, clouds] = await Promise.all([
    part(deps, "database", async () => {
      await deps.store.ping();
      return "";
    }),
    part(deps, "worker", () => workerSays(deps)),
    deps.pingClouds(),
  ]);
  return { ok: database.ok && worker.ok, parts: [database, worker, ...clouds] };
};
