/** Where the report stands, in a sentence: how far it has read, when it goes on, how it ended. */
import { At } from "@/components/at";
import { Countdown } from "@/components/countdown";
import { Note } from "@/components/note";
import { ProblemBox } from "@/components/problem-box";
import { figure } from "@/lib/model/figure";
import type { TraceReportView } from "@/lib/usecases/views/trace";

const CLOSE = "You can close this page: the work goes on, and everything is here when you come back.";

function Far({ report }: { readonly report: TraceReportView }) {
  return (
    <>
      <progress
        className="my-1 block h-2 w-full max-w-md accent-[var(--color-focus)]"
        value={report.share}
        max={1}
        aria-label="Share of the time that was read"
      />
      <p className="tabular-nums">
        {figure(report.pages)} {report.pages === 1 ? "page" : "pages"} and {figure(report.rows)} rows read
        {report.reachedAt === null ? null : (
          <>
            , back to <At at={report.reachedAt} />
          </>
        )}
        .
      </p>
    </>
  );
}

export function Progress({ report, vendor }: { readonly report: TraceReportView; readonly vendor: string }) {
  switch (report.state) {
    case "queued":
    case "running":
      return (
        <Note tone="info" title="Reading message trace">
          <Far report={report} />
          <p>{CLOSE}</p>
        </Note>
      );
    case "waiting":
      return (
        <Note tone="neutral" title="Waiting">
          <Far report={report} />
          <p>
            {report.problem?.code === "throttled"
              ? "Microsoft lets a company ask a hundred times in five minutes, and that is used up. "
              : `${report.problem?.say ?? ""} `}
            It goes on by itself
            {report.retryAt === null ? null : (
              <>
                {" "}
                at <At at={report.retryAt} /> (<Countdown until={report.retryAt} />)
              </>
            )}
            . {CLOSE}
          </p>
        </Note>
      );
    case "stopped":
      return (
        <>
          {report.problem ? <ProblemBox problem={report.problem} title="The report stopped" /> : null}
          <Far report={report} />
        </>
      );
    case "cancelled":
      return (
        <Note tone="neutral" title="Cancelled">
          <p>What was read before is listed below. It is not all of the time.</p>
        </Note>
      );
    case "done":
      return (
        <Note tone="success" title="Finished">
          <p className="tabular-nums">
            {figure(report.rows)} rows of message trace were read: {figure(report.counts.vendor)} came through {vendor},{" "}
            {figure(report.counts.grouped)} came past it and are listed below. The rest went out, stayed inside, came before the move, or
            was refused already.
          </p>
        </Note>
      );
  }
}
