/** A zone's records in the wire library's words. */
import type { Answer } from "dns-packet";
import type { DnsRecord, NameServer, Zone } from "../tenant";

/** RFC 1035 3.3: one character-string of a TXT record holds 255 bytes; longer text is several. */
const STRING_BYTES = 255;
const NS_TTL = 86_400;
const SOA_TTL = 3_600;
/** RFC 2308: how long a resolver may remember that there is nothing. */
export const NEGATIVE_TTL = 300;

function strings(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const count = Math.max(1, Math.ceil(bytes.length / STRING_BYTES));
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * STRING_BYTES, (at + 1) * STRING_BYTES));
}

/** `name` is the owner as it was asked: a wildcard answers under the asked name, and 0x20 spellings come back as sent. */
export function answerOf(record: DnsRecord, name: string): Answer {
  const head = { name, ttl: record.ttl };
  switch (record.type) {
    case "MX":
      return { ...head, type: "MX", data: { preference: record.preference, exchange: record.exchange } };
    case "TXT":
      return { ...head, type: "TXT", data: strings(record.text) };
    case "A":
    case "AAAA":
      return { ...head, type: record.type, data: record.address };
    default:
      return { ...head, type: record.type, data: record.target };
  }
}

export function soaOf(zone: Zone): Answer {
  return startOfAuthority(zone.name, zone.nameServers[0]?.name ?? `ns.${zone.name}`, zone.serial);
}

/** For a zone nobody wrote down (the root, a top-level domain) a serial of 1 does. */
export function startOfAuthority(name: string, mname = `a.ns.${name || "root"}`, serial = 1): Answer {
  const times = { refresh: 7_200, retry: 900, expire: 1_209_600, minimum: NEGATIVE_TTL };
  return { type: "SOA", name: name || ".", ttl: SOA_TTL, data: { mname, rname: `hostmaster.${name || "root"}`, serial, ...times } };
}

export function nsOf(zone: Zone, name: string): Answer[] {
  return zone.nameServers.map((server) => ({ type: "NS", name, ttl: NS_TTL, data: server.name }));
}

/** Addresses of name servers that stand inside the zone they serve. */
export function glueOf(zone: Zone, servers: NameServer[] = zone.nameServers): Answer[] {
  const inside = servers.filter((server) => server.name.endsWith(`.${zone.name}`));
  return inside.map((server) => ({ type: "A", name: server.name, ttl: NS_TTL, data: server.address }));
}
