/** A record as a DNS host's form shows it, and back. */
import { isIP } from "node:net";
import { contentOf } from "../record-content";
import type { DnsRecord } from "../tenant";

export const recordTypes = ["MX", "TXT", "CNAME", "A", "AAAA", "NS"];

export const dataOf = (record: DnsRecord): string => (record.type === "MX" ? `${record.preference} ${record.exchange}` : contentOf(record));

const host = /^(\.|([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*)\.?$/i;
const bareHost = (text: string) => (text === "." ? "." : text.toLowerCase().replace(/\.$/, ""));

/** A sentence where the record is no good. */
export function recordFrom(type: string, name: string, ttl: number, data: string): DnsRecord | string {
  const base = { name: bareHost(name), ttl };
  const [preference = "", exchange = ""] = data.split(/\s+/);
  const isHost = host.test(data);
  if (!host.test(name)) return `"${name}" isn't a name.`;
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > 2_147_483_647) return "The TTL must be a whole number of seconds.";
  if (type === "TXT") return { ...base, type, text: data };
  if (type === "MX" && /^\d{1,5}$/.test(preference) && host.test(exchange))
    return { ...base, type, preference: Number(preference), exchange: bareHost(exchange) };
  if ((type === "CNAME" || type === "NS") && isHost) return { ...base, type, target: bareHost(data) };
  if ((type === "A" && isIP(data) === 4) || (type === "AAAA" && isIP(data) === 6)) return { ...base, type, address: data };
  return type === "MX" ? 'Write an MX record as "10 mail.example.com".' : `"${data}" isn't a value for ${type}.`;
}
