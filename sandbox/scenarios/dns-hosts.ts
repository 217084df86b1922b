/** The DNS hosts at which the sandbox's domains live. Name servers carry real hosts' names, so that a guide names the right help page. */
import { hostName } from "../cloudflare/account";
import type { Zone } from "../tenant";
import { archiveZone } from "./archive-zone";
import { gatewayZone } from "./gateway-zone";
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

/** Its zones can be changed through Cloudflare's API, by whoever owns them. */
export const cloudflareHost: DnsHost = {
  host: hostName,
  lowestTtl: 60,
  nameServers: [
    { name: "ada.ns.cloudflare.com", address: "127.0.0.17" },
    { name: "bob.ns.cloudflare.com", address: "127.0.0.18" },
  ],
};

/** Zones that are nobody's here: the hosts' own, where the addresses of their name servers are found, and the other gateway's and an archive's. */
export function sharedZones(): Zone[] {
  const hosts = [ordinaryHost, slowHost, splitHost, cloudflareHost].map((host) => {
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
  return [...hosts, gatewayZone(), archiveZone()];
}
