/** A part of a message's page: its heading, what stands there while it is read, and how it says that it could not be. */
import type { ReactNode } from "react";
import { ProblemBox } from "@/components/problem-box";
import type { Problem } from "@/lib/base/result";

export function Section({ id, title, children }: { readonly id: string; readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

export function PartSkeleton() {
  return (
    <div className="card space-y-3 px-5 py-4" aria-hidden="true">
      <span className="skeleton h-4 w-1/2" />
      <span className="skeleton h-4 w-2/3" />
      <span className="skeleton h-4 w-1/3" />
    </div>
  );
}

/** The vendor keeps the inside of detections only: nothing there is no fault. */
export function PartProblem({ problem, nothing }: { readonly problem: Problem; readonly nothing: string }) {
  if (problem.code === "gone") return <p className="card px-5 py-4 text-subtle">{nothing}</p>;
  return <ProblemBox problem={problem} />;
}
