/** A step may be skipped with a written reason, and taken up again. Both are events: the status is folded from them. */
import { no } from "@/lib/base/result";
import { isStorable } from "@/lib/base/storable";
import type { TenantScope } from "@/lib/model/scope";
import { skipKinds } from "@/lib/store/pages";
import type { RunRow } from "@/lib/store/runs";
import type { Groups } from "@/lib/store/store";
import type { Deps } from "./deps";
import { stepById } from "./setup";
import { noSuchStep } from "./step";
import type { ActionAnswer } from "./views";

const LEAST = 3;
const MOST = 1_000;

function whyNoReason(said: string): ActionAnswer | null {
  if (said.length >= LEAST && said.length <= MOST && isStorable(said)) return null;
  const field =
    said.length > MOST
      ? `Use at most ${MOST} characters.`
      : said.length < LEAST
        ? "Write why this step is not needed."
        : "This holds a character that cannot be kept. Type it anew.";
  return {
    ...no("rejected", "A step is skipped with a reason, so that others understand it later.", { fix: "Write one sentence." }),
    fields: { reason: field },
  };
}

const isAtWork = ({ state }: RunRow) => state === "queued" || state === "running";
const isOpen = ({ state }: RunRow) => state === "needs-you" || state === "waiting";

/** What waits for this step ends with it: a run that goes on by itself would make the changes of a skipped step after all. */
async function endWaiting(store: Groups, scope: TenantScope, run: RunRow | undefined, step: string, at: number): Promise<void> {
  if (run && isOpen(run) && (await store.runs.move(scope, run.id, { state: "cancelled", at })))
    await store.events.add(scope, { kind: "run-cancelled", at, step, detail: { run: run.id } });
  await store.watches.end(scope, step);
}

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
    const why = whyNoReason(said);
    if (why) return why;
    const at = deps.clock.now();
    const isSkipped = await deps.store.together(scope, async (store) => {
      const run = (await store.runs.lastOfEachStep(scope)).find((r) => r.step === id);
      if (run && isAtWork(run)) return false;
      await endWaiting(store, scope, run, id, at);
      await store.events.add(scope, { kind: "skipped", at, step: id, detail: { reason: said } });
      return true;
    });
    if (!isSkipped)
      return no("busy", "This step's changes are being made right now.", { fix: "Wait until they are made, or cancel them." });
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
