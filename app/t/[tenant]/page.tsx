/** The home of a setup: where every step stands, what is next, what waits until when. */
import { Suspense } from "react";
import { enter, orNotFound, theTasks } from "@/app/door";
import { At } from "@/components/at";
import { Countdown } from "@/components/countdown";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { MailWay } from "@/components/mail-way";
import { Note } from "@/components/note";
import { TaskList } from "@/components/task-list";
import type { TaskListView } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";

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

/** What is being done already comes before what could be done next. */
function Runs({ runs }: Pick<TaskListView, "runs">) {
  if (runs.length === 0) return null;
  return (
    <Note tone={runs.some(({ isYours }) => isYours) ? "warning" : "info"} title="Changes are being made">
      <ul>
        {runs.map(({ title, say, href }) => (
          <li key={href}>
            <Go href={href}>{title}</Go>: {say}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** The list as it stands by the last looks. */
function List({ view }: { readonly view: TaskListView }) {
  const { tracks, next, waiting, runs, mailWay, reportWay } = view;
  const all = tracks.flatMap((track) => track.steps);
  const done = tracks.reduce((sum, track) => sum + track.done, 0);
  return (
    <div className="space-y-8">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <p className="prose">
          <strong className="text-strong tabular-nums">
            {done} of {all.length} steps done.
          </strong>{" "}
          Nothing is changed before you have seen it and agreed.
        </p>
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
      <Runs runs={runs} />
      <Waiting waiting={waiting} />
      {tracks.map((track) => (
        <TaskList key={track.id} track={track} />
      ))}
      {mailWay ? (
        <section aria-labelledby="way" className="space-y-4">
          <h2 id="way">The way of your mail</h2>
          <MailWay title="Now, as your MX records say" stations={mailWay.now} />
          <MailWay title="After the switch" stations={mailWay.after} />
          <p>
            <Go href={`/t/${view.head.id}/proof`}>Prove it with two test messages</Go>
          </p>
        </section>
      ) : null}
      {reportWay ? (
        <section aria-labelledby="reports" className="space-y-4">
          <h2 id="reports">The way of journal reports</h2>
          <MailWay title="Now, as your rules and connectors say" stations={reportWay.now} />
          <MailWay title="When journaling is set up" stations={reportWay.after} />
        </section>
      ) : null}
    </div>
  );
}

/** A look younger than this is not repeated for a visit of the list. */
const FRESH_MS = 60_000;

/** The same list after one look at everything: what was done elsewhere meanwhile counts at once. */
async function FreshList({ tenant, path }: { readonly tenant: string; readonly path: string }) {
  const { scope, visitor } = await enter(tenant, path);
  await cutover().checkAll(scope, FRESH_MS);
  return <List view={orNotFound(await cutover().taskList(scope, visitor))} />;
}

export default async function Tasks({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const path = `/t/${tenant}`;
  const { scope, visitor } = await enter(tenant, path);
  const stored = await theTasks(scope, visitor);
  return (
    <div className="space-y-2">
      <Heading>Set up email security for {stored.head.name}</Heading>
      <Suspense fallback={<List view={stored} />}>
        <FreshList tenant={tenant} path={path} />
      </Suspense>
    </div>
  );
}
