/** The home of a setup: every step by track, where it stands, what is next and what waits until when. */
import { ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { RunState, Status } from "@/lib/model/status";
import { domainsIn, reportWayIn } from "@/lib/steps/index";
import { mailWayOf } from "@/lib/steps/mail-way";
import type { Deps } from "./deps";
import { loadSetup, type Setup, stepById } from "./setup";
import { headOf, nextOf, rowOf } from "./show";
import { isMetCode, rememberedOf, statusesOf } from "./standing";
import type { TaskListView, Visitor } from "./views";

const UNDER_WAY: Readonly<Partial<Record<RunState, string>>> = {
  queued: "under way",
  running: "under way",
  waiting: "waits",
  "needs-you": "needs you",
};

export function tasksIn(setup: Setup, statuses: ReadonlyMap<string, Status>, visitor: Visitor): TaskListView {
  const shown = setup.tracks.map(({ id, title, steps }) => {
    const rows = steps.flatMap((stepId) => {
      const step = stepById(stepId);
      const status = statuses.get(stepId);
      return step && status ? [rowOf(setup, step, status)] : [];
    });
    return { id, title, steps: rows, done: rows.filter((row) => isMetCode(row.status.code)).length };
  });
  const waiting = shown
    .flatMap((track) => track.steps)
    .flatMap(({ status, title, href }) => (status.code === "waiting" && status.at !== undefined ? [{ title, until: status.at, href }] : []))
    .sort((a, b) => a.until - b.until);
  const runs = setup.stored.lastRuns.flatMap(({ id, step: stepId, state }) => {
    const step = stepById(stepId);
    const say = UNDER_WAY[state];
    if (!step || !say) return [];
    return [{ title: step.texts(setup.profile).title, say, isYours: state === "needs-you", href: `/t/${setup.scope.tenant}/runs/${id}` }];
  });
  const known = rememberedOf(setup);
  const isChosen = (id: string) => setup.tracks.some((track) => track.id === id);
  const mailWay = isChosen("inline") ? mailWayOf(domainsIn(setup.settings), known, setup.profile) : null;
  const reportWay = isChosen("journaling") ? reportWayIn(setup.settings, known, setup.profile) : null;
  return { head: headOf(setup, visitor), tracks: shown, mailWay, reportWay, next: nextOf(setup, statuses), waiting, runs };
}

export const taskList =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<TaskListView>> => {
    const setup = await loadSetup(deps, scope);
    return setup.ok ? ok(tasksIn(setup.value, statusesOf(setup.value), visitor)) : setup;
  };
