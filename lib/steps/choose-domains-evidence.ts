/** The table of domains: what each is, what Microsoft expects, where its mail goes and who hosts its DNS. */
import type { Row } from "@/lib/model/nouns";
import type { DomainReading } from "./choose-domains-fields";
import { expectedHop, whyOff } from "./domain-checks";
import { gatewayOf } from "./gateways";
import { dnsHostName, hostIn, rowIn } from "./mx-rows";
import type { Evidence } from "./shape";

const TITLE = "Your domains";
const COLUMNS = ["Domain", "Receives mail", "Microsoft expects", "MX today", "Gateway", "DNS host"];

function line(domain: string, receives: string, { records, mx, dnsHosts }: DomainReading): readonly string[] {
  const known = records[domain];
  const now = rowIn(mx, domain);
  const gateways = [...new Set((now?.hosts ?? []).map(hostIn).flatMap((host) => gatewayOf(host) ?? []))];
  const today = now === null ? "not read" : now.hosts.join(", ") || "none";
  return [
    domain,
    receives,
    known?.ok ? (expectedHop(known.value) ?? "nothing") : "not read",
    today,
    gateways.join(", ") || "none known",
    dnsHostName(rowIn(dnsHosts, domain)),
  ];
}

const receives = (row: Row<"domain">): string => whyOff(row) ?? "Yes";

/** Before a choice every domain, afterwards the chosen ones: those are the ones that were looked up. */
export function chooseDomainsEvidence(reading: DomainReading, { domains }: { readonly domains: readonly string[] }): readonly Evidence[] {
  const all = reading.tenant["tenant"];
  const rows = all?.ok ? all.value.filter((row) => domains.length === 0 || domains.includes(row.Name)) : [];
  const typed = all?.ok ? [] : domains;
  const lines = [
    ...rows.map((row) => line(row.Name, receives(row), reading)),
    ...typed.map((domain) => line(domain, "By your word", reading)),
  ];
  return lines.length > 0 ? [{ title: TITLE, columns: COLUMNS, rows: lines }] : [];
}
