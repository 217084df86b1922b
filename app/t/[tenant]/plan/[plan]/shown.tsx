/** The plan three times: as differences, as PowerShell, as what a person would do in the portal. */
import { ByHand } from "@/components/by-hand";
import { Command } from "@/components/command";
import { Differences } from "@/components/difference";
import { Note } from "@/components/note";
import { figure } from "@/lib/model/figure";
import type { PlanView } from "@/lib/usecases/views";
import { FORM_ID, MOST_TICKED } from "./form-id";

export const VIEWS = [
  { id: "changes", label: "Changes" },
  { id: "powershell", label: "PowerShell" },
  { id: "by-hand", label: "By hand" },
] as const;
export type ViewId = (typeof VIEWS)[number]["id"];
export const isView = (text: unknown): text is ViewId => VIEWS.some(({ id }) => id === text);

const isOpen = (plan: PlanView) => plan.runId === null && !plan.isOld;
/** Switches are set, not typed. */
const NOT_TYPED = ["", "Yes", "No", "On", "Off"];
const valuesOf = (change: PlanView["changes"][number]) =>
  change.rows.flatMap((row) => (row.form === "list" ? row.add : NOT_TYPED.includes(row.after) ? [] : [row.after]));

/** A plan of several steps says whose changes are whose. */
function Parts({ plan }: { readonly plan: PlanView }) {
  const titles = [...new Set(plan.changes.map((change) => change.part))];
  const form =
    isOpen(plan) && plan.way !== "script" && plan.changes.length > 1 && plan.changes.length <= MOST_TICKED ? { form: FORM_ID } : {};
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

/** What nobody does by hand, and what no page should hold. */
const MOST_BY_HAND = 100;
const MOST_SCRIPT = 300_000;

function Script({ plan }: { readonly plan: PlanView }) {
  const href = `/api/t/${plan.head.id}/plans/${plan.id}/script`;
  if (plan.script.length <= MOST_SCRIPT) return <Command title="The script" text={plan.script} download={href} />;
  return (
    <p>
      It is too long to show: {figure(Math.ceil(plan.script.length / 1_000))} kB.{" "}
      <a href={href} download>
        Download the script
      </a>
    </p>
  );
}

export function Shown({ plan, as }: { readonly plan: PlanView; readonly as: ViewId }) {
  const now = plan.changes.filter(({ part }) => isNow(plan, part));
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
          <Script plan={plan} />
        </div>
      );
    case "by-hand":
      return (
        <div className="space-y-3">
          <NotYet notYet={plan.notYet} />
          <ByHand steps={now.slice(0, MOST_BY_HAND).map((change) => ({ say: change.byHand, copy: valuesOf(change) }))} />
          {now.length > MOST_BY_HAND ? (
            <p>And {figure(now.length - MOST_BY_HAND)} more of the same kind: take the script for so many.</p>
          ) : null}
        </div>
      );
  }
}
