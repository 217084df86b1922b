/** The top of a step, plan or run page: the way back, the title, where it stands. */
import type { ReactNode } from "react";
import { Go } from "./go";
import { Heading } from "./heading";

type Props = {
  readonly back: { readonly href: string; readonly title: string };
  readonly title: string;
  readonly over?: string;
  /** Where it stands. */
  readonly children?: ReactNode;
};

export function StepHead({ back, title, over, children }: Props) {
  return (
    <div className="mb-6">
      <p className="mb-3 no-print">
        <Go href={back.href} className="inline-flex min-h-8 items-center gap-1.5 text-link underline-offset-3 hover:underline">
          <span aria-hidden="true">←</span>
          {back.title}
        </Go>
      </p>
      {over ? <p className="text-subtle">{over}</p> : null}
      <Heading>{title}</Heading>
      {children ? <p className="mt-2">{children}</p> : null}
    </div>
  );
}
