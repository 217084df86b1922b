/** What else there is to a step: undo, how long it takes, what goes wrong, links, leaving it out. */
import type { ReactNode } from "react";
import { ActionForm } from "@/components/action-form";
import { Go } from "@/components/go";
import { numbered } from "@/components/numbered";
import { TextArea } from "@/components/text-area";
import type { StepView } from "@/lib/usecases/views";
import { makePlan, skip } from "../../actions";
import { firstWay } from "./ways";

/** Steps after which mail takes another way. */
const PROVEN_BY_MAIL = ["enhanced-filtering", "message-handling", "mx-records", "lock-down"];

function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details>
      <summary className="px-4 py-3 font-medium text-strong sm:px-5">{title}</summary>
      <div className="space-y-3 px-4 pb-5 sm:px-5">{children}</div>
    </details>
  );
}

function Undo({ view }: { readonly view: StepView }) {
  return (
    <Fold title="Undo">
      <p className="prose">{view.texts.undo}</p>
      {view.canUndo ? (
        <ActionForm
          action={makePlan}
          hidden={{ _tenant: view.head.id, _step: view.id, _way: firstWay(view), _undo: "yes" }}
          submit="Show the plan for the undo"
          busy="Looking and planning…"
          tone="plain"
        />
      ) : (
        <p className="text-subtle">Nothing of this step was made through Cutover yet, so there is nothing to take back.</p>
      )}
    </Fold>
  );
}

function Skip({ view }: { readonly view: StepView }) {
  if (view.skipped) return null;
  if (!view.canSkip)
    return (
      <Fold title="Leave this step out">
        <p className="prose">This step can’t be left out: what comes after it relies on it.</p>
      </Fold>
    );
  return (
    <Fold title="Leave this step out">
      <ActionForm action={skip} hidden={{ _tenant: view.head.id, _step: view.id }} submit="Skip this step" busy="Saving…" tone="plain">
        <TextArea
          name="reason"
          label="Why this step is not needed"
          hint="One sentence. Everybody who works on this setup sees it, and you can take the step up again at any time."
        />
      </ActionForm>
    </Fold>
  );
}

function Fails({ view }: { readonly view: StepView }) {
  if (view.texts.fails.length === 0) return null;
  return (
    <Fold title="When it goes wrong">
      <dl className="prose space-y-3">
        {numbered(view.texts.fails).map(({ item: { when, remedy }, key }) => (
          <div key={key}>
            <dt className="font-medium text-strong">{when}</dt>
            <dd>{remedy}</dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

function Proof({ view }: { readonly view: StepView }) {
  if (!PROVEN_BY_MAIL.includes(view.id)) return null;
  return (
    <Fold title="See it with test mail">
      <p className="prose">Two test messages show what really happens to mail now: one the usual way, one straight at Microsoft.</p>
      <p>
        <Go href={`/t/${view.head.id}/proof`}>Prove it with test mail</Go>
      </p>
    </Fold>
  );
}

export function More({ view }: { readonly view: StepView }) {
  const { texts } = view;
  return (
    <section aria-labelledby="more" className="space-y-3">
      <h2 id="more">More about this step</h2>
      <div className="card divide-y divide-hairline">
        <Fold title="What it needs and how long it takes">
          <p className="prose">You need: {texts.role}.</p>
          <p className="prose">{texts.takes}</p>
        </Fold>
        <Undo view={view} />
        <Proof view={view} />
        <Fails view={view} />
        <Skip view={view} />
        {texts.links.length > 0 ? (
          <Fold title="Read more">
            <ul className="space-y-1">
              {numbered(texts.links).map(({ item: { title, href }, key }) => (
                <li key={key}>
                  <a href={href} target="_blank" rel="noreferrer">
                    {title}
                    <span className="sr-only"> (opens a new tab)</span>
                  </a>
                </li>
              ))}
            </ul>
          </Fold>
        ) : null}
      </div>
    </section>
  );
}
