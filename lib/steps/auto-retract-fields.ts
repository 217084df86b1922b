/** The form: who moves, the table, what shows delivered mail, and the word about the vendor's dashboard. */
import { FOLDER_NAMES } from "@/lib/model/destinations";
import { DISPOSITIONS, type Disposition } from "@/lib/model/found-message";
import type { Profile } from "@/lib/profiles/profile";
import type { MoveChoice } from "@/lib/profiles/retraction";
import type { AutoRetractSettings } from "./auto-retract-settings";
import { tableAtVendor, wordOf } from "./auto-retract-table";
import type { Field } from "./shape";

const byField = ({ vendor }: Profile): Field => ({
  name: "by",
  type: "choice",
  label: "Who moves messages?",
  hint: "One of the two, never both.",
  options: [
    {
      value: "vendor",
      label: `${vendor}, by the table in its dashboard`,
      hint: "You set it there by hand. It needs neither Cutover nor an API token to go on.",
    },
    {
      value: "cutover",
      label: `Cutover, through ${vendor}'s API`,
      hint: "Each move is on record here, and can be put back. It needs an API token that may edit, and stops, saying so, when the token ends.",
    },
  ],
});

/** Where it goes; of what cannot be taken back, that. */
const optionHint = ({ choice, folder, says }: MoveChoice): string =>
  folder === null ? "Stays where it is" : choice === "hard" ? says : FOLDER_NAMES[folder];

const tableField = (disposition: Disposition, { table }: AutoRetractSettings, { retraction }: Profile): Field => ({
  name: `table.${disposition}`,
  type: "choice",
  label: `What happens to ${disposition} mail after delivery?`,
  ...(disposition === "MALICIOUS"
    ? { hint: "Business email compromise counts with it. What each choice does stands in the table above." }
    : {}),
  value: table[disposition],
  options: retraction.value.choices.map((one) => ({ value: one.choice, label: one.label, hint: optionHint(one) })),
});

const sourceField = ({ vendor }: Profile): Field => ({
  name: "source",
  type: "choice",
  label: `What shows delivered mail to ${vendor}?`,
  hint: "Mail that passes it before delivery is not enough: what is found later is found in a copy.",
  options: [
    { value: "journal", label: "Journal reports", hint: "Cutover looks whether the journal rule is there and on." },
    { value: "bcc", label: "Copies by a mail flow rule (BCC)", hint: "By your word." },
    { value: "graph", label: `${vendor} looks into mailboxes through Microsoft Graph`, hint: "By your word." },
  ],
});

function enteredField(chosen: AutoRetractSettings, profile: Profile): Field {
  const { vendor, retraction } = profile;
  const none = retraction.value.choices[0]?.label ?? "";
  return {
    name: "entered",
    type: "choices",
    label: `What stands in ${vendor}'s dashboard?`,
    hint: `No API shows it. It is kept with your name, for this table alone. ${retraction.value.autoMoves.place}`,
    options: [
      {
        value: wordOf(tableAtVendor(chosen), profile),
        label: chosen.by === "vendor" ? "I have set it as the first table above has it" : `I have chosen “${none}” for every disposition`,
      },
    ],
  };
}

export const autoRetractFields = (_: unknown, chosen: AutoRetractSettings, profile: Profile): readonly Field[] => [
  byField(profile),
  ...DISPOSITIONS.map((disposition) => tableField(disposition, chosen, profile)),
  sourceField(profile),
  enteredField(chosen, profile),
];
