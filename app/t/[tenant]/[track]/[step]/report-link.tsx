/** From a step to the page that belongs to it: what locking the door would refuse, people picked for a region, and what moves messages by itself. */
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import type { StepView } from "@/lib/usecases/views";

/** The one step that has such a report. */
const LOCKS = "lock-down";
/** The one step that people are picked for. */
const SORTS = "journal-regions";
/** The one step that is carried out on a page of its own. */
const MOVES = "auto-retract";

export function ReportLink({ view }: { readonly view: StepView }) {
  if (view.id === SORTS)
    return (
      <p>
        <Go href={`/t/${view.head.id}/regions`}>Pick people one by one, by a list, or from a CSV file</Go>
      </p>
    );
  if (view.id === MOVES)
    return (
      <Note tone="info" title="If Cutover moves them">
        <p>
          Choose the table below and save it. Then see what it would have moved in the last 7 days, and turn it on, on its own page.{" "}
          <Go href={`/t/${view.head.id}/auto-retract`}>Auto-retract</Go>
        </p>
      </Note>
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
