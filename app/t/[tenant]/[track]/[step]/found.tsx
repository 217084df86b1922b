/** What a look found: verdicts, evidence, what it should be, and the settings that a person chooses. */

import { ActionForm } from "@/components/action-form";
import { Ago } from "@/components/ago";
import { At } from "@/components/at";
import { Checks } from "@/components/checks";
import { EvidenceTables } from "@/components/evidence-table";
import { Field } from "@/components/field";
import { Go } from "@/components/go";
import { LineChart } from "@/components/line-chart";
import { LookAgain } from "@/components/look-again";
import { Note } from "@/components/note";
import type { Looked, StepView } from "@/lib/usecases/views";
import { saveSettings } from "../../actions";
import { heldBy } from "./held-by";
import { MayYouAuthorise } from "./may-authorise";

type Props = {
  readonly view: StepView;
  readonly looked: Looked;
  /** A fresh look is on its way: what stands here is remembered. */
  readonly isStale: boolean;
  readonly href: string;
  readonly steps: Readonly<Record<string, { readonly title: string; readonly href: string }>>;
};

/** The table over time that is drawn as well. */
const DRAWN = "Messages processed";

function Source({ looked, isStale }: Pick<Props, "looked" | "isStale">) {
  if (looked.source === "upload")
    return (
      <>
        From a file that {looked.by ?? "somebody"} uploaded, as seen <At at={looked.at} />
      </>
    );
  if (isStale)
    return (
      <>
        As seen <At at={looked.at} />, looking again…
      </>
    );
  return (
    <>
      Last looked <Ago at={looked.at} />
    </>
  );
}

function Settings({ view, looked, isStale }: Pick<Props, "view" | "looked" | "isStale">) {
  if (looked.fields.length === 0) return null;
  return (
    <section aria-labelledby="settings" className="space-y-3">
      <h2 id="settings">Your choice</h2>
      <div className="card px-4 py-5 sm:px-5">
        {/* While a look is under way the form can't be used: it is drawn anew from what the look finds. */}
        <fieldset disabled={isStale}>
          <legend className="sr-only">Your choice</legend>
          <ActionForm
            action={saveSettings}
            hidden={{ _tenant: view.head.id, _step: view.id }}
            submit="Save"
            busy="Saving…"
            tone={looked.changes.length > 0 ? "plain" : "primary"}
          >
            {looked.fields.map((field) => (
              <Field key={field.name} field={field} value={heldBy(field, view.settings)} />
            ))}
          </ActionForm>
        </fieldset>
      </div>
    </section>
  );
}

function Should({ view, looked }: Pick<Props, "view" | "looked">) {
  const count = looked.changes.length;
  return (
    <section aria-labelledby="should" className="space-y-2">
      <h2 id="should">What it should be</h2>
      <p className="prose">{view.texts.should}</p>
      {count > 0 ? (
        <p className="prose">
          {count === 1 ? "One setting differs. You see it" : `${count} settings differ. You see each of them`} before anything is changed.
        </p>
      ) : null}
      {looked.settling > 0 ? (
        <p className="prose">
          {looked.settling === 1 ? "One change is" : `${looked.settling} changes are`} made and not shown by Microsoft yet. That takes a few
          minutes.
        </p>
      ) : null}
    </section>
  );
}

export function Found({ view, looked, isStale, href, steps }: Props) {
  // Also from what is remembered: what is drawn before the look and after it stands in the same places.
  const isRight =
    looked.changes.length === 0 && looked.settling === 0 && looked.checks.every((c) => c.verdict === "pass" || c.verdict === "warn");
  const drawn = looked.evidence.filter(({ title }) => title === DRAWN);
  return (
    <div className="space-y-8">
      <MayYouAuthorise view={view} looked={looked} />
      <section aria-labelledby="found" className="space-y-3">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <h2 id="found">What we found</h2>
          <p className="flex items-center gap-3 text-sm text-subtle">
            {/* As wide as its longest words and begun at the left: they change by themselves while somebody reads, and nothing may move. */}
            <span className="min-w-40">
              <Source looked={looked} isStale={isStale} />
            </span>
            <LookAgain href={href} />
          </p>
        </div>
        <Checks checks={looked.checks} steps={steps} />
        {drawn.map((evidence) => (
          <LineChart key={evidence.title} evidence={evidence} />
        ))}
        <EvidenceTables tables={[...looked.evidence.filter(({ title }) => title !== DRAWN), ...drawn]} isSoonNew={isStale} />
        {looked.checks.some((c) => c.verdict === "wait") ? (
          <p>
            <a href={`/api/t/${view.head.id}/steps/${view.id}/calendar`} download>
              Put the end of the wait into your calendar
            </a>{" "}
            (.ics)
          </p>
        ) : null}
      </section>
      <Should view={view} looked={looked} />
      <Settings view={view} looked={looked} isStale={isStale} />
      {isRight && view.next && view.next.id !== view.id ? (
        <Note tone="success" title="This step is right">
          <p className="mt-2">
            <Go href={view.next.href} className="button button-primary">
              Continue: {view.next.title}
            </Go>
          </p>
        </Note>
      ) : null}
    </div>
  );
}
