/** An archive's domain; its reports go to the sandbox's one foreign gateway, which takes what Microsoft sends. */
import type { Zone } from "../tenant";
import { gatewayHosts } from "./gateway-zone";

export const archiveDomain = "mail-archive.example";

export const archiveZone = (): Zone => ({
  name: archiveDomain,
  host: archiveDomain,
  lowestTtl: 60,
  nameServers: [{ name: `ns1.${archiveDomain}`, address: "127.0.0.92" }],
  records: gatewayHosts.map((exchange) => ({ type: "MX", name: archiveDomain, ttl: 300, preference: 10, exchange })),
  serial: 1,
});
