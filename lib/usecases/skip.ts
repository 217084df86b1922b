/** A step may be skipped with a written reason, and taken up again. Both are events: the status is folded from them. */
import { no } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import { skipKinds } from "@/lib/store/pages";
import type { Deps } from "./deps";
import { stepById } from "./setup";
import { noSuchStep } from "./step";
import type { ActionAnswer } from "./views";

const MOST = 1_000;

export const skip =
  (deps: Deps) =>
  async (scope: TenantScope, id: string, reason: string): Promise<ActionAnswer> => {
    const step = stepById(id);
    if (!step) return noSuchStep();
    if (!step.canSkip)
      return no("rejected", "This step can't be skipped: later steps would lose mail without it.", {
        fix: "Do it, or leave the setup as it is for now.",
      });
    const said = reason.trim();
    if (said.length < 3 || said.length > MOST)
      return {
        ...no("rejected", "A step is skipped with a reason, so that others understand it later.", { fix: "Write one sentence." }),
        fields: { reason: said.length > MOST ? `Use at most ${MOST} characters.` : "Write why this step is not needed." },
      };
    await deps.store.events.add(scope, { kind: "skipped", at: deps.clock.now(), step: id, detail: { reason: said } });
    return { ok: true, say: "Skipped." };
  };

export const unskip =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    if (!stepById(id)) return noSuchStep();
    const last = (await deps.store.events.lastOfEachStep(scope, skipKinds)).find((e) => e.step === id);
    if (last?.kind === "skipped") await deps.store.events.add(scope, { kind: "unskipped", at: deps.clock.now(), step: id });
    return { ok: true, say: "The step is back on the list." };
  };
