/** Where a run stands, in a sentence, and where to go from there. */
import { At } from "@/components/at";
import { Countdown } from "@/components/countdown";
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import { figure } from "@/lib/model/figure";
import type { RunView, StepRow } from "@/lib/usecases/views";

const CLOSE = "You can close this page: the work goes on, and everything is here when you come back.";

function Progress({ run }: { readonly run: RunView }) {
  return (
    <Note tone="info" title={`${figure(run.done)} of ${figure(run.total)} done`}>
      <progress
        className="my-1 block h-2 w-full max-w-md accent-[var(--color-focus)]"
        value={run.done}
        max={Math.max(1, run.total)}
        aria-label="Changes done"
      />
      <p>{CLOSE}</p>
    </Note>
  );
}

type Props = { readonly run: RunView; readonly next: StepRow | null; readonly stepHref: string };

function Done({ run, next, stepHref }: Props) {
  const isSeen = run.checks.every((c) => c.verdict === "pass" || c.verdict === "warn");
  const did = run.isUndo ? "Taken back" : "Done";
  return (
    <Note tone="success" title={isSeen ? `${did} and read back` : did}>
      {isSeen ? null : <p>Not all of it can be seen yet. Cutover looks again by itself; you can go on meanwhile.</p>}
      <p className="mt-2 flex flex-wrap gap-3">
        {next && next.id !== run.step ? (
          <Go href={next.href} className="button button-primary">
            Continue: {next.title}
          </Go>
        ) : null}
        <Go href={stepHref} className="button">
          See the step
        </Go>
      </p>
    </Note>
  );
}

export function State(props: Props) {
  const { run } = props;
  switch (run.state) {
    case "queued":
    case "running":
      return <Progress run={run} />;
    case "waiting":
      return (
        <Note tone="neutral" title="Waiting">
          <p>
            {run.retryAt === null ? (
              "It goes on by itself."
            ) : (
              <>
                It goes on by itself at <At at={run.retryAt} /> (<Countdown until={run.retryAt} />
                ).
              </>
            )}{" "}
            {CLOSE}
          </p>
        </Note>
      );
    case "needs-you":
      return (
        <Note tone="warning" title="Your turn">
          <p>Make the changes marked “Your turn”. Cutover looks again by itself and goes on when it sees them. {CLOSE}</p>
        </Note>
      );
    case "stopped":
      return (
        <Note tone="warning" title="Stopped">
          <p>What was done stays done and is listed below. You can go on, or take it back from the step’s page.</p>
        </Note>
      );
    case "cancelled":
      return (
        <Note tone="neutral" title="Cancelled">
          <p>What was done before stays done and is listed below.</p>
        </Note>
      );
    case "done":
      return <Done {...props} />;
  }
}
