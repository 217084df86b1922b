/** Where this step stands among its track's others; only where there is room for it. */
import type { TrackView } from "@/lib/usecases/views";
import { Go } from "./go";

const isOver = (code: string) => ["done", "done-on-word", "skipped", "not-needed"].includes(code);

export function StepRail({ track, current }: { readonly track: TrackView; readonly current: string }) {
  return (
    <nav aria-label={`Steps of ${track.title}`} className="hidden lg:block">
      <p className="mb-2 px-3 font-medium text-sm text-subtle">{track.title}</p>
      <ol className="space-y-0.5">
        {track.steps.map((step) => {
          const isCurrent = step.id === current;
          const isDone = isOver(step.status.code);
          return (
            <li key={step.id}>
              <Go
                href={step.href}
                aria-current={isCurrent ? "step" : undefined}
                className={`flex items-start gap-2 rounded-box px-3 py-1.5 text-[0.9375rem] leading-6 hover:bg-tint ${isCurrent ? "bg-base font-medium text-strong ring-1 ring-[var(--border-color-hairline)]" : "text-subtle"}`}
              >
                <span aria-hidden="true" className="w-4 shrink-0 text-center">
                  {isDone ? "✓" : "•"}
                </span>
                <span>
                  {step.title}
                  {isDone ? <span className="sr-only"> ({step.status.say})</span> : null}
                </span>
              </Go>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
