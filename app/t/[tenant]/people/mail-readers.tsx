/** Who may read this company's mail here, by role or given; given and taken away by those who hold it by role. */
import { ActionForm } from "@/components/action-form";
import { At } from "@/components/at";
import { DataTable } from "@/components/data-table";
import { Field } from "@/components/field";
import type { PeopleView } from "@/lib/usecases/views";
import { giveMail, takeMail } from "./actions";

type Reader = PeopleView["readers"][number];

const READER = {
  name: "reader",
  label: "Sign-in name of somebody who should read mail",
  hint: "In your own company. It holds from their next click on, until you take it away.",
  type: "text",
  placeholder: "name@company.com",
} as const;

function Take({ tenant, reader }: { readonly tenant: string; readonly reader: Reader }) {
  return (
    <ActionForm
      action={takeMail}
      hidden={{ _tenant: tenant, _upn: reader.upn }}
      submit={
        <>
          Take away<span className="sr-only"> the right to read mail from {reader.upn}</span>
        </>
      }
      busy="Taking away…"
      tone="plain"
      isSmall
    />
  );
}

function Who({ reader: { name, upn, mayAct } }: { readonly reader: Reader }) {
  return (
    <span>
      <span className="block">{name}</span>
      {name === upn ? null : <span className="block font-normal text-subtle">{upn}</span>}
      {mayAct ? null : <span className="block font-normal text-warning">Cannot come in yet: needs a role, or an invitation</span>}
    </span>
  );
}

type Props = Pick<PeopleView, "head" | "readers" | "canGiveMail">;

export function MailReaders({ head, readers, canGiveMail }: Props) {
  const rows = readers.map((reader) => ({
    key: reader.upn,
    cells: [
      <Who key="who" reader={reader} />,
      reader.why,
      <At key="at" at={reader.at} />,
      ...(canGiveMail
        ? [
            <div key="act" className="text-subtle">
              {reader.isGiven ? <Take tenant={head.id} reader={reader} /> : "By role"}
            </div>,
          ]
        : []),
    ],
  }));
  return (
    <section aria-labelledby="readers" className="space-y-4">
      <div className="prose space-y-2">
        <h2 id="readers">Who may read mail</h2>
        <p>
          Mail trace and the quarantine show what people were sent. Global and Security Administrators may look, by their role, because they
          can at Microsoft as well. To others one of them gives the right. Support staff never have it. Every look is listed under Activity.
        </p>
      </div>
      <DataTable
        caption="Who may read mail"
        columns={["Person", "Why they may", "Since", ...(canGiveMail ? ["Act"] : [])]}
        rows={rows}
        empty="Nobody who may read mail has signed in yet. A Global or Security Administrator of your company may."
      />
      {canGiveMail ? (
        <ActionForm action={giveMail} hidden={{ _tenant: head.id }} submit="Let them read mail" busy="Saving…" tone="plain">
          <Field field={READER} value="" />
        </ActionForm>
      ) : null}
    </section>
  );
}
