/** Where the names in MX records lead: an MX must name a host with addresses, never an address or an alias (RFC 5321 5.1, RFC 2181 10.3). */
import { isIP } from "node:net";
import { domainName } from "./name";
import type { Host } from "./reply";
import type { Resolver } from "./resolver";

export type Target = {
  readonly host: string;
  /** Empty with no problem: it has none. */
  readonly addresses: readonly string[];
  /** The name it is an alias of. */
  readonly cname: string | null;
  /** The record names an address where a host belongs. */
  readonly isAddress: boolean;
  /** Why we could not find out, so that nothing is known of it. */
  readonly problem: string | null;
};

/** More than any real domain has; a longer list is a way to make us work. */
const MOST_TARGETS = 50;

async function targetOf(resolver: Resolver, host: string, place: number): Promise<Target> {
  const unknown = { host, addresses: [], cname: null, isAddress: isIP(host.replace(/^\[(?:ipv6:)?|\]$/g, "")) !== 0, problem: null };
  // A lone dot says "this domain takes no mail" (RFC 7505): there is nothing to look up.
  if (unknown.isAddress || host === ".") return unknown;
  if (place >= MOST_TARGETS) return { ...unknown, problem: `We look up the first ${MOST_TARGETS} mail servers of a domain.` };
  // A name that no host can have, such as one with a space, exists nowhere.
  const name = domainName(host);
  if (!name.ok) return unknown;
  const found = await resolver.hostOf(name.value);
  return found.ok ? { ...unknown, addresses: found.value.addresses, cname: found.value.alias } : { ...unknown, problem: found.problem.say };
}

export const targetsOf = (resolver: Resolver, hosts: readonly Host[]): Promise<readonly Target[]> =>
  Promise.all([...new Set(hosts.map((host) => host.exchange))].map((host, place) => targetOf(resolver, host, place)));
