/** The portal path, screen by screen, a copy button on every value. */
import { CopyButton } from "./copy-button";
import { Linked } from "./linked";
import { numbered } from "./numbered";
import { Value } from "./value";

export type HandStep = { readonly say: string; readonly copy?: readonly string[] };

/** From here on all values can be copied at once as well. */
const MANY = 2;

export function ByHand({ steps }: { readonly steps: readonly HandStep[] }) {
  return (
    <ol className="card list-none divide-y divide-hairline">
      {numbered(steps).map(({ item: step, key }) => (
        <li key={key} className="flex gap-3 px-4 py-3 sm:px-5">
          <span
            aria-hidden="true"
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-neutral-tint font-medium text-neutral text-sm tabular-nums"
          >
            {Number(key) + 1}
          </span>
          <div className="min-w-0 flex-1 space-y-2 pt-0.5">
            <p className="whitespace-pre-line">
              <Linked text={step.say} />
            </p>
            {step.copy && step.copy.length > 0 ? (
              <>
                {step.copy.length > MANY ? (
                  <CopyButton value={step.copy.join("\n")} what={`${step.copy.length} values`} label="Copy all" />
                ) : null}
                <ul className="space-y-1.5">
                  {numbered(step.copy).map(({ item: value, key: at }) => (
                    <li key={at} className="rounded-box bg-recessed px-3 py-1.5">
                      <Value value={value} what={value} />
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
