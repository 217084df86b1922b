/** From a problem to where it is mended: the step that it names, else the page that it is about. */
import type { Problem } from "@/lib/base/result";
import { Go } from "./go";

type Place = { readonly title: string; readonly href: string };
type Props = { readonly problem: Problem; readonly steps: Readonly<Record<string, Place>>; readonly otherwise: Place };

export function ProblemWay({ problem, steps, otherwise }: Props) {
  const { title, href } = (problem.step === undefined ? undefined : steps[problem.step]) ?? otherwise;
  return (
    <p>
      <Go href={href}>Open “{title}”</Go>
    </p>
  );
}
