/** The DNS of the mail servers: fixed zones of the vendor and others, and Microsoft's, which follow the tenants there are. */
import { journalHosts } from "../journal/service-addresses";
import type { DnsRecord, Tenant, Zone } from "../tenant";
import { domainConnectHost, mailServers, microsoftAddress, webAddress } from "./hosts";

const ttl = 300;
const fixedZones = ["mxrecord.io", "mxrecord.mx", "area1.cloudflare.net", "cf-emailsecurity.net", "cf-emailsecurity.com", "google.com"];
const domainConnectZone = domainConnectHost.slice(domainConnectHost.indexOf(".") + 1);
const address = (name: string, at: string): DnsRecord => ({ type: "A", name, ttl, address: at });

function zone(name: string, records: DnsRecord[]): Zone {
  return { name, host: name, lowestTtl: 60, nameServers: [{ name: `ns1.${name}`, address: "127.0.0.92" }], records, serial: 1 };
}

const journalMx = () =>
  Object.entries(journalHosts).flatMap(([name, hosts]) =>
    hosts.map((exchange): DnsRecord => ({ type: "MX", name, ttl, preference: 10, exchange })),
  );

/** Names of the vendor's and a third party's mail servers; the other gateway's zone stands with its scenario. */
export function mailZones(): Zone[] {
  const hosts = mailServers.flatMap((server) => server.names.map((name) => address(name, server.address)));
  const records = [...hosts, ...journalMx()];
  return [
    ...fixedZones.map((name) =>
      zone(
        name,
        records.filter((record) => record.name === name || record.name.endsWith(`.${name}`)),
      ),
    ),
    zone(domainConnectZone, [address(domainConnectHost, webAddress)]),
  ];
}

/** Microsoft's senders, as its SPF record lists them (recalled, shortened to IPv4). */
const spf: DnsRecord = {
  type: "TXT",
  name: "spf.protection.outlook.com",
  ttl,
  text: "v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 ip4:52.100.0.0/15 ip4:52.102.0.0/16 ip4:52.103.0.0/17 ip4:104.47.0.0/17 -all",
};

/** Microsoft publishes a host once a domain is a tenant's, and none for a domain that is nobody's. */
function recordsOf(zoneName: string, tenants: Iterable<Tenant>): DnsRecord[] {
  const domains = [...tenants].flatMap((tenant) => tenant.domains);
  if (zoneName === "onmicrosoft.com")
    return domains.flatMap(({ id, isInitial, mxHost }) =>
      isInitial && mxHost ? [{ type: "MX" as const, name: id, ttl: 3_600, preference: 0, exchange: mxHost }] : [],
    );
  const hosts = domains.flatMap(({ mxHost }) => (mxHost?.endsWith(`.${zoneName}`) ? [address(mxHost, microsoftAddress)] : []));
  return zoneName === "protection.outlook.com" ? [spf, ...hosts] : hosts;
}

/** An edit inside a domain changes no count; a list is not used for longer than this. */
const freshMs = 50;

/** What changes whenever a tenant or domain is added or taken away. */
const sizeOf = (tenants: Map<string, Tenant>) => [...tenants].map(([id, { domains }]) => `${id}/${domains.length}`).join();

/** The records are made from the tenants; what somebody adds by the control API stays beside them. */
function liveZone(name: string, tenants: Map<string, Tenant>): Zone {
  let made: { records: DnsRecord[]; size: string; at: number } = { records: [], size: "", at: 0 };
  let added: DnsRecord[] = [];
  return {
    ...zone(name, []),
    get records() {
      const size = sizeOf(tenants);
      if (size !== made.size || Date.now() - made.at > freshMs) made = { records: recordsOf(name, tenants.values()), size, at: Date.now() };
      return added.length === 0 ? made.records : [...added, ...made.records];
    },
    set records(next) {
      const own = new Set(made.records.map((record) => JSON.stringify(record)));
      added = next.filter((record) => !own.has(JSON.stringify(record)));
    },
  };
}

export const liveZoneNames = ["protection.outlook.com", "mx.microsoft", "onmicrosoft.com"];

/** Not kept on disk: they follow from the tenants. */
export function microsoftZones(tenants: Map<string, Tenant>): Zone[] {
  return liveZoneNames.map((name) => liveZone(name, tenants));
}
