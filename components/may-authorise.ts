/** Whether the person who looks may consent to the vendor's application themselves, from what was read about who holds the roles for it. */
import type { Evidence } from "@/lib/usecases/views";

/** The table of the step that names who holds which role. */
export const HOLDERS = "Who may authorise it";

export type MayAuthorise = {
  /** `unknown`: not everybody who holds the role is named, or it could not be read. */
  readonly may: "yes" | "no" | "unknown";
  /** The role, and who holds it in words. */
  readonly held: readonly { readonly role: string; readonly by: string }[];
};

const NOBODY = "Nobody at this moment";
const signInNames = (text: string): readonly string[] => text.toLowerCase().match(/[^\s,;()<>]+@[^\s,;()<>]+/g) ?? [];
/** Names were left out, or an answer stands there instead of names. */
const isPartial = (text: string): boolean => /and \d+ more$/.test(text) || (signInNames(text).length === 0 && text !== NOBODY);

/** Null where the step has no such table. */
export function mayAuthorise(upn: string, tables: readonly Evidence[]): MayAuthorise | null {
  const table = tables.find(({ title }) => title === HOLDERS);
  if (!table) return null;
  const held = table.rows.map(([role = "", ...cells]) => ({ role, by: cells.join(", ") }));
  if (held.some(({ by }) => signInNames(by).includes(upn.toLowerCase()))) return { may: "yes", held };
  return { may: held.some(({ by }) => isPartial(by)) ? "unknown" : "no", held };
}
