/** How a mail or web host is when it is not well: a table of the world that stories set and the servers obey. */
import type { Leaf } from "../ca/index";

const certificates = ["expired", "self-signed", "wrong-name"] as const;
/** `no-starttls` is for mail hosts alone, `redirect` and `oversize` for web hosts. */
export const hostBehaviours = ["ok", ...certificates, "no-starttls", "silent", "refused", "busy", "redirect", "oversize"] as const;
export type HostBehaviour = (typeof hostBehaviours)[number];
/** By host name, lower case; a host that is not named is well. */
export type HostBehaviours = Map<string, HostBehaviour>;

export const behaviourOf = (hosts: HostBehaviours, host: string): HostBehaviour => hosts.get(host.toLowerCase()) ?? "ok";

/** What ails a server before it is known which of its names is meant. */
export function behaviourAt(hosts: HostBehaviours, names: string[]): HostBehaviour {
  return names.map((name) => behaviourOf(hosts, name)).find((behaviour) => behaviour !== "ok") ?? "ok";
}

/** The certificate a host shows. */
export function leafOf(behaviour: HostBehaviour): Leaf {
  return certificates.find((one) => one === behaviour) ?? "good";
}
