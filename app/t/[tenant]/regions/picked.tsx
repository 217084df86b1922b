/** Who is picked for each region now, and taking them out again. */
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import { people } from "@/lib/model/figure";
import type { RegionPeopleView } from "@/lib/usecases/people-list";
import { unpickPeople } from "./actions";

type Region = RegionPeopleView["regions"][number];

function Shown({ tenant, region }: { readonly tenant: string; readonly region: Region }) {
  const { id, title, count, shown } = region;
  const label = count > shown.length ? `The first ${shown.length} of ${people(count)}` : "Tick whom to take out";
  return (
    <details className="card">
      <summary className="px-4 py-3 font-medium text-strong sm:px-5">
        {title}: {people(count)} picked
      </summary>
      <div className="space-y-5 px-4 pb-5 sm:px-5">
        <ActionForm
          action={unpickPeople}
          hidden={{ _tenant: tenant, _region: id }}
          submit={
            <>
              Take out those ticked<span className="sr-only"> from {title}</span>
            </>
          }
          busy="Saving…"
          tone="plain"
        >
          <Field
            field={{ name: `out-${id}`, type: "choices", label, options: shown.map((address) => ({ value: address, label: address })) }}
            value={[]}
          />
        </ActionForm>
        {count > 1 ? (
          <ActionForm
            action={unpickPeople}
            hidden={{ _tenant: tenant, _region: id, _all: "yes" }}
            submit={`Take out all ${people(count)}`}
            busy="Saving…"
            tone="plain"
            isSmall
          />
        ) : null}
      </div>
    </details>
  );
}

export function Picked({ tenant, regions }: { readonly tenant: string; readonly regions: readonly Region[] }) {
  return (
    <section aria-labelledby="picked" className="space-y-3">
      <h2 id="picked">Picked now</h2>
      {regions.map((region) =>
        region.count > 0 ? (
          <Shown key={region.id} tenant={tenant} region={region} />
        ) : (
          <p key={region.id} className="card px-4 py-3 sm:px-5">
            {region.title}: nobody picked
          </p>
        ),
      )}
    </section>
  );
}
