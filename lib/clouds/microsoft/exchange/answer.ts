/** A successful answer of the admin API: rows without their sidecars, warnings, and where the next page is. Source: facts/exchange-api.md 5. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";

export type Row = Readonly<Record<string, unknown>>;
export type Page = { readonly rows: readonly Row[]; readonly warnings: readonly string[]; readonly next: string | null };

const shape = z.looseObject({ value: z.array(z.record(z.string(), z.unknown())).nullish(), "@odata.nextLink": z.string().nullish() });
const warnings = z.array(z.string());

/** `X@odata.type` and `X@data.type` stand beside X and say what it was in .NET. */
const plain = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes("@")));

function warningsOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  const key = Object.keys(body).find((name) => /^@?adminapi\.warnings$/i.test(name));
  const read = warnings.safeParse(key === undefined ? [] : body[key]);
  return read.success ? read.data.filter((text) => text !== "") : [];
}

/** `null` and nothing at all are what cmdlets without output answer. */
export function pageOf(body: unknown): Result<Page> {
  if (body === null || body === undefined || body === "") return ok({ rows: [], warnings: [], next: null });
  const read = shape.safeParse(body);
  if (!read.success) return no("unreadable", "Exchange Online sent an answer of a form we do not know.");
  return ok({ rows: (read.data.value ?? []).map(plain), warnings: warningsOf(read.data), next: read.data["@odata.nextLink"] ?? null });
}

/** A list that was cut without saying where it goes on must not pass for the whole one. */
export const isCutShort = ({ next, warnings: said }: Page): boolean =>
  next === null && said.some((text) => /more results are available|results available than are currently displayed/i.test(text));
