/** Auto-retract carried out by Cutover: what it would do, what stands in the way, turning it on and off, and how it goes. */
import { Suspense } from "react";
import { enter, orNotFound, theTasks } from "@/app/door";
import { AutoTable } from "@/components/auto-table";
import { Go } from "@/components/go";
import { Live } from "@/components/live";
import { MailItems } from "@/components/mail-items";
import { MailPlaces } from "@/components/mail-places";
import { signalOfAuto } from "@/components/order-signal";
import { StepHead } from "@/components/step-head";
import type { AutoView } from "@/lib/usecases/views/mail-orders";
import { cutover } from "@/lib/wiring";
import { Preview, PreviewSkeleton } from "./preview";
import { Standing } from "./standing";
import { TurnOff, TurnOn } from "./turn";

export const metadata = { title: "Auto-retract" };

function Failures({ view: { failures, head, counts } }: { readonly view: AutoView }) {
  if (counts.failed === 0) return null;
  return (
    <section aria-labelledby="failures" className="space-y-3">
      <h2 id="failures">What failed</h2>
      {failures === null ? (
        <p className="prose text-subtle">Which messages these are is shown to those who may read mail.</p>
      ) : (
        <MailItems tenant={head.id} items={failures} show="state" />
      )}
    </section>
  );
}

export default async function AutoRetract({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/auto-retract`);
  const view = orNotFound(await cutover().autoRetract.page(scope, visitor));
  const { tracks } = await theTasks(scope, visitor);
  const steps = Object.fromEntries(tracks.flatMap((one) => one.steps).map((row) => [row.id, row]));
  const stepHref = `/t/${tenant}/retraction/auto-retract`;
  const { key, isSettled } = signalOfAuto(view);
  const hasPreview = view.by === "cutover" && (view.state !== "on" || view.isTableOld);
  return (
    <div className="max-w-4xl space-y-8">
      <div className="space-y-4">
        <StepHead back={{ href: stepHref, title: "Back to the step" }} title="Auto-retract" />
        <MailPlaces tenant={tenant} here="auto-retract" />
        <Standing view={view} stepHref={stepHref} steps={steps} />
      </div>
      <Failures view={view} />
      <section aria-labelledby="table" className="space-y-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 id="table">What is done with what</h2>
          <Go href={stepHref}>Change the table</Go>
        </div>
        <AutoTable table={view.table} />
      </section>
      {hasPreview ? (
        // The button comes with the preview: it is seen first, and nothing that somebody is about to press moves.
        <Suspense fallback={<PreviewSkeleton />}>
          <Preview tenant={tenant} asked={cutover().autoRetract.preview(scope, visitor)} stopped={view.problem} />
          <TurnOn view={view} steps={steps} />
        </Suspense>
      ) : null}
      <TurnOff view={view} />
      {isSettled ? null : <Live href={`/api/t/${tenant}/auto-retract/live`} drawn={key} />}
    </div>
  );
}
