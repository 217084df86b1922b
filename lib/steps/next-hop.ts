/** The tenant's own mail host for a domain: as Microsoft says it, else as DNS showed it before the switch, else by the admin's word. Never made up. */
import type { Result } from "@/lib/base/result";
import type { Row } from "@/lib/model/nouns";
import { ask, each, type Moment, past, per } from "@/lib/model/query";
import { type Access, tenantKeys } from "./access";
import { expectedHop } from "./domain-checks";
import { isMicrosoft } from "./gateways";
import { hostIn } from "./mx-rows";

type Keyed<T> = Readonly<Record<string, Result<readonly T[]>>>;
export type Hop = { readonly host: string; readonly from: "microsoft" | "dns" | "word" } | null;

type Chosen = { readonly access: Access; readonly domains: readonly string[] };
/** Before anybody chose a domain nothing is asked about any, but it shows which permission it will take. */
export const recordsQuery = ({ access, domains }: Chosen) =>
  access === "consent" && domains.length === 0
    ? each(ask("domain"), "serviceRecord", () => null)
    : per(tenantKeys(access).length > 0 ? domains : [], (d) => ask("serviceRecord", d));

/** Where Cutover may not ask Microsoft, only what DNS shows and showed is left. */
export const hopQueries = ({ access, domains }: Chosen) => ({
  records: recordsQuery({ access, domains }),
  before: per(domains, (d) => past(ask("mx", d))),
});

export type HopReading = { readonly records: Keyed<Row<"serviceRecord">>; readonly before: Keyed<Moment<"mx">> };

const microsoftIn = (m: Moment<"mx">): string | undefined => m.rows.flatMap((row) => row.hosts.map(hostIn)).find(isMicrosoft);

/** @returns null where nothing says it, or Microsoft could not be asked. */
export function nextHop(
  domain: string,
  { records, before }: HopReading,
  { access, nextHops }: { readonly access: Access; readonly nextHops: Readonly<Record<string, string>> },
): Hop {
  if (access === "consent") {
    const seen = records[domain];
    const host = seen?.ok ? expectedHop(seen.value) : null;
    return host === null ? null : { host, from: "microsoft" };
  }
  const said = nextHops[domain];
  const held = before[domain];
  const shown = (held?.ok ? held.value : []).map(microsoftIn).findLast((host) => host !== undefined);
  if (shown) return { host: shown, from: "dns" };
  return said ? { host: said, from: "word" } : null;
}
