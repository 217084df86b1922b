/** The DNS records by which a domain says that it has an MTA-STS policy or a DNS host that speaks Domain Connect. */
import { domainConnectHost, webAddress } from "../smtp/hosts";
import type { DnsRecord } from "../tenant";

const ttl = 300;

/** Where its settings are asked for (Domain Connect draft, discovery). */
export function domainConnectRecord(zone: string): DnsRecord {
  return { type: "TXT", name: `_domainconnect.${zone}`, ttl, text: domainConnectHost };
}

/** RFC 8461: the id changes with the policy; the policy lies on a host of its own. */
export function mtaStsRecords(domain: string, id = "20250101000000Z"): DnsRecord[] {
  return [
    { type: "TXT", name: `_mta-sts.${domain}`, ttl, text: `v=STSv1; id=${id};` },
    { type: "A", name: `mta-sts.${domain}`, ttl, address: webAddress },
  ];
}

/** A policy as a domain writes it down; hosts may begin with a star. */
export function mtaStsPolicy(mode: "enforce" | "testing" | "none", hosts: string[]): string {
  return ["version: STSv1", `mode: ${mode}`, ...hosts.map((host) => `mx: ${host}`), "max_age: 604800", ""].join("\r\n");
}
