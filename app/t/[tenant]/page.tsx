/** The home of a setup: where every step stands, what is next, what waits until when. */
import { enter, theTasks } from "@/app/door";
import { At } from "@/components/at";
import { Countdown } from "@/components/countdown";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { Note } from "@/components/note";
import { TaskList } from "@/components/task-list";
import type { TaskListView } from "@/lib/usecases/views";

function Waiting({ waiting }: Pick<TaskListView, "waiting">) {
  if (waiting.length === 0) return null;
  return (
    <Note tone="neutral" title="Waiting by itself">
      <ul>
        {waiting.map(({ title, until, href }) => (
          <li key={href}>
            <Go href={href}>{title}</Go>: next look <At at={until} /> (<Countdown until={until} />)
          </li>
        ))}
      </ul>
    </Note>
  );
}

export default async function Tasks({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}`);
  const { tracks, next, waiting, head } = await theTasks(scope, visitor);
  const all = tracks.flatMap((track) => track.steps);
  const done = tracks.reduce((sum, track) => sum + track.done, 0);
  return (
    <div className="space-y-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="prose space-y-2">
          <Heading>Set up email security for {head.name}</Heading>
          <p>
            <strong className="text-strong tabular-nums">
              {done} of {all.length} steps done.
            </strong>{" "}
            Nothing is changed before you have seen it and agreed.
          </p>
        </div>
        {next ? (
          <Go href={next.href} className="button button-primary">
            {done === 0 ? "Start" : "Continue"}: {next.title}
          </Go>
        ) : null}
      </div>
      {done === all.length ? (
        <Note tone="success" title="All steps are done">
          <p>This list stays: every step can be looked at and checked again.</p>
        </Note>
      ) : null}
      <Waiting waiting={waiting} />
      {tracks.map((track) => (
        <TaskList key={track.id} track={track} />
      ))}
    </div>
  );
}
