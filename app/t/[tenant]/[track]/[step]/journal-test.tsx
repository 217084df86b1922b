/** On the step that sees reports arrive: sending a test message from outside, and typing the dashboard's number. */
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import type { StepView } from "@/lib/usecases/views";
import { noteCount, sendJournalTest } from "../../actions";

/** The one step that has these forms. */
const SEES = "journal-flow";

const TO = {
  name: "to",
  label: "A mailbox of yours",
  hint: "One that you can open, in a domain you chose, and not the one for undeliverable reports.",
  type: "text",
  placeholder: "name@company.com",
} as const;
const COUNT = {
  name: "count",
  label: "Number of processed messages",
  hint: "As the dashboard shows it now. Type it again after some mail: it should have grown.",
  type: "number",
} as const;

export function JournalTest({ view }: { readonly view: StepView }) {
  if (view.id !== SEES || view.missing.length > 0) return null;
  const hidden = { _tenant: view.head.id };
  return (
    <section aria-labelledby="test" className="space-y-4">
      <div className="prose space-y-2">
        <h2 id="test">Send a test message</h2>
        <p>
          Cutover sends two messages from outside: one by your mail records, one straight at Microsoft. What is delivered is journaled, and
          its report is looked for at the vendor.
        </p>
      </div>
      <div className="card px-4 py-5 sm:px-5">
        <ActionForm action={sendJournalTest} hidden={hidden} submit="Send two test messages" busy="Sending…" tone="plain">
          <Field field={TO} value={view.head.isVisit ? "" : view.head.visitor.upn} />
        </ActionForm>
      </div>
      <details className="card">
        <summary className="px-4 py-3 font-medium text-strong sm:px-5">Without an API token: type the number yourself</summary>
        <div className="px-4 pb-5 sm:px-5">
          <ActionForm action={noteCount} hidden={hidden} submit="Keep this number" busy="Saving…" tone="plain">
            <Field field={COUNT} value="" />
          </ActionForm>
        </div>
      </details>
    </section>
  );
}
