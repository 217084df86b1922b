/** Tables of the switch: the records to set as the DNS host wants them, where to set them, and who answers what since when. */
import type { Result } from "@/lib/base/result";
import type { Row } from "@/lib/model/nouns";
import { type Moment, sinceWhen } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { targetOf } from "./mx-hosts";
import type { MxReading } from "./mx-records-reading";
import type { MxSettings } from "./mx-records-settings";
import { dnsHostName, editHelp, hostIn, rowIn } from "./mx-rows";
import type { Evidence } from "./shape";
import { moment } from "./spans";

type Line = readonly string[];
const seconds = (ttl: number | null): string => (ttl === null ? "" : String(ttl));
const said = (hosts: readonly string[], problem: string | null): string => problem ?? (hosts.join(", ") || "no MX records");

/** "@" at the top of a zone, else what stands before it: what forms of DNS hosts ask for. */
const nameInZone = (domain: string, zone: string): string =>
  domain === zone || !domain.endsWith(`.${zone}`) ? "@" : domain.slice(0, -zone.length - 1);

type ToSet = { readonly cells: Line; readonly zoneLine: Line };
function toSet(domain: string, reading: MxReading, chosen: MxSettings, profile: Profile): readonly ToSet[] {
  const row = rowIn(reading.mx, domain);
  const zone = rowIn(reading.dnsHosts, domain)?.zone ?? row?.zone ?? domain;
  const ttl = row && row.ttl > 0 ? row.ttl : profile.lowTtl.value;
  return (targetOf(domain, chosen, profile) ?? []).map((record) => {
    const [preference = ""] = record.split(" ");
    return {
      cells: [domain, nameInZone(domain, zone), "MX", preference, hostIn(record), String(ttl)],
      zoneLine: [`${domain}. ${ttl} IN MX ${preference} ${hostIn(record)}.`],
    };
  });
}

function whereTo(domain: string, { dnsHosts, panels }: MxReading): readonly Line[] {
  const host = rowIn(dnsHosts, domain);
  if (host === null) return [];
  const panel = rowIn(panels, host.zone)?.controlPanel;
  return [[domain, dnsHostName(host), editHelp(host) ?? "none known", panel ?? "none published"]];
}

const momentsIn = <M>(answers: Readonly<Record<string, Result<readonly M[]>>>, domain: string): readonly M[] => {
  const held = answers[domain];
  return held?.ok ? held.value : [];
};

/** The first of the latest stretches in which somebody gave the same answer as now. */
function sinceSame<K extends "mx" | "resolvers">(moments: readonly Moment<K>[], answerIn: (m: Moment<K>) => string | null): string {
  const now = moments.at(-1);
  if (!now) return "";
  const same = answerIn(now);
  return moment(sinceWhen(moments, (m) => answerIn(m) === same) ?? now.first);
}

function serverLines(row: Row<"mx">, moments: readonly Moment<"mx">[]): readonly Line[] {
  return row.servers.map((s) => {
    const since = sinceSame(
      moments,
      (m) => m.rows[0]?.servers.find((one) => one.name === s.name && one.address === s.address)?.hosts.join() ?? null,
    );
    return [row.Name, s.name, s.address, seconds(s.ttl), said(s.hosts, s.problem), since];
  });
}

function resolverLines(row: Row<"resolvers">, moments: readonly Moment<"resolvers">[]): readonly Line[] {
  return row.seen.map((s) => {
    const since = sinceSame(moments, (m) => m.rows[0]?.seen.find((one) => one.resolver === s.resolver)?.hosts.join() ?? null);
    return [row.Name, s.resolver, seconds(s.ttl), said(s.hosts, s.problem), since];
  });
}

const hostLines = ({ hosts }: MxReading): readonly Line[] =>
  Object.entries(hosts).flatMap(([host, seen]): readonly Line[] => {
    const row = seen.ok ? seen.value[0] : undefined;
    if (!row) return [[host, "not called", "", "", ""]];
    const yes = (is: boolean) => (is ? "Yes" : "No");
    const { certificate } = row;
    const proof = certificate
      ? `${certificate.subject}, ${certificate.matches && certificate.trusted ? "valid" : "not valid"} (${certificate.issuer})`
      : "none";
    return [[host, yes(row.connected), row.banner ?? "", yes(row.starttls), proof]];
  });

export function mxEvidence(reading: MxReading, chosen: MxSettings, profile: Profile): readonly Evidence[] {
  const { domains } = chosen;
  const records = domains.flatMap((d) => toSet(d, reading, chosen, profile));
  const tables: readonly Evidence[] = [
    {
      title: "The records to set, in place of all MX records that are there",
      columns: ["Domain", "Name", "Type", "Priority", "Host", "TTL"],
      rows: records.map(({ cells }) => cells),
    },
    { title: "The same records as lines of a zone file", columns: ["Line"], rows: records.map(({ zoneLine }) => zoneLine) },
    {
      title: "Where to set them",
      columns: ["Domain", "DNS host", "Its own help page", "Its control panel"],
      rows: domains.flatMap((d) => whereTo(d, reading)),
    },
    {
      title: "What its name servers answer",
      columns: ["Domain", "Name server", "Address", "TTL", "Mail servers", "Since"],
      rows: domains.flatMap((d) => {
        const row = rowIn(reading.mx, d);
        return row ? serverLines(row, momentsIn(reading.before, d)) : [];
      }),
    },
    {
      title: "What public resolvers answer",
      columns: ["Domain", "Resolver", "Seconds left", "Mail servers", "Since"],
      rows: domains.flatMap((d) => {
        const row = rowIn(reading.resolvers, d);
        return row ? resolverLines(row, momentsIn(reading.remembered, d)) : [];
      }),
    },
    { title: "The new hosts", columns: ["Host", "Answers", "Greeting", "Encrypts", "Certificate"], rows: hostLines(reading) },
  ];
  return tables.filter((table) => table.rows.length > 0);
}
