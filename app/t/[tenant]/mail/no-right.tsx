/** For somebody who may open this setup but not read its mail: why, and who can give that right. */
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import type { Problem } from "@/lib/base/result";

export function NoRight({ tenant, title, problem }: { readonly tenant: string; readonly title: string; readonly problem: Problem }) {
  return (
    <div className="prose space-y-3">
      <Heading>{title}</Heading>
      <p>{problem.say}</p>
      {problem.fix ? <p>{problem.fix}</p> : null}
      <p>
        <Go href={`/t/${tenant}/people`}>People</Go>
      </p>
    </div>
  );
}
