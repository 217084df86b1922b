/** The steps of one track: the whole row is the link, and what cannot start yet is not one. */
import type { StepRow, TrackView } from "@/lib/usecases/views";
import { Go } from "./go";
import { StatusWord } from "./status-word";

/** "Cannot start yet: needs “…”" without what the status word already says. */
const missing = (say: string) => say.replace(/^Cannot start yet:\s*/, "").replace(/^n/, "N");

function Row({ step }: { readonly step: StepRow }) {
  const isClosed = step.status.code === "cannot-start";
  return (
    <li
      className={`relative flex flex-col gap-x-6 gap-y-1.5 px-4 py-3.5 sm:flex-row sm:items-center sm:justify-between sm:px-5 ${isClosed ? "" : "hover:bg-tint"}`}
    >
      <div className="min-w-0">
        {isClosed ? (
          <span className="font-medium text-inactive">{step.title}</span>
        ) : (
          <Go href={step.href} className="font-medium text-link underline-offset-3 after:absolute after:inset-0 hover:underline">
            {step.title}
          </Go>
        )}
        <p className={`text-[0.9375rem] ${isClosed ? "text-inactive" : "text-subtle"}`}>
          {isClosed ? missing(step.status.say) : step.hint}
        </p>
      </div>
      <div className="sm:shrink-0 sm:text-right">
        <StatusWord status={step.status} />
      </div>
    </li>
  );
}

export function TaskList({ track }: { readonly track: TrackView }) {
  const heading = `track-${track.id}`;
  return (
    <section aria-labelledby={heading}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={heading}>{track.title}</h2>
        <p className="text-subtle text-sm tabular-nums">
          {track.done} of {track.steps.length} done
        </p>
      </div>
      <ol className="card divide-y divide-hairline overflow-hidden">
        {track.steps.map((step) => (
          <Row key={step.id} step={step} />
        ))}
      </ol>
    </section>
  );
}
