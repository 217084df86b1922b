/** Where auto-retract stands: who moves, since when, its last look, its numbers, and a stop that nobody can miss. */
import { Ago } from "@/components/ago";
import { At } from "@/components/at";
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import { totalOf } from "@/components/order-words";
import { ProblemBox } from "@/components/problem-box";
import { ProblemWay } from "@/components/problem-way";
import { figure } from "@/lib/model/figure";
import type { AutoView } from "@/lib/usecases/views/mail-orders";

type Steps = Parameters<typeof ProblemWay>[0]["steps"];
type Props = { readonly view: AutoView; readonly stepHref: string; readonly steps: Steps };

function Numbers({ counts }: Pick<AutoView, "counts">) {
  if (totalOf(counts) === 0) return null;
  const facts = [
    ["Moved", counts.done],
    ["Waiting", counts.waiting + counts.asked],
    ["Failed", counts.failed],
    ["Left alone", counts.left],
  ] as const;
  return (
    <dl className="card grid grid-cols-2 gap-x-6 gap-y-3 px-4 py-4 sm:grid-cols-4 sm:px-5">
      {facts.map(([name, count]) => (
        <div key={name}>
          <dt className="text-subtle">{name}</dt>
          <dd className="text-lg text-strong tabular-nums">{figure(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function On({ view }: Props) {
  return (
    <>
      <Note tone="success" title="Auto-retract is on">
        <p>
          {view.since === null ? null : (
            <>
              Since <At at={view.since} />.{" "}
            </>
          )}
          {view.lookedAt === null ? (
            "The first look comes within a minute."
          ) : (
            <>
              Last look <Ago at={view.lookedAt} />.
            </>
          )}{" "}
          You can close this page.
        </p>
      </Note>
      {view.isTableOld ? (
        <Note tone="warning" title="The table was changed since">
          <p>It still works by the table that you agreed to when you turned it on. Turn it on again below, and it goes by the new one.</p>
        </Note>
      ) : null}
      {view.problem ? <ProblemBox problem={view.problem} title="The last look did not work" /> : null}
    </>
  );
}

const STOPPED = "Auto-retract has stopped: nothing is moved";

function Stopped({ view: { problem, head }, stepHref, steps }: Props) {
  if (problem)
    return (
      <>
        <ProblemBox problem={problem} title={STOPPED} />
        <ProblemWay problem={problem} steps={steps} otherwise={{ title: "Cloudflare", href: `/t/${head.id}/cloudflare` }} />
      </>
    );
  return (
    <Note tone="warning" title={STOPPED}>
      <p>
        Look at <Go href={stepHref}>the step</Go>, then turn it on again.
      </p>
    </Note>
  );
}

function Off({ view, stepHref }: Props) {
  if (view.by === "vendor")
    return (
      <Note tone="neutral" title="The vendor moves">
        <p>
          You chose that the vendor’s own auto-retract moves messages, so Cutover does not. Both at once would undo each other’s record. To
          let Cutover do it, choose so <Go href={stepHref}>in the step</Go>.
        </p>
      </Note>
    );
  return (
    <Note tone="neutral" title="Auto-retract is off">
      <p>Nothing is moved by itself. Below is what it would do.</p>
    </Note>
  );
}

export function Standing(props: Props) {
  const { view } = props;
  return (
    <div className="space-y-4">
      {view.state === "on" ? <On {...props} /> : view.state === "stopped" ? <Stopped {...props} /> : <Off {...props} />}
      <Numbers counts={view.counts} />
    </div>
  );
}
