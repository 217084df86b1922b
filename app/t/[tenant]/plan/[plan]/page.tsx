/** Check before you change: every change in full, the same as PowerShell and by hand, then one button that says the act. */
import type { Metadata } from "next";
import { cache } from "react";
import { enter, orNotFound } from "@/app/door";
import { At } from "@/components/at";
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import { StepHead } from "@/components/step-head";
import { Tabs } from "@/components/tabs";
import type { PlanView } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";
import { Agree } from "./agree";
import { isView, Shown, VIEWS } from "./shown";

type Props = { readonly params: Promise<{ tenant: string; plan: string }>; readonly searchParams: Promise<{ as?: string | string[] }> };

const kept = cache(async (tenant: string, plan: string) => {
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/plan/${plan}`);
  return orNotFound(await cutover().plan(scope, visitor, plan));
});

const titleOf = (view: PlanView) => (view.isUndo ? "Check before you take it back" : "Check before you change");

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant, plan } = await params;
  const view = await kept(tenant, plan);
  return { title: { absolute: `${titleOf(view)}: ${view.title} · ${view.head.name}` } };
}

function Facts({ plan }: { readonly plan: PlanView }) {
  const who = {
    us: `Cutover, with the access you gave it`,
    script: `You, by running the script. You need: ${plan.role}.`,
    hand: `You, by hand. You need: ${plan.role}.`,
  }[plan.way];
  const facts = [
    ["Who does it", who],
    ["How to undo it", plan.isUndo ? "Do the step again: it is planned anew from what is there then." : plan.undo],
  ] as const;
  return (
    <dl className="card divide-y divide-hairline">
      {facts.map(([term, text]) => (
        <div key={term} className="gap-4 px-4 py-3 sm:flex sm:px-5">
          <dt className="shrink-0 text-subtle sm:w-40">{term}</dt>
          <dd className="min-w-0">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

export default async function PlanPage({ params, searchParams }: Props) {
  const [{ tenant, plan: id }, { as }] = await Promise.all([params, searchParams]);
  const plan = await kept(tenant, id);
  const shown = isView(as) ? as : "changes";
  const href = `/t/${tenant}/plan/${id}`;
  return (
    <article className="max-w-4xl">
      <StepHead
        back={{ href: `/t/${tenant}/${plan.track}/${plan.step}`, title: "Back to the step" }}
        title={titleOf(plan)}
        over={plan.title}
      />
      <div className="space-y-6">
        <p className="text-lg">
          <strong className="text-strong">{plan.counts}</strong> in {plan.head.name}.{" "}
          <span className="text-subtle">
            Planned <At at={plan.createdAt} />. Nothing has been changed yet.
          </span>
        </p>
        {plan.runId ? (
          <Note tone="info" title="This plan was agreed to">
            <p>
              <Go href={`/t/${tenant}/runs/${plan.runId}`}>Open its run</Go>
            </p>
          </Note>
        ) : null}
        {plan.isOld ? (
          <Note tone="warning" title="This plan is old">
            <p>What is there may have changed. Go back to the step and make a new plan.</p>
          </Note>
        ) : null}
        <Tabs
          label="The plan as"
          tabs={VIEWS.map(({ id: view, label }) => ({ href: `${href}?as=${view}`, label, isCurrent: view === shown }))}
        />
        <Shown plan={plan} as={shown} />
        {plan.risk ? (
          <Note tone="warning" title="Risk">
            <p>{plan.risk}</p>
          </Note>
        ) : null}
        {plan.forGood.length > 0 ? (
          <Note tone="warning" title="This cannot be taken back">
            {plan.forGood.map((say) => (
              <p key={say}>{say}</p>
            ))}
          </Note>
        ) : null}
        {plan.isFirst && !plan.runId ? (
          <Note tone="info" title="Before your first change: keep an undo kit">
            <p>
              <a href={`/api/t/${tenant}/undo-kit`} download>
                Download the undo kit
              </a>
              , a PowerShell script that puts everything back to how it is now, also on a day when Cutover itself is down.
            </p>
          </Note>
        ) : null}
        <Facts plan={plan} />
        {plan.runId || plan.isOld ? null : <Agree plan={plan} as={shown} />}
      </div>
    </article>
  );
}
