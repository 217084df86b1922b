/** Turning it on, which asks once more where mail would be deleted for good, and turning it off. */
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import { NeedsMailRight } from "@/components/needs-mail-right";
import { Note } from "@/components/note";
import { ProblemBox } from "@/components/problem-box";
import { ProblemWay } from "@/components/problem-way";
import type { Problem } from "@/lib/base/result";
import type { AutoView } from "@/lib/usecases/views/mail-orders";
import { turnOff, turnOn } from "./actions";

const listed = new Intl.ListFormat("en-GB");

function Sure({ forGood }: Pick<AutoView, "forGood">) {
  if (forGood.length === 0) return null;
  const what = listed.format(forGood);
  return (
    <>
      <Note tone="warning" title={`${what} would be hard deleted, without anybody looking first`}>
        <p>
          A message that was detected by mistake cannot be brought back but by an eDiscovery search. Junk Email and Soft delete also take it
          out of sight at once, and can be taken back.
        </p>
      </Note>
      <Field
        field={{
          name: "sure",
          label: "Hard delete",
          type: "choices",
          options: [{ value: "yes", label: `I know that nobody gets back what is detected as ${what}` }],
        }}
        value={[]}
      />
    </>
  );
}

const titles = {
  off: "Turn it on",
  stopped: "Turn it on again",
  on: "Turn it on again with the new table",
} as const;

type Steps = Parameters<typeof ProblemWay>[0]["steps"];

/** What stands in the way, and the way there. */
function Barred({ problem, tenant, steps }: { readonly problem: Problem; readonly tenant: string; readonly steps: Steps }) {
  return (
    <>
      <ProblemBox problem={problem} title="It cannot be turned on yet" />
      <ProblemWay problem={problem} steps={steps} otherwise={{ title: "Cloudflare", href: `/t/${tenant}/cloudflare` }} />
    </>
  );
}

export function TurnOn({ view, steps }: { readonly view: AutoView; readonly steps: Steps }) {
  const { state, isTableOld, barred, head, forGood, by, failures, word } = view;
  if (by === "vendor" || (state === "on" && !isTableOld)) return null;
  const act = (
    <>
      <p className="prose">
        From then on Cutover looks every minute and moves what is detected, as the table says. It begins with what is detected after you
        press the button; what is listed above stays where it is.
      </p>
      <ActionForm
        action={turnOn}
        hidden={{ _tenant: head.id, _word: word }}
        submit={state === "on" ? "Work by the new table" : "Turn on auto-retract"}
        busy="Turning on…"
        tone={forGood.length > 0 ? "danger" : "primary"}
      >
        <Sure forGood={forGood} />
      </ActionForm>
    </>
  );
  return (
    <section aria-labelledby="on" className="space-y-4">
      <h2 id="on">{titles[state]}</h2>
      {barred ? (
        <Barred problem={barred} tenant={head.id} steps={steps} />
      ) : failures === null ? (
        <NeedsMailRight title="Somebody who may read mail turns it on" tenant={head.id} />
      ) : (
        act
      )}
    </section>
  );
}

export function TurnOff({ view }: { readonly view: AutoView }) {
  if (view.state !== "on") return null;
  return (
    <section aria-labelledby="off" className="space-y-4">
      <h2 id="off">Turn it off</h2>
      <p className="prose">Nothing more is moved from then on. What was moved stays where it is; you put it back from mail trace.</p>
      <ActionForm action={turnOff} hidden={{ _tenant: view.head.id }} submit="Turn off auto-retract" busy="Turning off…" tone="plain" />
    </section>
  );
}
