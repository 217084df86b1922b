/** People picked for a journaling region: one by one while typing, by a pasted list, or by a file. */
import { enter, orNotFound } from "@/app/door";
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import { FileField } from "@/components/file-field";
import { ListResult } from "@/components/list-result";
import { Note } from "@/components/note";
import { PersonField } from "@/components/person-field";
import { StepHead } from "@/components/step-head";
import { TextArea } from "@/components/text-area";
import type { RegionPeopleView } from "@/lib/usecases/people-list";
import { cutover } from "@/lib/wiring";
import { listPeople, pickPerson } from "./actions";
import { Picked } from "./picked";

export const metadata = { title: "People by region" };

/** Half of what an action takes (next.config.js): it is sent with its good lines. That is more lines than are read at a time. */
const MOST_BYTES = 900_000;
const TOO_BIG = { thing: "a list may have up to", fix: "Split it, or leave out columns that are no address and no region." };

type Regions = RegionPeopleView["regions"];
const regionField = (name: string, regions: Regions) =>
  ({
    name,
    type: "choice",
    label: "Region",
    options: regions.map(({ id, title }) => ({ value: id, label: title })),
  }) as const;

function One({ tenant, regions, usual }: { readonly tenant: string; readonly regions: Regions; readonly usual: string }) {
  return (
    <section aria-labelledby="one" className="space-y-4">
      <h2 id="one">Pick somebody</h2>
      <ActionForm action={pickPerson} hidden={{ _tenant: tenant }} submit="Pick" busy="Saving…">
        {/* Made anew, and empty, once somebody is picked. */}
        <PersonField
          key={regions.map(({ count }) => count).join()}
          name="address"
          label="Name or mail address"
          hint="Type the beginning of a name and choose, or type a whole address."
          href={`/api/t/${tenant}/people`}
        />
        <Field field={regionField("region", regions)} value={usual} />
      </ActionForm>
    </section>
  );
}

function Many({ tenant, regions, usual }: { readonly tenant: string; readonly regions: Regions; readonly usual: string }) {
  return (
    <section aria-labelledby="many" className="space-y-4">
      <h2 id="many">Pick many by a list</h2>
      <p className="prose">
        One address on each line, or a CSV file with the address and, if you like, the region behind it. You see what becomes of each line
        before anything is saved.
      </p>
      <ActionForm
        action={listPeople}
        hidden={{ _tenant: tenant }}
        submit="Look at this list"
        busy="Reading…"
        tone="plain"
        maxBytes={MOST_BYTES}
        tooBig={TOO_BIG}
        after={<ListResult />}
      >
        <Field field={{ ...regionField("listRegion", regions), label: "Region of lines that name none" }} value={usual} />
        <TextArea name="list" label="Paste a list" hint="Up to 20,000 lines." rows={8} isExact />
        <FileField
          name="file"
          label="Or upload a CSV file"
          hint="Up to 0.9 MB, separated by comma, semicolon or tab. It counts instead of what is pasted."
          accept=".csv,.txt,text/csv,text/plain"
        />
      </ActionForm>
    </section>
  );
}

export default async function RegionPeople({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/regions`);
  const { regions, step } = orNotFound(await cutover().regionPeople.page(scope, visitor));
  const usual = regions[1]?.id ?? regions[0]?.id ?? "";
  const form = { tenant, regions, usual };
  return (
    <div className="max-w-4xl space-y-10">
      <div className="prose">
        <StepHead back={step} title="People by region" />
        <p>
          Whoever is picked here belongs to that region, whatever their usage location, office or group says. Nothing changes in Microsoft
          365 until you agree to the plan of the step.
        </p>
      </div>
      {regions.length < 2 ? (
        <Note tone="info" title="Only one region is in use">
          <p>One rule for everyone is enough: nobody has to be picked.</p>
        </Note>
      ) : (
        <>
          <Picked tenant={tenant} regions={regions} />
          <One {...form} />
          <Many {...form} />
        </>
      )}
    </div>
  );
}
