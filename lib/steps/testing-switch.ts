/** For tests: raw answers around the switch of the mail records, all of them as they should be unless said otherwise. */
import { cloudflare } from "@/lib/profiles/cloudflare";
import { dnsHostRow, mxRow, NOW, resolversRow } from "./testing";

export const DAY_MS = 86_400_000;
export const TARGET = (cloudflare.regions.value[0]?.hosts ?? []).map(({ preference, host }) => ({ preference, exchange: host }));
export const VENDOR_HOSTS = TARGET.map(({ exchange }) => exchange);
export const microsoftHost = (domain: string): string => `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;
export const at = (exchange: string, preference = 10) => ({ preference, exchange });

/** The MX row as every name server gives it. */
export const mxTo = (domain: string, hosts: readonly { readonly preference: number; readonly exchange: string }[], more: object = {}) =>
  mxRow(domain, 300, {
    hosts,
    servers: [{ name: "ns1.host.example", address: "192.0.2.53", ttl: 300, hosts, problem: null }],
    ...more,
  });
type Hosts = Parameters<typeof mxTo>[1];
/** One name server has these hosts, the other those: read together. */
export const halfWay = (domain: string, hosts: Hosts, late: Hosts) => {
  const server = (name: string, own: Hosts) => ({ name, address: "192.0.2.53", ttl: 300, hosts: own, problem: null });
  const servers = [server("ns1.host.example", hosts), server("ns2.host.example", late)];
  return mxTo(domain, [...hosts, ...late], { agreed: false, servers });
};
export const stretch = (row: object, first: number, last = NOW) => ({ raw: [row], first, last });

export const securedRow = (domain: string, more: object = {}) => ({
  id: `es-${domain}`,
  domain,
  allowed_delivery_modes: ["DIRECT"],
  drop_dispositions: ["MALICIOUS", "SPAM"],
  ip_restrictions: [],
  transport: microsoftHost(domain),
  require_tls_outbound: true,
  require_tls_inbound: null,
  lookback_hops: 1,
  regions: ["GLOBAL"],
  status: "ACTIVE",
  verification: null,
  ...more,
});

export const acceptedRow = (DomainName: string, more: object = {}) => ({
  Guid: DomainName,
  DomainName,
  DomainType: "Authoritative",
  Default: false,
  InitialDomain: DomainName.endsWith(".onmicrosoft.com"),
  ...more,
});

export const serviceRow = (domain: string) => ({
  id: `mx-${domain}`,
  recordType: "Mx",
  supportedService: "Email",
  mailExchange: microsoftHost(domain),
});

export const smtpRow = (host: string, more: object = {}) => ({
  host,
  address: "192.0.2.25",
  connected: true,
  banner: `220 ${host}`,
  ehlo: true,
  starttls: true,
  certificate: { trusted: true, matches: true, subject: host, issuer: "An authority", validTo: "2030-01-01T00:00:00.000Z" },
  problem: null,
  ...more,
});

export const directRow = (domain: string, host: string, refused: boolean) => ({
  domain,
  host,
  stage: "rcpt",
  code: refused ? 550 : 250,
  text: refused ? "5.7.51 TenantInboundAttribution; Rejecting" : "2.1.5 Recipient OK",
  refused,
});

export const zoneRow = (name: string, more: object = {}) => ({
  id: `zone-${name}`,
  name,
  status: "active",
  type: "full",
  name_servers: ["NS1.host.example."],
  ...more,
});

/** Everything about one domain before the switch: a low TTL, the vendor ready, nothing in the way. */
export const beforeSwitch = (domain: string, hosts = [at(microsoftHost(domain), 0)]) => ({
  [`mx/${domain}`]: [mxTo(domain, hosts)],
  [`resolvers/${domain}`]: [{ ...resolversRow(domain, [200]), seen: [{ resolver: "192.0.2.1", ttl: 200, hosts, problem: null }] }],
  [`dnsHost/${domain}`]: [dnsHostRow(domain)],
  [`mxTargets/${domain}`]: [
    {
      domain,
      targets: hosts.map(({ exchange }) => ({ host: exchange, addresses: ["192.0.2.25"], cname: null, isAddress: false, problem: null })),
    },
  ],
  [`spf/${domain}`]: [{ domain, records: ["v=spf1 include:spf.protection.outlook.com -all"] }],
  [`mtaSts/${domain}`]: [{ domain, record: null, policy: null, problem: null }],
  [`domainConnect/${domain}`]: [{ zone: domain, provider: null, controlPanel: null }],
});
