/** What a person can do about the report: begin it, call it off, let it go on, keep it as a file, and say that they have read it. */
import { ActionForm } from "@/components/action-form";
import { Ago } from "@/components/ago";
import { Field } from "@/components/field";
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import type { TraceReportView, TraceView } from "@/lib/usecases/views/trace";
import { begin, cancel, resume, reviewed } from "./actions";

const DAYS = {
  name: "days",
  label: "How far back",
  type: "choice",
  options: [
    { value: "10", label: "10 days", hint: "Minutes, for most companies." },
    { value: "30", label: "30 days", hint: "Three times as long; sees what comes once a month." },
  ],
} as const;

export function Begin({ tenant, isAgain }: { readonly tenant: string; readonly isAgain: boolean }) {
  return (
    <ActionForm
      action={begin}
      hidden={{ _tenant: tenant }}
      submit={isAgain ? "Look again" : "Look at what would be refused"}
      busy="Starting…"
    >
      <Field field={DAYS} value="10" />
    </ActionForm>
  );
}

type Props = { readonly tenant: string; readonly report: TraceReportView };

export function Acts({ tenant, report, download }: Props & { readonly download: string }) {
  const hidden = { _tenant: tenant, _report: report.id };
  const canGoOn = report.state === "waiting" || report.state === "stopped";
  const canCancel = canGoOn || report.state === "queued" || report.state === "running";
  return (
    <div className="flex flex-wrap items-start gap-3">
      {canGoOn ? (
        <ActionForm action={resume} hidden={hidden} submit={report.state === "waiting" ? "Try now" : "Go on from here"} busy="Starting…" />
      ) : null}
      {report.reasons.length > 0 ? (
        <a href={download} download className="button">
          Download as CSV
        </a>
      ) : null}
      {canCancel ? <ActionForm action={cancel} hidden={hidden} submit="Cancel" busy="Cancelling…" tone="plain" /> : null}
    </div>
  );
}

export function Reviewed({ tenant, report, view }: Props & { readonly view: TraceView }) {
  const said = view.reviewed;
  const isOfThis = said !== null && report.finishedAt !== null && said.at >= report.finishedAt;
  if (report.state !== "done") return null;
  return (
    <section aria-labelledby="read" className="space-y-3">
      <h2 id="read">Have you read it?</h2>
      {said ? (
        <Note tone={isOfThis ? "success" : "neutral"} title={isOfThis ? "Read" : "An earlier report was read"}>
          <p>
            {said.by} said so <Ago at={said.at} />.
          </p>
        </Note>
      ) : null}
      {isOfThis ? null : (
        <>
          <p className="prose">
            Say so when each group above has a way, or may be refused. The lock can be turned on only after that; your name is written down.
          </p>
          <ActionForm
            action={reviewed}
            hidden={{ _tenant: tenant, _report: report.id }}
            submit="I have read this"
            busy="Writing it down…"
          />
        </>
      )}
      {view.lockDownHref ? <Go href={view.lockDownHref}>Back to locking the door</Go> : null}
    </section>
  );
}
