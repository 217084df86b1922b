/** The plan three times: as differences, as PowerShell, as what a person would do in the portal. */
import { ByHand } from "@/components/by-hand";
import { Command } from "@/components/command";
import { Differences } from "@/components/difference";
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

export function Shown({ plan, as }: { readonly plan: PlanView; readonly as: ViewId }) {
  switch (as) {
    case "changes":
      return (
        <Differences
          changes={plan.changes}
          {...(isOpen(plan) && plan.way !== "script" && plan.changes.length > 1 ? { form: FORM_ID } : {})}
        />
      );
    case "powershell":
      return (
        <div className="space-y-3">
          <p className="prose">
            This is the whole of it: it looks before each line, does what is listed under Changes, reads everything back and writes it to a
            file.
          </p>
          <Command title="The script" text={plan.script} download={`/api/t/${plan.head.id}/plans/${plan.id}/script`} />
        </div>
      );
    case "by-hand":
      return <ByHand steps={plan.changes.map((change) => ({ say: change.byHand, copy: valuesOf(change) }))} />;
  }
}
