/** The home of a setup: every step by track, where it stands, what is next and what waits until when. */
import { ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import { domainsIn, tracks } from "@/lib/steps/index";
import { mailWayOf } from "@/lib/steps/mail-way";
import type { Deps } from "./deps";
import { loadSetup, stepById } from "./setup";
import { headOf, nextOf, rowOf } from "./show";
import { isMetCode, rememberedOf, statusesOf } from "./standing";
import type { TaskListView, Visitor } from "./views";

export const taskList =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<TaskListView>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const statuses = statusesOf(setup.value);
    const shown = tracks.map(({ id, title, steps }) => {
      const rows = steps.flatMap((stepId) => {
        const step = stepById(stepId);
        const status = statuses.get(stepId);
        return step && status ? [rowOf(setup.value, step, status)] : [];
      });
      return { id, title, steps: rows, done: rows.filter((row) => isMetCode(row.status.code)).length };
    });
    const waiting = shown
      .flatMap((track) => track.steps)
      .flatMap(({ status, title, href }) =>
        status.code === "waiting" && status.at !== undefined ? [{ title, until: status.at, href }] : [],
      )
      .sort((a, b) => a.until - b.until);
    const mailWay = mailWayOf(domainsIn(setup.value.settings), rememberedOf(setup.value), setup.value.profile);
    return ok({ head: headOf(setup.value, visitor), tracks: shown, mailWay, next: nextOf(setup.value, statuses), waiting });
  };
