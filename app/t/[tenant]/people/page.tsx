/** Who may act for this company, and who may read its mail; a colleague without a directory role is invited here. */
import { enter, orNotFound } from "@/app/door";
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import { Heading } from "@/components/heading";
import { PeopleTable } from "@/components/people-table";
import { cutover } from "@/lib/wiring";
import { invite, uninvite } from "../actions";
import { MailReaders } from "./mail-readers";

export const metadata = { title: "People" };

const UPN = {
  name: "upn",
  label: "Their sign-in name",
  hint: "They can act as soon as they sign in with it.",
  type: "text",
  placeholder: "name@company.com",
} as const;

export default async function People({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/people`);
  const { people, head, readers, canGiveMail } = orNotFound(await cutover().people(scope, visitor));
  return (
    <div className="space-y-10">
      <section className="space-y-6">
        <div className="prose space-y-2">
          <Heading>People</Heading>
          <p>
            Whoever holds the Global, Exchange, Security or Privileged Role Administrator role in {head.name} may act here. Roles are read
            at each sign-in. Others are invited by one of them.
          </p>
        </div>
        <PeopleTable
          people={people}
          act={(person) =>
            person.isInvited ? (
              <ActionForm
                action={uninvite}
                hidden={{ _tenant: tenant, _upn: person.upn }}
                submit={
                  <>
                    Take back<span className="sr-only"> the invitation of {person.upn}</span>
                  </>
                }
                busy="Taking back…"
                tone="plain"
                isSmall
              />
            ) : (
              <span className="text-subtle">By role</span>
            )
          }
        />
      </section>
      {visitor.hasRole && !head.isVisit ? (
        <section aria-labelledby="invite" className="space-y-4">
          <h2 id="invite">Invite a colleague</h2>
          <ActionForm action={invite} hidden={{ _tenant: tenant }} submit="Invite" busy="Inviting…">
            <Field field={UPN} value="" />
          </ActionForm>
        </section>
      ) : null}
      <MailReaders head={head} readers={readers} canGiveMail={canGiveMail} />
    </div>
  );
}
