/** The way of one message as a picture made of words: stations in order, how far it came, and what each said. */
import type { MailPath as Path, Stop, WayTone } from "@/lib/model/mail-proof-path";
import { At } from "./at";
import { Mark, type MarkKind } from "./mark";
import { numbered } from "./numbered";
import { Tag, type Tone } from "./tag";

const TONES: Readonly<Record<WayTone, { readonly tone: Tone; readonly mark: MarkKind; readonly text: string; readonly border: string }>> = {
  good: { tone: "success", mark: "right", text: "text-success", border: "border-[var(--text-color-success)]" },
  bad: { tone: "danger", mark: "wrong", text: "text-danger", border: "border-[var(--text-color-danger)]" },
  look: { tone: "warning", mark: "look", text: "text-warning", border: "border-[var(--text-color-warning)]" },
  going: { tone: "progress", mark: "busy", text: "text-progress", border: "border-[var(--text-color-progress)]" },
  none: { tone: "neutral", mark: "wait", text: "text-subtle", border: "border-[var(--border-color-line)]" },
};

/** Where it came to rest: in the tone of the whole. */
const isEnd = ({ state }: Stop): boolean => state === "here" || state === "refused";

function stateOf({ state }: Stop, { end, tone }: Path): { readonly word: string; readonly mark: MarkKind; readonly text: string } {
  const { mark, text } = TONES[tone];
  if (state === "passed") return { word: "Passed", mark: "right", text: "text-subtle" };
  if (state === "ahead") return { word: "Not reached", mark: "wait", text: "text-inactive" };
  if (state === "unknown") return { word: "Not known", mark: "unknown", text: "text-subtle" };
  if (state === "refused") return { word: "Refused here", mark, text };
  if (end === "delivered" || end === "delivered-wrongly") return { word: "Arrived", mark, text };
  if (end === "not-sent") return { word: "Not sent", mark, text };
  return { word: end === "held" ? "Held here" : "Last seen here", mark, text };
}

/** A clock that goes wrong gives a time below zero, which tells nobody anything. */
function Took({ ms }: { readonly ms: number | null }) {
  if (ms === null || ms < 0) return null;
  const seconds = Math.round(ms / 1000);
  return <> · after {seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}</>;
}

const box = (stop: Stop, path: Path): string => {
  if (isEnd(stop)) return `border-2 bg-base ${TONES[path.tone].border}`;
  return stop.state === "ahead" ? "border border-dashed border-hairline" : "border border-hairline bg-base";
};

function Station({ stop, path }: { readonly stop: Stop; readonly path: Path }) {
  const { word, mark, text } = stateOf(stop, path);
  const isAhead = stop.state === "ahead";
  return (
    <div className={`flex h-full w-full min-w-0 flex-col gap-1 rounded-box px-4 py-3 ${box(stop, path)}`}>
      <p className={`flex items-center gap-1.5 font-medium text-sm ${text}`}>
        <Mark kind={mark} />
        {word}
      </p>
      <p className={`font-medium ${isAhead ? "text-inactive" : "text-strong"}`}>{stop.name}</p>
      {stop.note === "" ? null : <p className={`value break-words text-sm ${isAhead ? "text-inactive" : "text-subtle"}`}>{stop.note}</p>}
      {numbered(stop.says).map(({ item, key }) => (
        <p key={key} className="break-words text-sm">
          {item}
        </p>
      ))}
      {stop.at === null ? null : (
        <p className="text-sm text-subtle">
          <At at={stop.at} />
          <Took ms={stop.delayMs} />
        </p>
      )}
    </div>
  );
}

export function MailPath({ path }: { readonly path: Path }) {
  const { tone, mark } = TONES[path.tone];
  return (
    <figure>
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium text-strong">{path.title}</span>
        <Tag tone={tone}>
          <Mark kind={mark} />
          {path.word}
        </Tag>
      </figcaption>
      <ol className="flex flex-col gap-1 lg:grid lg:auto-cols-fr lg:grid-flow-col lg:gap-8">
        {path.stops.map((stop, i) => (
          <li key={`${stop.name} ${stop.note}`} className="relative flex min-w-0 flex-col">
            {i > 0 ? (
              <span
                aria-hidden="true"
                className="self-center text-subtle lg:absolute lg:top-1/2 lg:-left-8 lg:w-8 lg:-translate-y-1/2 lg:text-center"
              >
                <span className="lg:hidden">↓</span>
                <span className="hidden lg:inline">→</span>
              </span>
            ) : null}
            <Station stop={stop} path={path} />
          </li>
        ))}
      </ol>
    </figure>
  );
}
