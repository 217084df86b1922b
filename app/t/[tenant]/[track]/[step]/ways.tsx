/** The three ways of doing a step, as tabs that are links. A way that doesn't exist says why. */
import type { ReactNode } from "react";
import { ActionForm } from "@/components/action-form";
import { ByHand } from "@/components/by-hand";
import { LookAgain } from "@/components/look-again";
import { Note } from "@/components/note";
import { Tabs } from "@/components/tabs";
import type { Way } from "@/lib/model/plan";
import type { StepView } from "@/lib/usecases/views";
import { makePlan } from "../../actions";
import { UploadForm } from "./upload-form";

const LABELS: Readonly<Record<Way, string>> = { us: "Do it for me", script: "Give me the script", hand: "I’ll do it by hand" };
const WAYS: readonly Way[] = ["us", "script", "hand"];

/** These only look and ask: there is never anything to change. */
const LOOKS_ONLY = ["connect-tenant", "choose-domains", "journal-flow", "retraction-authorization", "auto-retract"];

/** The least work of the ways that exist; where a script would only look, by hand. */
export const firstWay = ({ id, ways }: Pick<StepView, "id" | "ways">): Way =>
  LOOKS_ONLY.includes(id) ? "hand" : (WAYS.find((way) => ways[way] === true) ?? "hand");
export const isWay = (text: unknown): text is Way => WAYS.some((way) => way === text);
/** The way asked for; else the first that exists. */
export const wayOf = (asked: unknown, view: StepView): Way => (isWay(asked) ? asked : firstWay(view));

type Props = { readonly view: StepView; readonly way: Way; readonly href: string; readonly isPrimary: boolean };

function Plan({
  view,
  way,
  submit,
  busy,
  isPrimary,
}: Pick<Props, "view" | "way" | "isPrimary"> & { readonly submit: string; readonly busy: string }) {
  if (view.missing.length > 0) return <p className="text-subtle">The plan can be made as soon as what is named above is done.</p>;
  return (
    <ActionForm
      action={makePlan}
      hidden={{ _tenant: view.head.id, _step: view.id, _way: way }}
      submit={submit}
      busy={busy}
      tone={isPrimary ? "primary" : "plain"}
    />
  );
}

function ByUs({ view, isPrimary }: Props) {
  return (
    <>
      <p className="prose">Cutover shows what it would change, in full. You agree, or you don’t; nothing happens before.</p>
      {view.through === "cloudflare" ? <p className="prose text-subtle">With your Cloudflare API token.</p> : null}
      {view.through === "microsoft" && view.permissions.length > 0 ? (
        <p className="prose text-subtle">With the permissions {view.permissions.join(", ")}.</p>
      ) : null}
      <Plan view={view} way="us" submit="Show the plan" busy="Looking and planning…" isPrimary={isPrimary} />
    </>
  );
}

function ByScript({ view, isPrimary }: Props) {
  const base = `/api/t/${view.head.id}/steps/${view.id}`;
  return (
    <>
      <p className="prose">
        You run it yourself in Windows PowerShell 5.1 or PowerShell 7. You need: {view.texts.role}. It looks before each line, may be run
        twice, and writes what it found into a file.
      </p>
      <div className="flex flex-wrap gap-3">
        {LOOKS_ONLY.includes(view.id) ? null : (
          <Plan view={view} way="script" submit="Make the script for the changes" busy="Looking and planning…" isPrimary={isPrimary} />
        )}
        <a href={`${base}/script`} download className="button">
          Download a script that only looks
        </a>
      </div>
      <UploadForm tenant={view.head.id} step={view.id} />
    </>
  );
}

function Hand({ view, href, isPrimary }: Props) {
  return (
    <>
      <p className="prose">You need: {view.texts.role}. When you are through, check again: what you did is read back like anything else.</p>
      <ByHand steps={view.texts.byHand} />
      <div className="flex flex-wrap gap-3">
        <LookAgain href={href} label="I have done this, check again" />
      </div>
      {LOOKS_ONLY.includes(view.id) ? null : (
        <Plan view={view} way="hand" submit="List exactly what differs in this tenant" busy="Looking…" isPrimary={isPrimary} />
      )}
    </>
  );
}

export function Ways(props: Props) {
  const { view, way, href } = props;
  const why = view.ways[way];
  const bodies: Readonly<Record<Way, ReactNode>> = { us: <ByUs {...props} />, script: <ByScript {...props} />, hand: <Hand {...props} /> };
  return (
    <section aria-labelledby="ways" className="space-y-4">
      <h2 id="ways">How it is done</h2>
      <Tabs
        label="How it is done"
        tabs={WAYS.map((one) => ({
          href: `${href}?way=${one}#ways`,
          label: LABELS[one],
          isCurrent: one === way,
          isMissing: view.ways[one] !== true,
        }))}
      />
      <div className="space-y-4 pt-1">
        {why === true ? (
          bodies[way]
        ) : (
          <Note tone="neutral">
            <p>{why}</p>
          </Note>
        )}
      </div>
    </section>
  );
}
