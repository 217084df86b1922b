/** What time was looked at, and what that cannot have seen. */
import { At } from "@/components/at";
import { Note } from "@/components/note";
import type { TraceReportView } from "@/lib/usecases/views/trace";

const listed = new Intl.ListFormat("en-GB");

export function Window({ report, vendor }: { readonly report: TraceReportView; readonly vendor: string }) {
  const { from, until, seenFrom, notMoved, unseen, gaps } = report;
  return (
    <div className="space-y-3">
      <p className="prose">
        Looked at: <At at={from} /> to <At at={until} />.{" "}
        {seenFrom > from ? (
          <>
            Each domain counts from when its mail should all come through {vendor}: the last of them from <At at={seenFrom} />.
          </>
        ) : null}
      </p>
      {notMoved.length > 0 ? (
        <Note tone="warning" title="Not moved yet">
          <p>
            Mail of {listed.format(notMoved)} does not come through {vendor} yet, or not long enough. For{" "}
            {notMoved.length === 1 ? "it" : "them"}, everything that did not come through {vendor} in this time is listed, ordinary mail
            included. Look again after the move.
          </p>
        </Note>
      ) : null}
      {unseen.length > 0 ? (
        <Note tone="neutral" title="What this cannot have seen">
          <ul className="list-disc pl-5">
            {unseen.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </Note>
      ) : null}
      {gaps.map((gap) => (
        <p key={gap} className="text-subtle">
          {gap}
        </p>
      ))}
    </div>
  );
}
