/** What is done with each kind of detected mail, and what that means for the person whose mail it is. */
import { BACK, FOLDER_NAMES } from "@/lib/model/destinations";
import type { AutoRow } from "@/lib/usecases/views/mail-orders";
import { DataTable } from "./data-table";

export function meaningOf({ folder }: Pick<AutoRow, "folder">): string {
  if (folder === null) return "It stays where it was delivered.";
  return BACK[folder];
}

/** Two choices that end in one place are said to, in this product only. */
export function samePlaceOf(table: readonly AutoRow[]): string | null {
  const soft = table.find(({ choice, folder }) => choice === "soft" && folder === "DeletedItems");
  return soft ? `“${soft.label}” and Trash end in the same place: ${FOLDER_NAMES.DeletedItems}.` : null;
}

export function AutoTable({ table }: { readonly table: readonly AutoRow[] }) {
  const same = samePlaceOf(table);
  const rows = table.map((row) => ({
    key: row.disposition,
    cells: [row.disposition, row.label, row.folder === null ? "Nowhere" : FOLDER_NAMES[row.folder], meaningOf(row)],
  }));
  return (
    <div className="space-y-2">
      <DataTable caption="What is done with what" columns={["Detected as", "Choice", "Goes to", "What that means"]} rows={rows} empty="" />
      {same ? <p className="text-sm text-subtle">{same}</p> : null}
    </div>
  );
}
