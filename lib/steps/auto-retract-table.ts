/** The table of dispositions: as folders for moving, as words for a person, and as the word that somebody gives about it. */
import { FOLDER_NAMES, isForGood } from "@/lib/model/destinations";
import { DISPOSITIONS, type Disposition } from "@/lib/model/found-message";
import type { Table } from "@/lib/model/mail-order";
import type { Profile } from "@/lib/profiles/profile";
import { type MoveChoice, moveChoice } from "@/lib/profiles/retraction";
import { type AutoRetractSettings, type MoveTable, NO_ACTION } from "./auto-retract-settings";

export type TableRow = { readonly disposition: Disposition; readonly choice: MoveChoice };
export const rowsIn = (table: MoveTable, profile: Profile): readonly TableRow[] =>
  DISPOSITIONS.map((disposition) => ({ disposition, choice: moveChoice(table[disposition], profile) }));

/** As folders of Microsoft 365: what Cutover moves by. */
export function foldersOf(table: MoveTable, profile: Profile): Table {
  const folder = (disposition: Disposition) => moveChoice(table[disposition], profile).folder;
  return {
    MALICIOUS: folder("MALICIOUS"),
    SUSPICIOUS: folder("SUSPICIOUS"),
    SPOOF: folder("SPOOF"),
    SPAM: folder("SPAM"),
    BULK: folder("BULK"),
  };
}

export const isSameTable = (one: MoveTable, other: MoveTable): boolean => DISPOSITIONS.every((d) => one[d] === other[d]);
export const movesNothing = (table: MoveTable): boolean => isSameTable(table, NO_ACTION);

/** Dispositions that the table deletes so that nobody but eDiscovery reaches them. */
export const purged = (table: MoveTable, profile: Profile): readonly Disposition[] =>
  rowsIn(table, profile).flatMap(({ disposition, choice: { folder } }) => (folder !== null && isForGood(folder) ? [disposition] : []));

/** What should stand in the vendor's dashboard: never both of us move. */
export const tableAtVendor = ({ by, table }: Pick<AutoRetractSettings, "by" | "table">): MoveTable => (by === "vendor" ? table : NO_ACTION);

/** A word is given about one table of one product: another table asks again. */
export const wordOf = (table: MoveTable, { id }: Profile): string => [id, ...DISPOSITIONS.map((d) => `${d}=${table[d]}`)].join(" ");

export const folderWords = ({ folder }: MoveChoice): string => (folder === null ? "Stays where it is" : FOLDER_NAMES[folder]);
