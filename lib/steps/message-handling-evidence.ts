/** The outcome preview as tables: the chosen use case, the five side by side, the vendor's best practice, and the order of rules. */
import type { Profile } from "@/lib/profiles/profile";
import { DISPOSITIONS, type UseCaseId } from "@/lib/profiles/use-cases";
import { orderTable } from "./message-handling-order";
import { MAILS, type Outcome, outcomes } from "./message-handling-outcomes";
import { departures, practiceOf, selfReleasing } from "./message-handling-practice";
import type { HandlingSettings } from "./message-handling-settings";
import type { HandlingReading } from "./message-handling-wants";
import { mailWords, placeWords, releaseWords, together, toldWords } from "./message-handling-words";
import type { Evidence } from "./shape";

export const USE_CASES: readonly UseCaseId[] = ["1", "2", "3", "4", "5"];

function previewTable(all: readonly Outcome[], { useCase }: HandlingSettings, profile: Profile): Evidence {
  return {
    title: `What happens to each kind of mail with use case ${useCase}`,
    columns: ["Mail", "For whom", "Where it lands", "Who is told", "Who may release it"],
    rows: MAILS.flatMap((mail) =>
      together(
        all.filter((o) => o.mail === mail),
        profile,
      ).map(({ people, outcome }) => [
        mailWords(mail),
        people,
        placeWords(outcome.place, profile),
        toldWords(outcome),
        releaseWords(outcome, profile),
      ]),
    ),
  };
}

/** Outcomes of the group for which the use case counts: Default's, or the last one where Default decides for nobody. */
function ofStanding(all: readonly Outcome[]): readonly Outcome[] {
  const group = all.find((o) => o.group.isDefault)?.group ?? all.at(-1)?.group;
  return all.filter((o) => o.group.name === group?.name);
}

/** "Quarantine, the recipient asks" */
function short(outcome: Outcome | undefined, profile: Profile): string {
  if (!outcome) return "";
  const where = placeWords(outcome.place, profile);
  if (outcome.place.at !== "quarantine") return where;
  const who = { user: "the recipient releases", "user-asks": "the recipient asks", admin: "an administrator releases" };
  return `Quarantine, ${outcome.release === null ? "" : who[outcome.release]}`;
}

export function shortsOf(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly string[] {
  const standing = ofStanding(outcomes(reading, settings, profile));
  return [...DISPOSITIONS, "NONE" as const].map((mail) =>
    short(
      standing.find((o) => o.mail === mail),
      profile,
    ),
  );
}

function comparison(reading: HandlingReading, settings: HandlingSettings, profile: Profile): Evidence {
  return {
    title: "The five use cases side by side, for those for whom Default decides",
    columns: ["Use case", ...DISPOSITIONS, "Clean mail"],
    rows: USE_CASES.map((useCase) => [
      `${useCase} ${profile.useCases.value[useCase].title}`,
      ...shortsOf(reading, { ...settings, useCase }, profile),
    ]),
  };
}

function practiceTable(all: readonly Outcome[], settings: HandlingSettings): Evidence {
  const practice = practiceOf(settings);
  return {
    title: "The vendor's best practices beside your choice",
    columns: ["Disposition", "Best practice", "Your choice"],
    rows: DISPOSITIONS.map((d) => {
      const departing = departures(all, d, settings);
      const isFree = d === "MALICIOUS" && selfReleasing(all).length > 0;
      const said = departing.length > 0 ? `Otherwise for ${departing.map((o) => o.group.people).join("; ")}` : "As advised";
      return [d, practice[d], isFree ? "Recipients could release it themselves" : said];
    }),
  };
}

export function handlingEvidence(reading: HandlingReading, settings: HandlingSettings, profile: Profile): readonly Evidence[] {
  const all = outcomes(reading, settings, profile);
  return [
    previewTable(all, settings, profile),
    comparison(reading, settings, profile),
    practiceTable(all, settings),
    orderTable(reading, settings, profile),
  ];
}
