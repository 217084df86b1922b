/** A step: why, what we found, what it should be, and the three ways of getting there. */
import { setTimeout as pause } from "node:timers/promises";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache, Suspense } from "react";
import { enter, orNotFound, theGlance } from "@/app/door";
import { handedProblem } from "@/app/problem-note";
import { ProblemBox } from "@/components/problem-box";
import { LookSkeleton } from "@/components/skeletons";
import { StatusWord } from "@/components/status-word";
import { StepHead } from "@/components/step-head";
import { StepRail } from "@/components/step-rail";
import type { StepView } from "@/lib/usecases/views";
import { Consent } from "./consent";
import { Found } from "./found";
import { Fresh } from "./fresh";
import { JournalTest } from "./journal-test";
import { More } from "./more";
import { ReportLink } from "./report-link";
import { Standing } from "./standing";
import { Tell } from "./tell";
import { Ways, wayOf } from "./ways";

type Props = {
  readonly params: Promise<{ tenant: string; track: string; step: string }>;
  readonly searchParams: Promise<{ way?: string | string[]; problem?: string | string[] }>;
};

/** What is stored goes out before the clouds are asked: drawn at the same time, it would come a third later. */
const HEAD_START_MS = 10;

/** The one step whose page asks for access. */
const CONNECTS = "connect-tenant";

const stored = cache(async (tenant: string, track: string, step: string) => {
  const door = await enter(tenant, `/t/${tenant}/${track}/${step}`);
  const glance = await theGlance(door.scope, door.visitor);
  const view = orNotFound(glance.step(step));
  return view.track === track ? { glance, view } : notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant, track, step } = await params;
  const { view } = await stored(tenant, track, step);
  return { title: { absolute: `${view.texts.title} · ${view.trackTitle} · ${view.head.name}` } };
}

/** The step after the one read wave of its page: what the look settled counts at once. */
const fresh = cache(async (tenant: string, track: string, step: string) => {
  const { glance } = await stored(tenant, track, step);
  await pause(HEAD_START_MS);
  return orNotFound(await glance.fresh(step));
});

type Asked = { readonly tenant: string; readonly track: string; readonly step: string };

async function FreshStatus({ tenant, track, step }: Asked) {
  const { view } = await fresh(tenant, track, step);
  return <StatusWord status={view.status} />;
}

const isDone = ({ status }: StepView) => status.code === "done" || status.code === "not-needed";

export default async function StepPage({ params, searchParams }: Props) {
  const [asked, { way, problem }] = await Promise.all([params, searchParams]);
  const { tenant, track, step } = asked;
  const [{ view, glance }, handed] = await Promise.all([stored(tenant, track, step), handedProblem(problem)]);
  const { tracks } = glance.tasks;
  const home = `/t/${tenant}`;
  const href = `${home}/${track}/${step}`;
  const rail = tracks.find((one) => one.id === track);
  const steps = Object.fromEntries(tracks.flatMap((one) => one.steps).map((row) => [row.id, row]));
  const before = view.last ? <Found view={view} looked={view.last} isStale href={href} steps={steps} /> : <LookSkeleton />;
  const isAsking = step === CONNECTS && view.head.access === "unknown";
  return (
    <div className="grid gap-x-12 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div className="no-print">{rail ? <StepRail track={rail} current={step} /> : null}</div>
      <article className="min-w-0">
        <StepHead back={{ href: home, title: "All steps" }} title={view.texts.title}>
          <Suspense fallback={<StatusWord status={view.status} />}>
            <FreshStatus {...asked} />
          </Suspense>
        </StepHead>
        <div className="space-y-8">
          {handed ? <ProblemBox problem={handed} title="That did not work" /> : null}
          <p className="prose">{view.texts.why.join(" ")}</p>
          <Standing view={view} />
          {step === CONNECTS ? <Consent head={view.head} /> : null}
          <ReportLink view={view} />
          <Suspense fallback={before}>
            <Fresh seen={fresh(tenant, track, step)} href={href} steps={steps} />
          </Suspense>
          <JournalTest view={view} />
          <Tell view={view} />
          <Ways view={view} way={wayOf(way, view)} href={href} isPrimary={!isDone(view) && !isAsking && view.missing.length === 0} />
          <More view={view} />
        </div>
      </article>
    </div>
  );
}
