/** One DNS record in the API's words and back; what is wrong with it comes back as the API's own error. */
import { isIP } from "node:net";
import { contentOf } from "../record-content";
import type { CloudflareRecord, DnsRecord, Zone } from "../tenant";
import { hexId } from "./account";
import type { ApiError } from "./errors";

/** TTL 1 is "Auto"; the name servers then say five minutes (Cloudflare's DNS reference). */
const AUTO_TTL = 300;
const MOST_TTL = 86_400;

export type Body = Record<string, unknown>;

const iso = (at: number) => new Date(at).toISOString();

/** A record that came from elsewhere (the scenario, a form) gets its id when the API first looks at it; twins get different ones. */
export function known(zone: Zone, records: DnsRecord[], now: number): DnsRecord[] {
  const taken = new Set(records.map((record) => record.cloudflare?.id));
  return records.map((record) => {
    if (record.cloudflare) return record;
    let id = "";
    for (let twin = 0; id === "" || taken.has(id); twin += 1)
      id = hexId(`${zone.name} ${record.type} ${record.name} ${contentOf(record)} ${twin}`);
    taken.add(id);
    return { ...record, cloudflare: { id, tags: [], createdAt: now, modifiedAt: now } };
  });
}

export function shownRecord(record: DnsRecord): Body {
  const own: CloudflareRecord = record.cloudflare ?? { id: "", tags: [], createdAt: 0, modifiedAt: 0 };
  return {
    id: own.id,
    name: record.name,
    type: record.type,
    content: contentOf(record),
    ...(record.type === "MX" ? { priority: record.preference } : {}),
    proxiable: ["A", "AAAA", "CNAME"].includes(record.type),
    proxied: false,
    ttl: record.auto ? 1 : record.ttl,
    settings: {},
    meta: {},
    ...(own.comment === undefined ? {} : { comment: own.comment }),
    tags: own.tags,
    created_on: iso(own.createdAt),
    modified_on: iso(own.modifiedAt),
  };
}

const label = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
const hostPattern = new RegExp(`^(\\*\\.)?${label}(\\.${label})*$`);
const bareHost = (text: string) => text.trim().toLowerCase().replace(/\.$/, "");
export const isHost = (text: string) => text.length <= 253 && hostPattern.test(text) && isIP(text) === 0;

const wrong = (code: number, message: string): ApiError => ({ code, message });

/** `@` and names without the zone's are completed, as the dashboard does it. */
function nameOf(text: string, zone: Zone): string | ApiError {
  const bare = bareHost(text);
  if (bare === "@" || bare === zone.name) return zone.name;
  const name = bare.endsWith(`.${zone.name}`) ? bare : `${bare}.${zone.name}`;
  return isHost(name) ? name : wrong(9000, "DNS name is invalid.");
}

function ttlOf(ttl: number, zone: Zone): { ttl: number; auto?: true } | ApiError {
  if (ttl === 1) return { ttl: AUTO_TTL, auto: true };
  const fits = Number.isInteger(ttl) && ttl >= zone.lowestTtl && ttl <= MOST_TTL;
  return fits ? { ttl } : wrong(9021, `Invalid TTL. Must be between ${zone.lowestTtl} and ${MOST_TTL} seconds, or 1 for Automatic.`);
}

/** Text may come in quotes, in several strings that belong together. */
const unquoted = (text: string) =>
  /^".*"$/s.test(text) ? [...text.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, part = ""]) => part.replace(/\\(.)/gs, "$1")).join("") : text;

type Bare<Kind> = Kind extends unknown ? Omit<Kind, "name" | "ttl" | "auto" | "cloudflare"> : never;
type Data = Bare<DnsRecord>;

function hostData(type: string, content: string, priority: unknown): Data | ApiError {
  const host = bareHost(content);
  if (type === "MX" && typeof priority !== "number")
    return wrong(9008, "Invalid priority, priority must be set and be between 0 and 65535");
  const isNull = type === "MX" && content.trim() === ".";
  if (!isNull && !isHost(host)) return wrong(9005, `Content for ${type} record is invalid. Must be a valid hostname.`);
  if (type === "MX") return { type, preference: Number(priority), exchange: isNull ? "." : host };
  return { type: type === "NS" ? "NS" : "CNAME", target: host };
}

function dataOf(body: Body): Data | ApiError {
  const type = String(body["type"]);
  const content = typeof body["content"] === "string" ? body["content"] : "";
  if (type === "MX" || type === "NS" || type === "CNAME") return hostData(type, content, body["priority"]);
  if (type === "TXT") return content === "" ? wrong(9005, "Content for TXT record must not be empty.") : { type, text: unquoted(content) };
  if (type === "A")
    return isIP(content) === 4 ? { type, address: content } : wrong(9005, "Content for A record must be a valid IPv4 address.");
  if (type === "AAAA")
    return isIP(content) === 6 ? { type, address: content } : wrong(9005, "Content for AAAA record must be a valid IPv6 address.");
  return wrong(9004, `The sandbox's DNS keeps no ${type} records.`);
}

const isError = (value: unknown): value is ApiError => typeof value === "object" && value !== null && "code" in value;

function tagsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A record of a whole body; `old` is the one it takes the place of. */
export function recordOf(body: Body, zone: Zone, now: number, newId: string, old?: DnsRecord): DnsRecord | ApiError {
  const name = nameOf(String(body["name"]), zone);
  const ttl = ttlOf(Number(body["ttl"]), zone);
  const data = dataOf(body);
  for (const part of [name, ttl, data]) if (isError(part)) return part;
  if (typeof name !== "string" || isError(ttl) || isError(data)) return wrong(9000, "DNS name is invalid.");
  if (body["proxied"] === true) return wrong(9004, "This record type cannot be proxied.");
  const comment = typeof body["comment"] === "string" && body["comment"] !== "" ? { comment: body["comment"] } : {};
  const id = old?.cloudflare?.id ?? newId;
  const cloudflare = { id, ...comment, tags: tagsOf(body["tags"]), createdAt: old?.cloudflare?.createdAt ?? now, modifiedAt: now };
  return { name, ...ttl, ...data, cloudflare };
}

/** A clash with the records that are there already. */
export function clash(record: DnsRecord, others: DnsRecord[]): ApiError | null {
  const beside = others.filter((other) => other.name === record.name);
  const isAddress = (one: DnsRecord) => one.type === "A" || one.type === "AAAA";
  const alias = record.type === "CNAME" ? beside.some((one) => isAddress(one) || one.type === "CNAME") : false;
  if (alias || (isAddress(record) && beside.some((one) => one.type === "CNAME")))
    return wrong(81053, "An A, AAAA, or CNAME record with that host already exists.");
  const same = beside.filter((other) => other.type === record.type && contentOf(other) === contentOf(record));
  if (same.length === 0) return null;
  const isTwin = same.some((other) => other.type !== "MX" || record.type !== "MX" || other.preference === record.preference);
  // Whether a host may stand twice with two priorities is not on record; it never makes sense.
  return isTwin ? wrong(81058, "An identical record already exists.") : wrong(81057, "Record already exists.");
}
