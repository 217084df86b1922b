/** From the step that locks the door to the report on what that would refuse. */
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import type { StepView } from "@/lib/usecases/views";

/** The one step that has such a report. */
const LOCKS = "lock-down";

export function ReportLink({ view }: { readonly view: StepView }) {
  if (view.id !== LOCKS) return null;
  return (
    <Note tone="info" title="Before you lock">
      <p>
        See who sends past your mail records today: printers, applications, services. Each group comes with what to do about it.{" "}
        <Go href={`/t/${view.head.id}/rejected`}>What would be refused</Go>
      </p>
    </Note>
  );
}
