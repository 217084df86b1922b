/** One step of the guide, as it is for everybody. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ByHand } from "@/components/by-hand";
import { Note } from "@/components/note";
import { StepHead } from "@/components/step-head";
import { Tabs } from "@/components/tabs";
import { cutover } from "@/lib/wiring";
import { type GuideProfile, PROFILES, profileAsked, withProfile } from "../../profile";

type Props = { readonly params: Promise<{ track: string; step: string }>; readonly searchParams: Promise<{ profile?: string | string[] }> };

function find(profile: GuideProfile, trackId: string, stepId: string) {
  const track = cutover()
    .guide(profile)
    .tracks.find((one) => one.id === trackId);
  const step = track?.steps.find((one) => one.id === stepId);
  return track && step ? { track, step } : notFound();
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ track, step }, { profile }] = await Promise.all([params, searchParams]);
  const found = find(profileAsked(profile), track, step);
  return { title: `${found.step.texts.title} · ${found.track.title} · Guide` };
}

function Part({ id, title, children }: { readonly id: string; readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="space-y-2">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

export default async function GuideStep({ params, searchParams }: Props) {
  const [{ track: trackId, step: stepId }, query] = await Promise.all([params, searchParams]);
  const profile = profileAsked(query.profile);
  const { track, step } = find(profile, trackId, stepId);
  const { texts, permissions } = step;
  const href = `/guide/${trackId}/${stepId}`;
  return (
    <article className="max-w-3xl">
      <StepHead back={{ href: withProfile("/guide", profile), title: "Guide" }} title={texts.title} over={track.title} />
      <div className="space-y-8">
        <Tabs
          label="Names used"
          tabs={PROFILES.map(({ id, label }) => ({ href: withProfile(href, id), label, isCurrent: id === profile }))}
        />
        <p className="prose">{texts.why.join(" ")}</p>
        {texts.risk ? (
          <Note tone="warning">
            <p>{texts.risk}</p>
          </Note>
        ) : null}
        <Part id="should" title="What it should be">
          <p className="prose">{texts.should}</p>
        </Part>
        <Part id="needs" title="What it needs">
          <p className="prose">You need: {texts.role}.</p>
          {permissions.length > 0 ? <p className="prose">When Cutover does it for you: {permissions.join(", ")}.</p> : null}
          <p className="prose">{texts.takes}</p>
        </Part>
        <Part id="by-hand" title="By hand">
          <ByHand steps={texts.byHand} />
        </Part>
        <Part id="undo" title="Undo">
          <p className="prose">{texts.undo}</p>
        </Part>
        {texts.fails.length > 0 ? (
          <Part id="fails" title="When it goes wrong">
            <dl className="prose space-y-3">
              {texts.fails.map(({ when, remedy }) => (
                <div key={when}>
                  <dt className="font-medium text-strong">{when}</dt>
                  <dd>{remedy}</dd>
                </div>
              ))}
            </dl>
          </Part>
        ) : null}
        {texts.links.length > 0 ? (
          <Part id="links" title="Read more">
            <ul className="space-y-1">
              {texts.links.map((link) => (
                <li key={link.href}>
                  <a href={link.href}>{link.title}</a>
                </li>
              ))}
            </ul>
          </Part>
        ) : null}
      </div>
    </article>
  );
}
