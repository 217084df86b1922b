/** When the tenant changed between plan and run: what was agreed beside what it would be now. */
import { Differences } from "@/components/difference";
import { Go } from "@/components/go";
import type { RunView } from "@/lib/usecases/views";

export function Moved({ run }: { readonly run: RunView }) {
  return (
    <section aria-labelledby="moved" className="space-y-4">
      <h2 id="moved">What it would be now</h2>
      <p className="prose">
        Somebody changed the tenant after you agreed, so nothing was done.{" "}
        <Go href={`/t/${run.head.id}/plan/${run.planId}`}>The plan you agreed to</Go> no longer fits; this one does:
      </p>
      <Differences changes={run.instead} />
      {run.insteadHref ? (
        <p>
          <Go href={run.insteadHref} className="button button-primary">
            Check the new plan
          </Go>
        </p>
      ) : null}
    </section>
  );
}
