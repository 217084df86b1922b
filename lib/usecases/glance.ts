/** What is stored of a setup, read once for everything that one page draws; its one fresh look begins from the same reading. */
import { ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import { loadSetup } from "./setup";
import { statusesOf } from "./standing";
import { lookAtStep, stepIn, stepStored } from "./step";
import { tasksIn } from "./task-list";
import type { Looked, StepView, TaskListView, Visitor } from "./views";

export type Glance = {
  readonly tasks: TaskListView;
  readonly step: (id: string) => Result<StepView>;
  /** Asks the clouds; the step as it stands after that, since what a look settles counts at once. */
  readonly fresh: (id: string) => Promise<Result<{ readonly looked: Looked; readonly view: StepView }>>;
};

export const glance =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor): Promise<Result<Glance>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const statuses = statusesOf(setup.value);
    return ok({
      tasks: tasksIn(setup.value, statuses, visitor),
      step: (id) => stepIn(setup.value, statuses, visitor, id),
      fresh: async (id) => {
        const looked = await lookAtStep(deps, setup.value, id);
        if (!looked.ok) return looked;
        const view = await stepStored(deps)(scope, visitor, id);
        return view.ok ? ok({ looked: looked.value, view: view.value }) : view;
      },
    });
  };
