/** Who may act for a company, and why. */
import type { ReactNode } from "react";
import type { PeopleView } from "@/lib/usecases/views";
import { At } from "./at";
import { DataTable } from "./data-table";

type Person = PeopleView["people"][number];

export function PeopleTable({
  people,
  act,
}: {
  readonly people: readonly Person[] /** What can be done about a person, drawn in the last column. */;
  readonly act?: (person: Person) => ReactNode;
}) {
  const rows = people.map((person) => ({
    key: person.upn,
    cells: [
      <span key="name">
        <span className="block">{person.name}</span>
        <span className="block font-normal text-subtle">{person.upn}</span>
      </span>,
      person.why,
      <At key="at" at={person.at} />,
      ...(act ? [act(person)] : []),
    ],
  }));
  return (
    <DataTable
      caption="Who may act"
      columns={["Person", "Why they may act", "Since", ...(act ? ["Act"] : [])]}
      rows={rows}
      empty="Nobody who may act has signed in yet. A Global, Exchange, Security or Privileged Role Administrator of your company can."
    />
  );
}
