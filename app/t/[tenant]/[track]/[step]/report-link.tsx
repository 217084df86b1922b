/** From a step to the page that belongs to it: what locking the door would refuse, and people picked for a region. */
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import type { StepView } from "@/lib/usecases/views";

/** The one step that has such a report. */
const LOCKS = "lock-down";
/** The one step that people are picked for. */
const SORTS = "journal-regions";

export function ReportLink({ view }: { readonly view: StepView }) {
  if (view.id === SORTS)
    return (
      <p>
        <Go href={`/t/${view.head.id}/regions`}>Pick people one by one, by a list, or from a CSV file</Go>
      </p>
    );
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
