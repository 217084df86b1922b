/** What a person can do about a run: say that their part is done, go on, cancel; hand in a script's file. */
import { ActionForm } from "@/components/action-form";
import type { RunView } from "@/lib/usecases/views";
import { UploadForm } from "../../[track]/[step]/upload-form";
import { cancel, iDidIt, resume } from "../../actions";

export function Acts({ run }: { readonly run: RunView }) {
  const hidden = { _tenant: run.head.id, _run: run.id };
  const canGoOn = run.state === "stopped" || run.state === "waiting";
  const canCancel = run.state === "queued" || run.state === "waiting" || run.state === "needs-you" || run.state === "stopped";
  return (
    <div className="space-y-4">
      {run.way === "script" && run.state !== "done" && run.state !== "cancelled" ? (
        <>
          <p>
            <a href={`/api/t/${run.head.id}/plans/${run.planId}/script`} download>
              Download the script
            </a>
            , run it, and hand in the file it writes.
          </p>
          <UploadForm tenant={run.head.id} step={run.step} plan={run.planId} />
        </>
      ) : null}
      <div className="flex flex-wrap items-start gap-3">
        {run.state === "needs-you" ? <ActionForm action={iDidIt} hidden={hidden} submit="I have done this" busy="Looking…" /> : null}
        {canGoOn ? (
          <ActionForm
            action={resume}
            hidden={hidden}
            submit={run.state === "waiting" ? "Try again now" : "Go on from here"}
            busy="Starting…"
          />
        ) : null}
        {canCancel ? <ActionForm action={cancel} hidden={hidden} submit="Cancel this run" busy="Cancelling…" tone="plain" /> : null}
      </div>
    </div>
  );
}
