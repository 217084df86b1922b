/** The DNS hosts at which the sandbox's domains live. Name servers carry real hosts' names, so that a guide names the right help page. */
import type { Zone } from "../tenant";
import type { DnsHost } from "./scenario";

export const ordinaryHost: DnsHost = {
  host: "DNSimple",
  lowestTtl: 60,
  nameServers: [
    { name: "ns1.dnsimple.com", address: "127.0.0.11" },
    { name: "ns2.dnsimple.com", address: "127.0.0.12" },
  ],
};

/** A host without an API: what is changed there is changed by hand. */
export const slowHost: DnsHost = {
  host: "Network Solutions",
  lowestTtl: 300,
  nameServers: [
    { name: "ns1.worldnic.com", address: "127.0.0.13" },
    { name: "ns2.worldnic.com", address: "127.0.0.14" },
  ],
};

/** A host whose servers do not hold the same zone. */
export const splitHost: DnsHost = {
  host: "Bluehost",
  lowestTtl: 300,
  nameServers: [
    { name: "ns1.bluehost.com", address: "127.0.0.15" },
    { name: "ns2.bluehost.com", address: "127.0.0.16" },
  ],
};

/** The hosts' own zones: where the addresses of their name servers are found. */
export function sharedZones(): Zone[] {
  return [ordinaryHost, slowHost, splitHost].map((host) => {
    const first = host.nameServers[0]?.name ?? "";
    return {
      name: first.slice(first.indexOf(".") + 1),
      host: host.host,
      lowestTtl: host.lowestTtl,
      nameServers: structuredClone(host.nameServers),
      records: host.nameServers.map((server) => ({ type: "A" as const, name: server.name, ttl: 86_400, address: server.address })),
      serial: 1,
    };
  });
}
