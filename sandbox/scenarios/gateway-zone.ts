/** The other gateway's names: a vendor's that there is, so that it can be recognised by them; the sandbox's one gateway answers at their address. */
import type { Zone } from "../tenant";

export const gatewayHosts = ["us-smtp-inbound-1.mimecast.com", "us-smtp-inbound-2.mimecast.com"];

/** Where its customers send what leaves them. */
export const gatewayOutboundHosts = ["us-smtp-outbound-1.mimecast.com", "us-smtp-outbound-2.mimecast.com"];

export const gatewayZone = (): Zone => ({
  name: "mimecast.com",
  host: "mimecast.com",
  lowestTtl: 60,
  nameServers: [{ name: "ns1.mimecast.com", address: "127.0.0.92" }],
  records: [...gatewayHosts, ...gatewayOutboundHosts].map((name) => ({ type: "A", name, ttl: 300, address: "127.0.1.40" })),
  serial: 1,
});
