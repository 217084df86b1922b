/** The one button of a plan. It says the act; where mail can stop, a domain is typed first. */
import { ActionForm } from "@/components/action-form";
import { AgreeLabel } from "@/components/agree-label";
import { Field } from "@/components/field";
import { Go } from "@/components/go";
import type { PlanView } from "@/lib/usecases/views";
import { UploadForm } from "../../[track]/[step]/upload-form";
import { agree } from "../../actions";
import { FORM_ID, MOST_TICKED } from "./form-id";
import type { ViewId } from "./shown";

function Typed({ domains }: { readonly domains: readonly string[] }) {
  if (domains.length === 0) return null;
  const some = domains.slice(0, 5).join(", ");
  return (
    <Field
      field={{
        name: "typed",
        label: "Type the name of a domain this is about",
        hint: `One of ${some}${domains.length > 5 ? " and others" : ""}. This step can stop mail.`,
        type: "text",
      }}
      value=""
    />
  );
}

const ACTS = { script: "I run the script: start watching for it", hand: "I make these changes by hand" } as const;

export function Agree({ plan, as }: { readonly plan: PlanView; readonly as: ViewId }) {
  const total = plan.changes.length;
  // Tick boxes stand only under Changes; elsewhere all of them are meant.
  const isTicked = as === "changes" && plan.way !== "script" && total > 1 && total <= MOST_TICKED;
  const act = plan.way === "us" ? <AgreeLabel form={FORM_ID} total={total} isTicked={isTicked} where={plan.head.name} /> : ACTS[plan.way];
  return (
    <section aria-label="Agree" className="space-y-6 pt-2">
      <ActionForm
        id={FORM_ID}
        action={agree}
        hidden={{ _tenant: plan.head.id, _plan: plan.id, ...(isTicked ? {} : { _all: "yes" }) }}
        submit={act}
        busy="Starting…"
      >
        <Typed domains={plan.typeOneOf} />
      </ActionForm>
      {plan.way === "script" ? <UploadForm tenant={plan.head.id} step={plan.step} plan={plan.id} /> : null}
      <p>
        <Go href={`/t/${plan.head.id}/${plan.track}/${plan.step}`}>Go back without changing anything</Go>
      </p>
    </section>
  );
}
