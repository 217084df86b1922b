/** The top of a step, plan or run page: the way back, the title, where it stands. */
import type { Status } from "@/lib/model/status";
import { Go } from "./go";
import { Heading } from "./heading";
import { StatusWord } from "./status-word";

type Props = {
  readonly back: { readonly href: string; readonly title: string };
  readonly title: string;
  readonly over?: string;
  readonly status?: Status;
};

export function StepHead({ back, title, over, status }: Props) {
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
      {status ? (
        <p className="mt-2">
          <StatusWord status={status} />
        </p>
      ) : null}
    </div>
  );
}
