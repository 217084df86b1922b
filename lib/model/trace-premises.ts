/** What a look at message trace is judged by: the tenant's domains, and whose addresses are whose. Plain data, kept with the report. */

export type Named = { readonly name: string; readonly addresses: readonly string[] };

export type Premises = {
  /** Accepted domains of the tenant's own. `since`: from when on all of its mail should come through the vendor; null: not yet. ms since 1970. */
  readonly domains: readonly { readonly name: string; readonly since: number | null }[];
  /** `*.onmicrosoft.com`: their mail records stay Microsoft's. */
  readonly initial: readonly string[];
  /** Addresses that the lock lets in. */
  readonly vendor: readonly string[];
  /** Networks of the vendor, and addresses that were the vendor's: mail from there that the lock would not let in. */
  readonly vendorNearby: readonly string[];
  /** Enabled connectors for servers of the company's own: their mail goes on arriving. */
  readonly onPremises: readonly Named[];
  /** Enabled connectors for somebody else's servers: another gateway, a partner. */
  readonly partners: readonly Named[];
  /** What the domains' SPF records let send in their name. `by`: the record that was included; "": named in the domain's own record. */
  readonly listed: readonly { readonly network: string; readonly by: string }[];
  /** What could not be read, in sentences. */
  readonly gaps: readonly string[];
};

/** Cloudflare's own networks, far more than send mail: https://www.cloudflare.com/ips-v4 and ARIN's 104.16.0.0/12. Recalled, not opened for this. */
export const CLOUDFLARE_NETWORKS: readonly string[] = [
  "173.245.48.0/20",
  "103.21.244.0/22",
  "103.22.200.0/22",
  "103.31.4.0/22",
  "141.101.64.0/18",
  "108.162.192.0/18",
  "190.93.240.0/20",
  "188.114.96.0/20",
  "197.234.240.0/22",
  "198.41.128.0/17",
  "162.158.0.0/15",
  "104.16.0.0/12",
  "172.64.0.0/13",
  "131.0.72.0/22",
];

/** Exchange Online's own senders: "Office 365 URLs and IP address ranges", ids 9 and 10, and networks of before. Recalled, not opened for this. */
export const MICROSOFT_NETWORKS: readonly string[] = [
  "40.92.0.0/15",
  "40.107.0.0/16",
  "52.100.0.0/14",
  "52.238.78.88/32",
  "104.47.0.0/17",
  "13.107.6.152/31",
  "13.107.18.10/31",
  "13.107.128.0/22",
  "23.103.160.0/20",
];
/** IPv6 of Exchange Online; mailbox servers speak to each other from 2603:1000::/24. */
export const MICROSOFT_V6: readonly string[] = ["2a01:111:f400::/48", "2a01:111:f403::/48", "2603:1000::/24"];
