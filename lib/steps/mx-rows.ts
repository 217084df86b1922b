/** What steps say about a domain's MX rows. */
import type { Result } from "@/lib/base/result";
import type { Row } from "@/lib/model/nouns";

/** "10 mx.contoso.com" -> "mx.contoso.com" */
export const hostIn = (written: string): string => written.split(" ").at(-1) ?? written;

/** The first row of a keyed answer; null while it has not been read or says nothing. */
export const rowIn = <R>(answers: Readonly<Record<string, Result<readonly R[]>>>, key: string): R | null => {
  const seen = answers[key];
  return seen?.ok ? (seen.value[0] ?? null) : null;
};

/** "Cloudflare", "GoDaddy and Hetzner", or the zone's name servers when nobody well known hosts it. */
export const dnsHostName = (row: Row<"dnsHost"> | null): string =>
  row === null ? "not known" : row.hosts.map((h) => h.name).join(" and ") || row.nameServers.join(", ") || "not known";

/** The host's own page about editing records, else about adding them. */
export const editHelp = (row: Row<"dnsHost"> | null): string | null =>
  row?.hosts.map((h) => h.helpEdit ?? h.help).find((link) => link !== null) ?? null;
