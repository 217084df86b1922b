/** Looks at every step of a setup in the same waves, so that the task list tells the truth of now. */
import { ok, type Result } from "@/lib/base/result";
import { lookAtAll } from "@/lib/engine/look";
import type { TenantScope } from "@/lib/model/scope";
import { catalogue } from "@/lib/steps/index";
import type { Deps } from "./deps";
import { noteLook } from "./note-look";
import { loadSetup } from "./setup";

export const checkAll =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<Result<null>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const { tenant, given } = setup.value;
    const seen = await lookAtAll(
      catalogue.map((step) => ({ step, settings: setup.value.settings(step) })),
      tenant,
      given,
    );
    for (const step of catalogue) {
      const one = seen.get(step.id);
      if (one) await noteLook(deps, setup.value, step, one);
    }
    return ok(null);
  };
