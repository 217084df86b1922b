/** What a run does, one line a change: waiting, doing, done, found, asked, problem, unsure. */
import type { RunLine } from "@/lib/usecases/views";
import { At } from "./at";
import { Mark, type MarkKind } from "./mark";
import { Tag, type Tone } from "./tag";

const STATES: Readonly<Record<RunLine["state"], { readonly word: string; readonly tone: Tone; readonly mark: MarkKind }>> = {
  waiting: { word: "Waiting", tone: "neutral", mark: "wait" },
  doing: { word: "Doing", tone: "progress", mark: "busy" },
  done: { word: "Done", tone: "success", mark: "right" },
  found: { word: "Already so", tone: "success", mark: "right" },
  asked: { word: "Your turn", tone: "warning", mark: "turn" },
  problem: { word: "Problem", tone: "danger", mark: "wrong" },
  unsure: { word: "Not sure", tone: "warning", mark: "unknown" },
};

const needsHands = (state: RunLine["state"]) => state === "asked" || state === "unsure";

export function RunLog({ lines }: { readonly lines: readonly RunLine[] }) {
  return (
    <ol className="card divide-y divide-hairline">
      {lines.map((line) => {
        const { word, tone, mark } = STATES[line.state];
        return (
          <li key={line.key} className="flex flex-col gap-x-4 gap-y-1.5 px-4 py-3 sm:flex-row sm:px-5">
            <p className="shrink-0 sm:w-32">
              <Tag tone={tone}>
                <Mark kind={mark} />
                {word}
              </Tag>
            </p>
            <div className="min-w-0 flex-1">
              <p className="text-strong">{line.title}</p>
              {needsHands(line.state) && line.byHand ? <p className="mt-1 whitespace-pre-line">{line.byHand}</p> : null}
              {line.command ? (
                <details>
                  <summary className="text-sm text-subtle">The exact command</summary>
                  <code className="value block pb-2">{line.command}</code>
                </details>
              ) : null}
            </div>
            {line.at === null ? null : (
              <p className="shrink-0 text-sm text-subtle">
                <At at={line.at} />
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
