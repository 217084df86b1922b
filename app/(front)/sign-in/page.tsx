/** When signing in, or giving access, did not work: why, and the way to try again. */
import { handedProblem } from "@/app/problem-note";
import { Heading } from "@/components/heading";
import { ProblemBox } from "@/components/problem-box";

export const metadata = { title: "Sign in" };

export default async function SignIn({ searchParams }: { readonly searchParams: Promise<{ problem?: string | string[] }> }) {
  const problem = await handedProblem((await searchParams).problem);
  return (
    <div className="prose space-y-6">
      <Heading>{problem ? "Signing in did not work" : "Sign in"}</Heading>
      {problem ? <ProblemBox problem={problem} title="What happened" /> : null}
      <p>Cutover uses your Microsoft work account. It learns your name, your company and your administrator roles, nothing else.</p>
      <p>
        <a href="/auth/sign-in" className="button button-primary">
          {problem ? "Try again" : "Sign in with Microsoft"}
        </a>
      </p>
    </div>
  );
}
