/** What a DNS reply says about one name, read out of the packet. */
import type { Answer } from "dns-packet";
import { storable } from "@/lib/base/storable";
import { isWithin, spelled } from "./name";
import type { Reply } from "./packet";

export type Host = { readonly preference: number; readonly exchange: string };
export type MxSet = { readonly hosts: readonly Host[]; readonly ttl: number };

const answers = (reply: Reply): readonly Answer[] => reply.packet.answers ?? [];
const authorities = (reply: Reply): readonly Answer[] => reply.packet.authorities ?? [];
const ttlOf = (record: Answer): number => ("ttl" in record && typeof record.ttl === "number" ? record.ttl : 0);

export const byPreference = (hosts: readonly Host[]): readonly Host[] =>
  [...hosts].sort((a, b) => a.preference - b.preference || a.exchange.localeCompare(b.exchange));

/** The MX records of exactly this name. They must share one TTL (RFC 2181 5.2); where they do not, the longest counts. */
export function mxOf(reply: Reply, name: string): MxSet {
  const found = answers(reply).flatMap((record) =>
    record.type === "MX" && spelled(record.name) === name
      ? [{ host: { preference: record.data.preference ?? 0, exchange: spelled(record.data.exchange) }, ttl: ttlOf(record) }]
      : [],
  );
  return { hosts: byPreference(found.map((one) => one.host)), ttl: Math.max(0, ...found.map((one) => one.ttl)) };
}

export function nsOf(reply: Reply, name: string): { readonly hosts: readonly string[]; readonly ttl: number } {
  const found = answers(reply).flatMap((record) =>
    record.type === "NS" && spelled(record.name) === name ? [{ host: spelled(record.data), ttl: ttlOf(record) }] : [],
  );
  return { hosts: [...new Set(found.map((one) => one.host))].sort(), ttl: Math.min(86_400, ...found.map((one) => one.ttl)) };
}

/** Addresses at the end of the chain of aliases: a resolver has followed it already. */
export function addressesOf(reply: Reply): { readonly addresses: readonly string[]; readonly ttl: number } {
  const found = answers(reply).flatMap((record) =>
    record.type === "A" || record.type === "AAAA" ? [{ address: record.data, ttl: ttlOf(record) }] : [],
  );
  return { addresses: found.map((one) => one.address), ttl: Math.min(86_400, ...found.map((one) => one.ttl)) };
}

/** Longer than any text that somebody reads: SPF, MTA-STS and Domain Connect are a few hundred characters. */
const LONGEST_TEXT = 4_000;
const textOf = (pieces: readonly (string | Buffer)[]): string =>
  storable(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString("utf8"), LONGEST_TEXT);

/** The texts at the end of the chain of aliases, each put together from its pieces (RFC 7208 3.3: without anything between them). */
export const textsOf = (reply: Reply): readonly string[] =>
  answers(reply).flatMap((record) => (record.type === "TXT" ? [textOf([record.data].flat())] : []));

/** The name this name is an alias of, or null. */
export function aliasOf(reply: Reply, name: string): string | null {
  const found = answers(reply).find((record) => record.type === "CNAME" && spelled(record.name) === name);
  return found?.type === "CNAME" ? spelled(found.data) : null;
}

/** The zone whose SOA came with a "there is none", and how long that may be remembered (RFC 2308: the lesser of the two). */
export function negativeOf(reply: Reply, name: string): { readonly zone: string; readonly ttl: number } | null {
  const soa = authorities(reply).find((record) => record.type === "SOA" && isWithin(name, spelled(record.name)));
  return soa?.type === "SOA" ? { zone: spelled(soa.name), ttl: Math.min(ttlOf(soa), soa.data.minimum ?? ttlOf(soa)) } : null;
}

/** The primary server a zone names, which betrays the provider behind name servers under the customer's own name. */
export function primaryOf(reply: Reply): string | null {
  const soa = answers(reply).find((record) => record.type === "SOA");
  return soa?.type === "SOA" ? spelled(soa.data.mname) : null;
}
