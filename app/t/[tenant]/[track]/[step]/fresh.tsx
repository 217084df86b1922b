/** The one read wave of a step's page, under Suspense, and the ear that keeps it fresh while something is still to come. */
import { orNotFound } from "@/app/door";
import { Live } from "@/components/live";
import { signalOfLook } from "@/components/signals";
import type { TenantScope } from "@/lib/model/scope";
import type { StepView } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";
import { Found } from "./found";

type Props = {
  readonly scope: TenantScope;
  readonly view: StepView;
  readonly href: string;
  readonly steps: Readonly<Record<string, { readonly title: string; readonly href: string }>>;
};

export async function Fresh({ scope, view, href, steps }: Props) {
  const looked = orNotFound(await cutover().stepFresh(scope, view.id));
  const { key, isSettled } = signalOfLook(looked);
  return (
    <>
      <Found view={view} looked={looked} isStale={false} href={href} steps={steps} />
      {isSettled ? null : <Live href={`/api/t/${view.head.id}/steps/${view.id}/live`} drawn={key} />}
    </>
  );
}
