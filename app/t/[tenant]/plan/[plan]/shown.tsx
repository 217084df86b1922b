/** The plan three times: as differences, as PowerShell, as what a person would do in the portal. */
import { ByHand } from "@/components/by-hand";
import { Command } from "@/components/command";
import { Differences } from "@/components/difference";
import { Note } from "@/components/note";
import type { PlanView } from "@/lib/usecases/views";
import { FORM_ID } from "./form-id";

export const VIEWS = [
  { id: "changes", label: "Changes" },
  { id: "powershell", label: "PowerShell" },
  { id: "by-hand", label: "By hand" },
] as const;
export type ViewId = (typeof VIEWS)[number]["id"];
export const isView = (text: unknown): text is ViewId => VIEWS.some(({ id }) => id === text);

const isOpen = (plan: PlanView) => plan.runId === null && !plan.isOld;
const valuesOf = (change: PlanView["changes"][number]) =>
  change.rows.flatMap((row) => (row.form === "list" ? row.add : row.after === "" ? [] : [row.after]));

/** A plan of several steps says whose changes are whose. */
function Parts({ plan }: { readonly plan: PlanView }) {
  const titles = [...new Set(plan.changes.map((change) => change.part))];
  const form = isOpen(plan) && plan.way !== "script" && plan.changes.length > 1 ? { form: FORM_ID } : {};
  if (titles.length < 2) return <Differences changes={plan.changes} {...form} />;
  return (
    <ol className="space-y-8">
      {titles.map((title) => (
        <li key={title} className="space-y-3">
          <h2>{title}</h2>
          <Differences changes={plan.changes.filter((change) => change.part === title)} {...form} />
        </li>
      ))}
    </ol>
  );
}

/** A run waits for these; a script and a person do not, so they are left out. */
function NotYet({ notYet }: Pick<PlanView, "notYet">) {
  if (notYet.length === 0) return null;
  return (
    <Note tone="warning" title="Not yet, so not in here">
      <ul className="list-disc space-y-1 pl-5">
        {notYet.map(({ part, saw }) => (
          <li key={part}>
            {part}: {saw}
          </li>
        ))}
      </ul>
      <p>Open this page again when that is over.</p>
    </Note>
  );
}

const isNow = ({ notYet }: PlanView, part: string) => notYet.every((one) => one.part !== part);

export function Shown({ plan, as }: { readonly plan: PlanView; readonly as: ViewId }) {
  switch (as) {
    case "changes":
      return <Parts plan={plan} />;
    case "powershell":
      return (
        <div className="space-y-3">
          <NotYet notYet={plan.notYet} />
          <p className="prose">
            This is the whole of it: it looks before each line, does what is listed under Changes, reads everything back and writes it to a
            file.
          </p>
          <Command title="The script" text={plan.script} download={`/api/t/${plan.head.id}/plans/${plan.id}/script`} />
        </div>
      );
    case "by-hand":
      return (
        <div className="space-y-3">
          <NotYet notYet={plan.notYet} />
          <ByHand
            steps={plan.changes.filter(({ part }) => isNow(plan, part)).map((change) => ({ say: change.byHand, copy: valuesOf(change) }))}
          />
        </div>
      );
  }
}
