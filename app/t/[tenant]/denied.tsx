/** For somebody of the company whose account may not act: why, and who can. */
import { Heading } from "@/components/heading";
import { PeopleTable } from "@/components/people-table";
import type { Problem } from "@/lib/base/result";
import type { PeopleView } from "@/lib/usecases/views";

export function Denied({
  problem,
  company,
  people,
}: {
  readonly problem: Problem;
  readonly company: string;
  readonly people: PeopleView["people"];
}) {
  return (
    <div className="space-y-6">
      <div className="prose space-y-3">
        <Heading>You can’t act for {company}</Heading>
        <p>{problem.say}</p>
        {problem.fix ? <p>{problem.fix}</p> : null}
      </div>
      <section aria-labelledby="who" className="space-y-3">
        <h2 id="who">These people can</h2>
        <PeopleTable people={people} />
      </section>
      <p>
        If your account was given a role just now, <a href="/auth/sign-in">sign in again</a>: roles are read when you sign in.
      </p>
    </div>
  );
}
