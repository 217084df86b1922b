/** The table as chosen, and what each choice does to a message. */
import { BACK } from "@/lib/model/destinations";
import type { Profile } from "@/lib/profiles/profile";
import type { AutoRetractSettings } from "./auto-retract-settings";
import { folderWords, rowsIn } from "./auto-retract-table";
import type { Evidence } from "./shape";

const chosenTable = ({ by, table }: AutoRetractSettings, profile: Profile): Evidence => ({
  title: by === "vendor" ? `What to set at ${profile.vendor}` : "What Cutover does",
  columns: ["Disposition", "Choice", "Goes to", "Who gets it back"],
  rows: rowsIn(table, profile).map(({ disposition, choice }) => [
    disposition,
    choice.label,
    folderWords(choice),
    choice.folder === null ? "Nothing is moved" : BACK[choice.folder],
  ]),
});

const choices = ({ retraction }: Profile): Evidence => ({
  title: "What each choice does",
  columns: ["Choice", "Goes to", "What that means"],
  rows: retraction.value.choices.map((one) => [one.label, folderWords(one), one.says]),
});

export const autoRetractEvidence = (_: unknown, chosen: AutoRetractSettings, profile: Profile): readonly Evidence[] => [
  chosenTable(chosen, profile),
  choices(profile),
];
