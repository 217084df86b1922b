/** Whether messages are moved by what was chosen: who does it and is at it, never two at once, and something finds bad mail after delivery. */
import { type Check, fail, onWord, pass, warn } from "@/lib/model/check";
import type { Profile } from "@/lib/profiles/profile";
import type { AutoRetractReading } from "./auto-retract-reading";
import type { AutoRetractSettings } from "./auto-retract-settings";
import { sourceCheck } from "./auto-retract-source";
import { folderWords, isSameTable, movesNothing, purged, rowsIn, tableAtVendor, wordOf } from "./auto-retract-table";
import { listed, moment } from "./spans";

/** As the page that turns moving on and off is called. */
const PAGE = "Auto-retract";

function tableCheck({ table }: AutoRetractSettings, profile: Profile): Check {
  const about = "What is moved";
  if (movesNothing(table))
    return warn(
      "table",
      `${profile.retraction.value.choices[0]?.label ?? "No action"} is chosen for every disposition, so no message is ever moved.`,
      "Choose a folder for MALICIOUS at least, or skip this step with a reason.",
      { about },
    );
  const moved = rowsIn(table, profile).filter(({ choice }) => choice.folder !== null);
  return pass("table", `${moved.map(({ disposition, choice }) => `${disposition}: ${folderWords(choice)}`).join("; ")}.`, { about });
}

function hardCheck({ by, table }: AutoRetractSettings, profile: Profile): readonly Check[] {
  const gone = purged(table, profile);
  if (gone.length === 0) return [];
  const soft = profile.retraction.value.choices.find(({ choice }) => choice === "soft")?.label ?? "";
  const junk = profile.retraction.value.choices.find(({ choice }) => choice === "junk")?.label ?? "";
  const first =
    by === "cutover"
      ? ` The page “${PAGE}” shows what would have been moved in the last seven days.`
      : " Look first at what was moved with the milder choice.";
  return [
    warn(
      "hard",
      `${listed(gone)} ${gone.length === 1 ? "is" : "are"} deleted for good. People cannot get such a message back, and neither can you here: only an eDiscovery search brings it back.`,
      `Begin with “${junk}” or “${soft}”, and change it when nothing was moved wrongly for some weeks.${first}`,
      { about: "Hard delete" },
    ),
  ];
}

/** The dashboard does not offer every choice to every customer. */
function offeredCheck({ by, table }: AutoRetractSettings, profile: Profile): readonly Check[] {
  const strange = rowsIn(table, profile).filter(({ choice }) => choice.isGoogleOnly);
  const [first] = strange;
  if (by !== "vendor" || !first) return [];
  return [
    warn(
      "offered",
      `“${first.choice.label}” is chosen for ${listed(strange.map(({ disposition }) => disposition))}. ${profile.vendor}'s dashboard offers it for Google Workspace only.`,
      "Choose another folder for it, or let Cutover move: for Cutover it exists.",
      { about: "Not offered for Microsoft 365" },
    ),
  ];
}

function enteredCheck(chosen: AutoRetractSettings, profile: Profile): Check {
  const about = `The table at ${profile.vendor}`;
  const { autoMoves } = profile.retraction.value;
  const isEntered = chosen.entered.includes(wordOf(tableAtVendor(chosen), profile));
  if (chosen.by === "vendor")
    return isEntered
      ? onWord(
          "entered",
          `It stands there as chosen, by your word. No API shows it.`,
          `Look at the first messages that are moved: search for them with ${profile.retraction.value.trace}.`,
          { about },
        )
      : fail(
          "entered",
          chosen.entered.length > 0
            ? "The table was changed since somebody said that it stands there."
            : "Nobody has said yet that it stands there. No API sets or shows it.",
          `Set it in ${autoMoves.place}, as the first table below has it. Then tick it below.`,
          { about },
        );
  return isEntered
    ? onWord(
        "entered",
        "Nothing is moved there, by your word. No API shows it.",
        "Leave it so while Cutover moves. When Cutover sees a move of theirs, it stops.",
        { about },
      )
    : warn(
        "entered",
        `Nobody has said yet that ${profile.vendor} itself moves nothing. If it does, Cutover stops as soon as it sees it: never both.`,
        `Choose “${profile.retraction.value.choices[0]?.label ?? ""}” for every disposition in ${autoMoves.place}. Then tick it below.`,
        { about },
      );
}

/** The one that is not chosen must not go on. */
const bothCheck = ({ by, running }: AutoRetractSettings, { vendor }: Profile): readonly Check[] =>
  by === "vendor" && running !== null
    ? [
        fail(
          "both",
          `${vendor} is chosen to move messages, and Cutover has been moving them since ${moment(running.since)}.`,
          `Turn Cutover's moving off on the page “${PAGE}”, or choose Cutover below.`,
          { about: "Never both" },
        ),
      ]
    : [];

function movingCheck({ by, table, running, stopped }: AutoRetractSettings): readonly Check[] {
  const about = "Moving";
  if (by !== "cutover") return [];
  if (stopped !== null)
    return [
      fail(
        "moving",
        `Cutover stopped moving at ${moment(stopped.at)}: ${stopped.say} Bad messages stay in mailboxes since.`,
        `Put right what is named, then turn it on again on the page “${PAGE}”.`,
        { about },
      ),
    ];
  if (running === null)
    return [
      fail(
        "moving",
        "It is not turned on yet.",
        `Open the page “${PAGE}”, look at what would have been moved in the last seven days, and turn it on.`,
        { about },
      ),
    ];
  const { since, table: agreed } = running;
  if (agreed && !isSameTable(agreed, table))
    return [
      fail(
        "moving",
        `Cutover moves by another table than this one: it was turned on at ${moment(since)}, and the table was changed afterwards.`,
        `Turn it on anew on the page “${PAGE}”, so that this table counts.`,
        { about },
      ),
    ];
  return [pass("moving", `Cutover has been moving messages since ${moment(since)}.`, { about })];
}

export const autoRetractChecks = (reading: AutoRetractReading, chosen: AutoRetractSettings, profile: Profile): readonly Check[] => [
  tableCheck(chosen, profile),
  ...hardCheck(chosen, profile),
  ...offeredCheck(chosen, profile),
  ...movingCheck(chosen),
  ...bothCheck(chosen, profile),
  enteredCheck(chosen, profile),
  sourceCheck(reading, chosen, profile),
];
