/** What went wrong: what happened, what to do, when we try again, and the details that support asks for. */
import type { Problem, ProblemCode } from "@/lib/base/result";
import { At } from "./at";
import { CopyButton } from "./copy-button";
import { Countdown } from "./countdown";

const TITLES: Readonly<Record<ProblemCode, string>> = {
  denied: "This is not allowed",
  "consent-missing": "Cutover has no access yet",
  throttled: "The service asks us to slow down",
  unreachable: "There was no answer",
  unreadable: "The answer could not be read",
  rejected: "The change was refused",
  exists: "It is already there",
  moved: "Something has changed meanwhile",
  busy: "Something else is under way",
  gone: "It is no longer there",
  "not-ready": "It is not ready yet",
  "not-asked": "It was not asked",
  unsure: "We cannot tell whether it happened",
};

/** What passes by itself is not painted as a failure. */
const isPassing = (code: ProblemCode) => ["throttled", "busy", "not-ready"].includes(code);

export function ProblemBox({ problem, title }: { readonly problem: Problem; readonly title?: string }) {
  const evidence = Object.entries(problem.evidence ?? {});
  return (
    <section
      className={`rounded-box border-l-4 px-4 py-3 ${isPassing(problem.code) ? "border-[var(--text-color-warning)] bg-warning-tint" : "border-[var(--text-color-danger)] bg-danger-tint"}`}
    >
      <h2 className="text-base">{title ?? TITLES[problem.code]}</h2>
      <p>{problem.say}</p>
      {problem.fix ? <p className="mt-1">{problem.fix}</p> : null}
      {problem.retryAt === undefined ? null : (
        <p className="mt-1">
          We try again <At at={problem.retryAt} /> (<Countdown until={problem.retryAt} />
          ).
        </p>
      )}
      {evidence.length > 0 ? (
        <details className="mt-1">
          <summary>Details for support</summary>
          <dl className="space-y-1 pb-2">
            {evidence.map(([name, value]) => (
              <div key={name}>
                <dt className="text-sm text-subtle">{name}</dt>
                <dd className="value">{value}</dd>
              </div>
            ))}
          </dl>
          <CopyButton value={evidence.map((pair) => pair.join(": ")).join("\n")} what="details" label="Copy details" />
        </details>
      ) : null}
    </section>
  );
}
