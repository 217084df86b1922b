/** What would be refused once the door is locked: read from message trace, in groups, with a remedy each. */
import { enter, orNotFound } from "@/app/door";
import { Command } from "@/components/command";
import { Heading } from "@/components/heading";
import { Live } from "@/components/live";
import { Note } from "@/components/note";
import { RejectedGroups } from "@/components/rejected-groups";
import { StepHead } from "@/components/step-head";
import { signalOfTrace } from "@/components/trace-signal";
import type { TraceReportView, TraceView } from "@/lib/usecases/views/trace";
import { cutover } from "@/lib/wiring";
import { Acts, Begin, Reviewed } from "./acts";
import { Progress } from "./progress";
import { Window } from "./window";

export const metadata = { title: "What would be refused" };

const isOver = ({ state }: TraceReportView) => state === "done" || state === "cancelled";

function Report({ view, report }: { readonly view: TraceView; readonly report: TraceReportView }) {
  const download = `/api/t/${view.head.id}/rejected/csv`;
  return (
    <>
      <section aria-labelledby="report" className="space-y-4">
        <h2 id="report">The report</h2>
        <Progress report={report} vendor={view.vendor} />
        <Acts tenant={view.head.id} report={report} download={download} />
        <Window report={report} vendor={view.vendor} />
      </section>
      <section aria-labelledby="found" className="space-y-6">
        <h2 id="found">What did not come through {view.vendor}</h2>
        <RejectedGroups reasons={report.reasons} download={download} isOver={isOver(report)} />
      </section>
      <Reviewed tenant={view.head.id} report={report} view={view} />
    </>
  );
}

function ByHand({ view }: { readonly view: TraceView }) {
  const isOurs = view.head.access === "consent";
  return (
    <section aria-labelledby="by-hand" className="space-y-4">
      <h2 id="by-hand">Look by hand</h2>
      {isOurs ? null : (
        <Note tone="neutral" title="Cutover has no access">
          <p>
            It cannot read your message trace. Give access in the first step, or run this in PowerShell: it reads, changes nothing, and
            writes a file with the same groups. When you have read it, enter the day in the step.
          </p>
        </Note>
      )}
      {isOurs ? (
        <details className="card overflow-hidden">
          <summary className="px-4 py-3 font-medium text-strong">The same look as PowerShell</summary>
          <Command title="PowerShell" text={view.script} />
        </details>
      ) : (
        <Command title="PowerShell" text={view.script} />
      )}
    </section>
  );
}

export default async function Rejected({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/rejected`);
  const view = orNotFound(await cutover().rejected.page(scope, visitor));
  const { report, head, vendor, lockDownHref } = view;
  const { key, isSettled } = signalOfTrace(view);
  return (
    <div className="space-y-10">
      <section className="space-y-6">
        <div className="prose">
          {lockDownHref ? (
            <StepHead back={{ href: lockDownHref, title: "Back to locking the door" }} title="What would be refused" />
          ) : (
            <Heading>What would be refused</Heading>
          )}
          <p>
            Once the door is locked, mail that does not come through {vendor} is refused. Printers, applications and services often send
            straight to Microsoft, and nobody remembers. This finds them in {head.name}’s message trace before it happens. It reads; it
            changes nothing.
          </p>
        </div>
        {head.access === "consent" && (report === null || isOver(report)) ? <Begin tenant={tenant} isAgain={report !== null} /> : null}
      </section>
      {report ? <Report view={view} report={report} /> : null}
      <ByHand view={view} />
      {isSettled ? null : <Live href={`/api/t/${tenant}/rejected/live`} drawn={key} />}
    </div>
  );
}
