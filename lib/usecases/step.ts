/** One step as its page shows it: at once from what is stored, then from one fresh look. */
import { no, ok, type Result } from "@/lib/base/result";
import { look } from "@/lib/engine/look";
import type { TenantScope } from "@/lib/model/scope";
import type { Status } from "@/lib/model/status";
import { trackOf } from "@/lib/steps/index";
import { permissionsOf } from "@/lib/steps/permissions";
import type { Step } from "@/lib/steps/shape";
import type { Deps } from "./deps";
import { noteLook } from "./note-look";
import { loadSetup, type Setup, stepById } from "./setup";
import { headOf, hrefOf, lastLookOf, lookedOf, nextOf, waysOf } from "./show";
import { isOurs, missingOf, skipOf, statusesOf } from "./standing";
import { toldOf } from "./tell-words";
import type { Looked, StepView, Visitor } from "./views";

export const noSuchStep = () => no("gone", "There is no such step.", { fix: "Go back to the list of steps." });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

function viewOf(setup: Setup, step: Step, statuses: ReadonlyMap<string, Status>, visitor: Visitor): StepView {
  const { scope, stored, profile } = setup;
  const run = stored.lastRuns.find((r) => r.step === step.id && ["queued", "running", "needs-you", "waiting", "stopped"].includes(r.state));
  const watch = stored.watches.find((w) => w.step === step.id && w.state === "watching");
  const settings = setup.settings(step);
  const track = trackOf(step.id);
  return {
    head: headOf(setup, visitor),
    id: step.id,
    track: track.id,
    trackTitle: track.title,
    texts: step.texts(profile),
    ways: waysOf(setup, step),
    status: statuses.get(step.id) ?? { code: "not-started", say: "Not started" },
    missing: missingOf(step, statuses).map((need) => ({ title: need.texts(profile).title, href: hrefOf(scope, need) })),
    canSkip: step.canSkip,
    skipped: skipOf(setup, step.id),
    settings: isRecord(settings) ? settings : {},
    last: lastLookOf(setup, step),
    openRun: run ? { id: run.id, state: run.state, step: run.step } : null,
    canUndo: isOurs(setup, step.id),
    watch: watch ? { dueAt: watch.dueAt, since: watch.since, deadline: watch.deadline ?? watch.dueAt } : null,
    permissions: permissionsOf(step, profile),
    through: step.through,
    told: setup.canTell ? toldOf(stored.words, step.id) : null,
    next: nextOf(setup, statuses),
  };
}

export function stepIn(setup: Setup, statuses: ReadonlyMap<string, Status>, visitor: Visitor, id: string): Result<StepView> {
  const step = stepById(id);
  return step ? ok(viewOf(setup, step, statuses, visitor)) : noSuchStep();
}

export const stepStored =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, id: string): Promise<Result<StepView>> => {
    const setup = await loadSetup(deps, scope);
    return setup.ok ? stepIn(setup.value, statusesOf(setup.value), visitor, id) : setup;
  };

/** One read wave, remembered; what it settles is written down and what it waits for is watched. */
export async function lookAtStep(deps: Deps, setup: Setup, id: string): Promise<Result<Looked>> {
  const step = stepById(id);
  if (!step) return noSuchStep();
  await deps.clock.refresh(); // what waits is judged by the time of now
  const seen = await look(step, setup.settings(step), setup.tenant, setup.given);
  await noteLook(deps, setup, step, seen);
  return ok(lookedOf(setup, step, seen, deps.clock.now(), "asked"));
}

export const stepFresh =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<Result<Looked>> => {
    const setup = await loadSetup(deps, scope);
    return setup.ok ? lookAtStep(deps, setup.value, id) : setup;
  };
