/** Why a form was not accepted, before its fields: takes the focus, and each line leads to its field with the same words. */
import type { Problem } from "@/lib/base/result";
import { At } from "./at";

export type Refused = {
  readonly problem: Problem;
  readonly fields?: Readonly<Record<string, string>>;
  /** Where to sign in again, when the session ended in the middle. */
  readonly signInHref?: string;
};

/** Ids are made from names in one place, because summary and field must agree. */
export const fieldId = (name: string): string => `field-${name.replace(/[^\w-]/g, "-")}`;

export function ErrorSummary({ refused, ref }: { readonly refused: Refused; readonly ref?: React.Ref<HTMLDivElement> }) {
  const { problem, fields = {}, signInHref } = refused;
  return (
    <div ref={ref} role="alert" tabIndex={-1} className="rounded-box border-2 border-[var(--text-color-danger)] bg-base px-4 py-3">
      <h3 className="text-danger">There is a problem</h3>
      <p>{problem.say}</p>
      {problem.fix ? <p>{problem.fix}</p> : null}
      {problem.retryAt === undefined ? null : (
        <p>
          Try again after <At at={problem.retryAt} />.
        </p>
      )}
      {signInHref ? (
        <p>
          <a href={signInHref} target="_blank" rel="noreferrer">
            Sign in again in a new tab
          </a>
          , come back here and press the button again. What you entered is still here.
        </p>
      ) : null}
      <ul className="mt-1 list-disc pl-5">
        {Object.entries(fields).map(([name, say]) => (
          <li key={name}>
            <a href={`#${fieldId(name)}`}>{say}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
