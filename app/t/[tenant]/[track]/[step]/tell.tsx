/** "Mail me when this is done": for a step that waits for hours or days. */
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import type { StepView } from "@/lib/usecases/views";
import { tellMe, tellNobody } from "../../actions";

const ADDRESS = {
  name: "address",
  label: "Your mail address",
  hint: "One mail, when the wait is over. You can close this page.",
  type: "text",
} as const;

export function Tell({ view }: { readonly view: StepView }) {
  const isWaiting = view.status.code === "waiting" || view.openRun?.state === "waiting" || view.openRun?.state === "needs-you";
  if (view.told === null || !isWaiting) return null;
  const hidden = { _tenant: view.head.id, _step: view.id };
  return (
    <details className="card">
      <summary className="px-4 py-3 font-medium text-strong sm:px-5">Mail me when this is done</summary>
      <div className="space-y-4 px-4 pb-5 sm:px-5">
        {view.told.length > 0 ? (
          <div className="flex flex-wrap items-center gap-3">
            <p>A mail goes to {view.told.join(", ")}.</p>
            <ActionForm action={tellNobody} hidden={hidden} submit="Send none" busy="Saving…" tone="plain" isSmall />
          </div>
        ) : null}
        <ActionForm action={tellMe} hidden={hidden} submit="Mail me" busy="Saving…" tone="plain">
          <Field field={ADDRESS} value={view.told.length > 0 ? "" : view.head.visitor.upn} />
        </ActionForm>
      </div>
    </details>
  );
}
