/** The vendor's log of a message: how it came in, and how it went on. */
import { At } from "@/components/at";
import { numbered } from "@/components/numbered";
import { Strange } from "@/components/strange";
import type { Result } from "@/lib/base/result";
import type { MessageTrace, TraceLines } from "@/lib/model/found-message";
import { PartProblem } from "./part";

/** More than this nobody reads. */
const MOST_LINES = 200;

function Lines({ title, trace: { lines, isPending } }: { readonly title: string; readonly trace: TraceLines }) {
  return (
    <div className="card">
      <h3 className="border-hairline border-b px-5 py-2">{title}</h3>
      {lines.length === 0 ? (
        <p className="px-5 py-3 text-subtle">
          {isPending ? "The vendor is still putting this together. Look again in a minute." : "Nothing is on record."}
        </p>
      ) : (
        <ol className="divide-y divide-hairline">
          {numbered(lines.slice(0, MOST_LINES)).map(({ item: { at, say }, key }) => (
            <li key={key} className="grid gap-x-4 px-5 py-2 sm:grid-cols-[11rem_minmax(0,1fr)]">
              <span className="text-subtle">{at === null ? "–" : <At at={at} />}</span>
              <code className="value">
                <Strange text={say} most={1_000} />
              </code>
            </li>
          ))}
        </ol>
      )}
      {lines.length > MOST_LINES ? <p className="px-5 py-2 text-subtle">The first {MOST_LINES} lines.</p> : null}
    </div>
  );
}

export async function Way({ asked }: { readonly asked: Promise<Result<MessageTrace>> }) {
  const trace = await asked;
  if (!trace.ok) return <PartProblem problem={trace.problem} nothing="The vendor has no log of this message." />;
  return (
    <div className="space-y-4">
      <Lines title="In" trace={trace.value.inbound} />
      <Lines title="Out" trace={trace.value.outbound} />
    </div>
  );
}
