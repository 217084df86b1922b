/** What an authoritative name server says: records, a referral, "no such name" or "nothing of that type", from its own copy of the zone. */
import type { Answer } from "dns-packet";
import { type DnsRecord, type NameServer, ownCopy, type Zone } from "../tenant";
import { domainConnectRecord } from "../web/records";
import { parentOf } from "./atlas";
import { bare, RCODE, type Reply } from "./packet";
import { answerOf, glueOf, nsOf, soaOf } from "./records";

/** RFC 1034 4.3.2 follows aliases; ten are more than anybody writes, and end a circle. */
const MOST_ALIASES = 10;

/** The records of a zone as this server has them: on a split host the servers disagree. */
export function recordsAt(zone: Zone, server: NameServer, now: number): DnsRecord[] {
  const records = ownCopy(server, now) ?? zone.records;
  return zone.domainConnect ? [...records, domainConnectRecord(zone.name)] : records;
}

const lower = (name: string) => name.toLowerCase();

function existsAt(records: DnsRecord[], name: string): boolean {
  return records.some((record) => lower(record.name) === name || lower(record.name).endsWith(`.${name}`));
}

/** Records at the name, or those of the wildcard that covers it (RFC 4592: only where the name itself does not exist). */
function matching(records: DnsRecord[], zone: Zone, name: string): DnsRecord[] {
  const exact = records.filter((record) => lower(record.name) === name);
  if (exact.length > 0 || name === zone.name || existsAt(records, name)) return exact;
  for (let rest = parentOf(name); rest.length >= zone.name.length; rest = parentOf(rest)) {
    const wild = records.filter((record) => lower(record.name) === `*.${rest}`);
    if (wild.length > 0 || existsAt(records, rest)) return wild;
  }
  return [];
}

/** The delegation at or above the name but below the apex, where the parent no longer speaks for it. */
function delegation(records: DnsRecord[], zone: Zone, name: string): DnsRecord[] {
  for (let rest = name; rest.length > zone.name.length; rest = parentOf(rest)) {
    const cut = records.filter((record) => record.type === "NS" && lower(record.name) === rest);
    if (cut.length > 0) return cut;
  }
  return [];
}

function referral(cut: DnsRecord[], records: DnsRecord[]): Reply {
  const targets = new Set(cut.flatMap((record) => (record.type === "NS" ? [lower(record.target)] : [])));
  const glue = records.filter((record) => record.type === "A" && targets.has(lower(record.name)));
  return {
    ...bare(RCODE.ok),
    authorities: cut.map((record) => answerOf(record, record.name)),
    additionals: glue.map((record) => answerOf(record, record.name)),
  };
}

interface Gathered {
  answers: Answer[];
  /** False where the last name of the chain does not exist in the zone. */
  exists: boolean;
}

function gather(zone: Zone, records: DnsRecord[], asked: string, type: string): Gathered {
  const answers: Answer[] = [];
  let owner = asked;
  for (let hop = 0; hop < MOST_ALIASES; hop += 1) {
    const name = lower(owner);
    const found = matching(records, zone, name);
    const wanted = found.filter((record) => record.type === type);
    const alias = wanted.length === 0 ? found.find((record) => record.type === "CNAME") : undefined;
    answers.push(...(alias ? [alias] : wanted).map((record) => answerOf(record, owner)));
    const exists = found.length > 0 || name === zone.name || existsAt(records, name);
    if (alias?.type !== "CNAME") return { answers, exists };
    if (lower(alias.target) !== zone.name && !lower(alias.target).endsWith(`.${zone.name}`)) return { answers, exists: true };
    owner = alias.target;
  }
  return { answers, exists: true };
}

/** The reply of one server of a zone to one question; whether it answers at all is the caller's to say. */
export function authoritativeReply(zone: Zone, server: NameServer, asked: string, type: string, now: number): Reply {
  const name = lower(asked);
  const records = recordsAt(zone, server, now);
  const said = { ...bare(RCODE.ok), authoritative: server.behaviour !== "lame" };
  if (name === zone.name && type === "NS") return { ...said, answers: nsOf(zone, asked), additionals: glueOf(zone) };
  if (name === zone.name && type === "SOA") return { ...said, answers: [soaOf(zone)] };
  const cut = delegation(records, zone, name);
  if (cut.length > 0) return referral(cut, records);
  const { answers, exists } = gather(zone, records, asked, type);
  if (answers.some((answer) => answer.type === type)) return { ...said, answers };
  return { ...said, rcode: exists ? RCODE.ok : RCODE.nxdomain, answers, authorities: [soaOf(zone)] };
}
