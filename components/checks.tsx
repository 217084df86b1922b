"use client";
/** What was found: the verdict in a word, what we saw, what to do. What is wrong comes first; much that is right is folded. Drawn by the browser as well, so that the findings travel as data. */
import type { Check, Verdict } from "@/lib/model/check";
import { At } from "./at";
import { Countdown } from "./countdown";
import { Go } from "./go";
import { Linked } from "./linked";
import { Mark, type MarkKind } from "./mark";
import { numbered } from "./numbered";
import { Tag, type Tone } from "./tag";

const VERDICTS: Readonly<Record<Verdict, { readonly word: string; readonly tone: Tone; readonly mark: MarkKind; readonly rank: number }>> =
  {
    fail: { word: "Not right", tone: "danger", mark: "wrong", rank: 0 },
    unknown: { word: "Not known", tone: "neutral", mark: "unknown", rank: 1 },
    wait: { word: "Waiting", tone: "info", mark: "wait", rank: 2 },
    warn: { word: "Look at this", tone: "warning", mark: "look", rank: 3 },
    pass: { word: "Right", tone: "success", mark: "right", rank: 4 },
  };

const FOLD_ABOVE = 4;

/** Addresses of the steps a check may send the person to. */
type Hrefs = Readonly<Record<string, { readonly title: string; readonly href: string }>>;

function Row({ check, steps }: { readonly check: Check; readonly steps: Hrefs }) {
  const { word, tone, mark } = VERDICTS[check.verdict];
  const step = check.step === undefined ? undefined : steps[check.step];
  return (
    <li className="flex flex-col gap-x-4 gap-y-1.5 px-4 py-3 sm:flex-row sm:px-5">
      <p className="shrink-0 sm:w-32">
        <Tag tone={tone}>
          <Mark kind={mark} />
          {word}
        </Tag>
      </p>
      <div className="min-w-0 space-y-1">
        {check.about ? <p className="font-medium text-strong">{check.about}</p> : null}
        <p>
          <Linked text={check.saw} />
        </p>
        {check.fix ? (
          <p className="text-subtle">
            <Linked text={check.fix} />
          </p>
        ) : null}
        {check.again === undefined ? null : (
          <p className="text-subtle">
            Next look <At at={check.again} /> (<Countdown until={check.again} />)
          </p>
        )}
        {step ? (
          <p>
            <Go href={step.href}>Open “{step.title}”</Go>
          </p>
        ) : null}
      </div>
    </li>
  );
}

export function Checks({ checks, steps = {} }: { readonly checks: readonly Check[]; readonly steps?: Hrefs }) {
  const sorted = [...checks].sort((a, b) => VERDICTS[a.verdict].rank - VERDICTS[b.verdict].rank);
  const right = sorted.filter((c) => c.verdict === "pass");
  const isFolded = right.length > FOLD_ABOVE;
  const shown = isFolded ? sorted.filter((c) => c.verdict !== "pass") : sorted;
  const rows = (list: readonly Check[]) => numbered(list).map(({ item, key }) => <Row key={key} check={item} steps={steps} />);
  return (
    <div className="card divide-y divide-hairline">
      {shown.length > 0 ? <ul className="divide-y divide-hairline">{rows(shown)}</ul> : null}
      {isFolded ? (
        <details>
          <summary className="px-4 py-3 text-success sm:px-5">{right.length} checks are right</summary>
          <ul className="divide-y divide-hairline border-hairline border-t">{rows(right)}</ul>
        </details>
      ) : null}
    </div>
  );
}
