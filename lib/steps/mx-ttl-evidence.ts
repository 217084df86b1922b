/** What was asked of whom about each domain's mail records, and how to ask the same by hand. */
import type { Row } from "@/lib/model/nouns";
import { dnsHostName, editHelp, rowIn } from "./mx-rows";
import type { TtlReading } from "./mx-ttl-reading";
import type { Evidence } from "./shape";

type Line = readonly string[];
const ttl = (seconds: number | null): string => (seconds === null ? "" : String(seconds));

const serverLines = (row: Row<"mx">): readonly Line[] =>
  row.servers.map((s) => [row.Name, s.name, s.address, ttl(s.ttl), s.problem ?? (s.hosts.join(", ") || "no MX records")]);

const resolverLines = (row: Row<"resolvers">): readonly Line[] =>
  row.seen.map((s) => [row.Name, s.resolver, ttl(s.ttl), s.problem ?? (s.hosts.join(", ") || "no MX records")]);

/** The name server to ask by hand: the first that answered, else the first there is. */
function commandLines(domain: string, row: Row<"mx">): readonly Line[] {
  const server = (row.servers.find((s) => s.problem === null) ?? row.servers[0])?.name;
  if (server === undefined) return [];
  return [[domain, `dig +norecurse MX ${domain} @${server}`, `Resolve-DnsName -Name ${domain} -Type MX -Server ${server}`]];
}

export function mxTtlEvidence({ mx, resolvers, dnsHosts }: TtlReading, domains: readonly string[]): readonly Evidence[] {
  const rows = domains.flatMap((domain) => rowIn(mx, domain) ?? []);
  const hosts = domains.flatMap((domain): readonly Line[] => {
    const row = rowIn(dnsHosts, domain);
    return row ? [[domain, dnsHostName(row), row.nameServers.join(", "), editHelp(row) ?? "none known"]] : [];
  });
  const tables: readonly Evidence[] = [
    {
      title: "What its name servers have configured",
      columns: ["Domain", "Name server", "Address", "TTL in seconds", "Mail servers"],
      rows: rows.flatMap(serverLines),
    },
    {
      title: "What public resolvers still remember",
      columns: ["Domain", "Resolver", "Seconds left", "Mail servers"],
      rows: domains.flatMap((domain) => {
        const row = rowIn(resolvers, domain);
        return row ? resolverLines(row) : [];
      }),
    },
    { title: "Where to edit", columns: ["Domain", "DNS host", "Name servers", "Its own help page"], rows: hosts },
    {
      title: "Look for yourself",
      columns: ["Domain", "macOS, Linux", "Windows PowerShell"],
      rows: rows.flatMap((row) => commandLines(row.Name, row)),
    },
  ];
  return tables.filter((table) => table.rows.length > 0);
}
