/** The list as somebody left it, for the back button: rows, place and choice of the one search before. In this tab's memory alone. */
import type { MailRow } from "@/lib/usecases/views/mail";
import type { Selection } from "./selection";

export type Kept = {
  /** Place, search and moment. */
  readonly key: string;
  readonly rows: readonly MailRow[];
  readonly next: string | null;
  /** How far it was scrolled, in pixels. */
  readonly y: number;
  readonly focus: number;
  readonly selection: Selection;
};

let kept: Kept | null = null;

/** Called by the browser only: on the server this is shared by everybody. */
export function keep(list: Kept): void {
  kept = list;
}

export const keptFor = (key: string): Kept | null => (kept?.key === key ? kept : null);
