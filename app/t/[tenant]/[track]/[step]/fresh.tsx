/** The one read wave of a step's page, under Suspense, and the ear that keeps it fresh while something is still to come. */
import { Live } from "@/components/live";
import { signalOfLook } from "@/components/signals";
import type { Looked, StepView } from "@/lib/usecases/views";
import { Found } from "./found";

type Props = {
  readonly seen: Promise<{ readonly looked: Looked; readonly view: StepView }>;
  readonly href: string;
  readonly steps: Readonly<Record<string, { readonly title: string; readonly href: string }>>;
};

export async function Fresh({ seen, href, steps }: Props) {
  const { looked, view } = await seen;
  const { key, isSettled } = signalOfLook(looked);
  return (
    <>
      <Found view={view} looked={looked} isStale={false} href={href} steps={steps} />
      {isSettled ? null : <Live href={`/api/t/${view.head.id}/steps/${view.id}/live`} drawn={key} />}
    </>
  );
}
