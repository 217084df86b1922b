/** Mail flow rules of a tenant's own, as Exchange keeps them: a mark on outside mail, each for another word. */
import { randomUUID } from "node:crypto";

const BORN = "2024-03-04T09:00:00.000Z";

export const ownRules = (count: number): readonly Readonly<Record<string, unknown>>[] =>
  Array.from({ length: count }, (_, place) => ({
    Guid: randomUUID(),
    Name: `Own rule ${String(place + 1).padStart(3, "0")}`,
    WhenCreatedUTC: BORN,
    WhenChangedUTC: BORN,
    State: "Enabled",
    Mode: "Enforce",
    Priority: place,
    Comments: "Made by the organisation itself.",
    FromScope: "NotInOrganization",
    SubjectContainsWords: [`project ${place + 1}`],
    PrependSubject: "[External] ",
  }));
