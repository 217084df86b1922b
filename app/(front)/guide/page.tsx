/** The guide: every step of every track, for everybody, made from the catalogue. */
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { Tabs } from "@/components/tabs";
import { cutover } from "@/lib/wiring";
import { PROFILES, profileAsked, withProfile } from "./profile";

export const metadata = { title: "Guide" };

export default async function Guide({ searchParams }: { readonly searchParams: Promise<{ profile?: string | string[] }> }) {
  const profile = profileAsked((await searchParams).profile);
  const { tracks } = cutover().guide(profile);
  return (
    <div className="space-y-8">
      <div className="prose space-y-2">
        <Heading>Guide</Heading>
        <p>What each step does, why, how to do it by hand and how to undo it. No account needed.</p>
      </div>
      <Tabs
        label="Names used"
        tabs={PROFILES.map(({ id, label }) => ({ href: withProfile("/guide", id), label, isCurrent: id === profile }))}
      />
      {tracks.map((track) => (
        <section key={track.id} aria-labelledby={track.id}>
          <h2 id={track.id} className="mb-2">
            {track.title}
          </h2>
          <ol className="card divide-y divide-hairline overflow-hidden">
            {track.steps.map(({ id, texts }) => (
              <li key={id} className="relative px-4 py-3.5 hover:bg-tint sm:px-5">
                <Go
                  href={withProfile(`/guide/${track.id}/${id}`, profile)}
                  className="font-medium text-link underline-offset-3 after:absolute after:inset-0 hover:underline"
                >
                  {texts.title}
                </Go>
                <p className="text-[0.9375rem] text-subtle">{texts.hint}</p>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
