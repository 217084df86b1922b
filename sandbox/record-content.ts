/** What a DNS record says, without the preference of an MX: what forms and APIs call its content. */
import type { DnsRecord } from "./tenant";

export function contentOf(record: DnsRecord): string {
  switch (record.type) {
    case "MX":
      return record.exchange;
    case "TXT":
      return record.text;
    case "CNAME":
    case "NS":
      return record.target;
    default:
      return record.address;
  }
}
