/** Undo everything: what can be taken back, in which order, what holds it up, and what stays. */
import { enter, orNotFound } from "@/app/door";
import { ActionForm } from "@/components/action-form";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { Note } from "@/components/note";
import type { UndoView } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";
import { takeEverythingBack } from "../actions";

export const metadata = { title: "Undo" };

function Rows({ rows }: Pick<UndoView, "rows">) {
  return (
    <ol className="card divide-y divide-hairline">
      {rows.map(({ id, title, href, undo, changes, heldUp }, i) => (
        <li key={id} className="space-y-1 px-4 py-3 sm:px-5">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <Go href={href}>{title}</Go>
            <span className="text-subtle">{changes === 1 ? "1 change" : `${changes} changes`}</span>
          </p>
          <p className="text-subtle">{undo}</p>
          {heldUp ? <p className="text-notice">Waits{heldUp === rows[i - 1]?.heldUp ? " for the same." : `: ${heldUp}`}</p> : null}
        </li>
      ))}
    </ol>
  );
}

export default async function Undo({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/undo`);
  const { rows, stays, isBegun, head } = orNotFound(await cutover().undo(scope, visitor));
  return (
    <div className="max-w-4xl space-y-10">
      <section className="space-y-6">
        <div className="prose space-y-2">
          <Heading>Undo</Heading>
          <p>
            Cutover takes back what it did, last thing first, and nothing else: what others put there stays. Each part waits until nothing
            leans on it any more: mail goes back only behind an open door, and a connector stays until no report takes it.
          </p>
        </div>
        {rows.length === 0 ? (
          <p>Nothing of Cutover’s is in {head.name}, so there is nothing to take back.</p>
        ) : (
          <>
            <Rows rows={rows} />
            <ActionForm
              action={takeEverythingBack}
              hidden={{ _tenant: tenant }}
              submit="Show the plan to take everything back"
              busy="Looking…"
            >
              {null}
            </ActionForm>
            <p className="text-subtle">One step alone is taken back from its own page.</p>
          </>
        )}
      </section>
      <section aria-labelledby="kit" className="prose space-y-2">
        <h2 id="kit">Undo kit</h2>
        <p>
          One file to keep: a PowerShell script that puts everything back to how it was before Cutover, also on a day when Cutover itself is
          down. It says what you have to set back in DNS by hand.
        </p>
        <p>
          <a href={`/api/t/${tenant}/undo-kit`} download>
            Download the undo kit
          </a>
        </p>
      </section>
      {isBegun && stays.length > 0 ? (
        <section aria-labelledby="stays" className="space-y-3">
          <h2 id="stays">What stays</h2>
          <Note tone="info" title="This cannot be taken back from here">
            <ul className="list-disc space-y-1 pl-5">
              {stays.map((say) => (
                <li key={say}>{say}</li>
              ))}
            </ul>
          </Note>
        </section>
      ) : null}
    </div>
  );
}
