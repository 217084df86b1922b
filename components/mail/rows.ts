/** Pages of rows put together: a message that moved from one page to the next while they were read stands there once. */
import type { Problem } from "@/lib/base/result";
import type { MailRow } from "@/lib/usecases/views/mail";

export type Answer =
  | { readonly rows: readonly MailRow[]; readonly next: string | null; readonly problem?: undefined }
  | { readonly problem: Problem };

export function merged(before: readonly MailRow[], added: readonly MailRow[]): readonly MailRow[] {
  const known = new Set(before.map(({ id }) => id));
  return [...before, ...added.filter(({ id }) => !known.has(id) && known.add(id))];
}
