/** Which addresses we connect to when a stranger's DNS names them: public ones, and the networks a setting allows. */
import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";

export type Reach = (address: string) => boolean;

/** `allow`: networks such as 127.0.0.0/8 that may be reached although they are private or ours. */
export function createReach(allow: readonly string[]): Reach {
  const allowed = allow.map((network) => ipaddr.parseCIDR(network));
  const own = new Set(Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map((one) => one.address)));
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    // An IPv4 address in IPv6 clothes is judged as the IPv4 address it is.
    const address = ipaddr.process(text);
    if (allowed.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))) return true;
    return address.range() === "unicast" && !own.has(text) && !own.has(address.toString());
  };
}
