/** What stands between the person and this step: needs, an open run, a skip, the risk. */
import { ActionForm } from "@/components/action-form";
import { At } from "@/components/at";
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import type { StepView } from "@/lib/usecases/views";
import { unskip } from "../../actions";

function Missing({ view }: { readonly view: StepView }) {
  if (view.missing.length === 0) return null;
  return (
    <Note tone="neutral" title="Cannot start yet">
      <p>First, in this order:</p>
      <ol className="list-decimal pl-5">
        {view.missing.map(({ title, href }) => (
          <li key={href}>
            <Go href={href}>{title}</Go>
          </li>
        ))}
      </ol>
    </Note>
  );
}

const RUN_TITLES = {
  queued: "Changes are under way",
  running: "Changes are under way",
  "needs-you": "A run needs you",
  waiting: "A run waits",
  stopped: "A run has stopped",
} as const;

function OpenRun({ view }: { readonly view: StepView }) {
  const run = view.openRun;
  if (!run || run.state === "done" || run.state === "cancelled") return null;
  return (
    <Note tone={run.state === "stopped" || run.state === "needs-you" ? "warning" : "info"} title={RUN_TITLES[run.state]}>
      <p>
        <Go href={`/t/${view.head.id}/runs/${run.id}`}>Open the run</Go>
      </p>
    </Note>
  );
}

function Skipped({ view }: { readonly view: StepView }) {
  if (!view.skipped) return null;
  return (
    <Note tone="neutral" title="Skipped">
      <p>
        By {view.skipped.by}, <At at={view.skipped.at} />: “{view.skipped.reason}”
      </p>
      <ActionForm
        className="mt-3"
        action={unskip}
        hidden={{ _tenant: view.head.id, _step: view.id }}
        submit="Take this step up again"
        busy="Saving…"
        tone="plain"
        isSmall
      />
    </Note>
  );
}

export function Standing({ view }: { readonly view: StepView }) {
  return (
    <>
      {view.texts.risk ? (
        <Note tone="warning">
          <p>{view.texts.risk}</p>
        </Note>
      ) : null}
      <Missing view={view} />
      <OpenRun view={view} />
      <Skipped view={view} />
    </>
  );
}
