/** A run: one line a change, live, safe to close; what a person must do, what stopped it, what comes next. */
import type { Metadata } from "next";
import { cache } from "react";
import { enter, orNotFound, theTasks } from "@/app/door";
import { Ago } from "@/components/ago";
import { Checks } from "@/components/checks";
import { Live } from "@/components/live";
import { ProblemBox } from "@/components/problem-box";
import { RunLog } from "@/components/run-log";
import { signalOfRun } from "@/components/signals";
import { StepHead } from "@/components/step-head";
import type { Problem } from "@/lib/base/result";
import type { RunView } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";
import { Acts } from "./acts";
import { Moved } from "./moved";
import { State } from "./state";

type Props = { readonly params: Promise<{ tenant: string; run: string }> };

const kept = cache(async (tenant: string, run: string) => {
  const door = await enter(tenant, `/t/${tenant}/runs/${run}`);
  return { ...door, run: orNotFound(await cutover().run(door.scope, door.visitor, run)) };
});

function titleOf(run: RunView): string {
  const isOver = run.state === "done";
  const verb = run.isUndo ? (isOver ? "Taken back" : "Taking back") : isOver ? "Done" : "Doing";
  return `${verb}: ${run.title}`;
}

/** When it goes on is said once, above: the longer a run has waited, the later that is than its problem asks for. */
function withoutTime({ retryAt: _, ...problem }: Problem): Problem {
  return problem;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant, run: id } = await params;
  const { run } = await kept(tenant, id);
  return { title: { absolute: `${titleOf(run)} · ${run.head.name}` } };
}

export default async function RunPage({ params }: Props) {
  const { tenant, run: id } = await params;
  const { run, scope, visitor } = await kept(tenant, id);
  const { next, tracks } = await theTasks(scope, visitor);
  const steps = Object.fromEntries(tracks.flatMap((one) => one.steps).map((row) => [row.id, row]));
  const stepHref = `/t/${tenant}/${run.track}/${run.step}`;
  const { key, isSettled } = signalOfRun(run);
  return (
    <article className="max-w-3xl">
      <StepHead back={{ href: stepHref, title: "Back to the step" }} title={titleOf(run)} />
      <div className="space-y-6">
        <State run={run} next={next} stepHref={stepHref} />
        {run.problem ? <ProblemBox problem={withoutTime(run.problem)} /> : null}
        {run.state === "stopped" && run.instead.length > 0 ? <Moved run={run} /> : null}
        <section aria-labelledby="lines" className="space-y-3">
          <h2 id="lines">Changes</h2>
          {run.lines.length < run.total ? <p>Below are the changes it is at, and those that need somebody.</p> : null}
          <RunLog lines={run.lines} />
          <p className="text-sm text-subtle">
            Started <Ago at={run.startedAt} /> by {run.by}
            {run.finishedAt === null ? "" : ", ended "}
            {run.finishedAt === null ? null : <Ago at={run.finishedAt} />}.
          </p>
        </section>
        <Acts run={run} />
        {run.state === "done" && run.checks.length > 0 ? (
          <section aria-labelledby="read-back" className="space-y-3">
            <h2 id="read-back">Read back</h2>
            <Checks checks={run.checks} steps={steps} />
          </section>
        ) : null}
      </div>
      {isSettled ? null : <Live href={`/api/t/${tenant}/runs/${id}/live`} drawn={key} />}
    </article>
  );
}
