/** Looks at every step of a setup in the same waves, so that the task list tells the truth of now. */
import { ok, type Result } from "@/lib/base/result";
import { lookAtAll } from "@/lib/engine/look";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import { noteLook } from "./note-look";
import { loadSetup, type Setup } from "./setup";
import { remembered } from "./standing";

/** Whether every step that may start was looked at within this time, in ms. */
function isFresh(setup: Setup, withinMs: number): boolean {
  const since = setup.tenant.world.now() - withinMs;
  return setup.steps.every((step) => (remembered(setup, step)?.at ?? 0) >= since);
}

/** @param withinMs a look that is younger than this will do. */
export const checkAll =
  (deps: Deps) =>
  async (scope: TenantScope, withinMs = 0): Promise<Result<null>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    if (setup.value.stored.tenant.access === null || isFresh(setup.value, withinMs)) return ok(null);
    await deps.clock.refresh(); // what waits is judged by the time of now
    const { tenant, given, steps } = setup.value;
    const seen = await lookAtAll(
      steps.map((step) => ({ step, settings: setup.value.settings(step) })),
      tenant,
      given,
    );
    for (const step of steps) {
      const one = seen.get(step.id);
      if (one) await noteLook(deps, setup.value, step, one);
    }
    return ok(null);
  };
