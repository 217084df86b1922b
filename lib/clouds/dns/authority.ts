/** The MX records of a domain as its own name servers have them configured: only they know the TTL, a resolver shows what is left of it. */
import { getPublicSuffix } from "tldts";
import type { Reach } from "@/lib/base/reach";
import { no, ok, type Result } from "@/lib/base/result";
import type { Reply } from "./packet";
import { aliasOf, byPreference, type Host, mxOf } from "./reply";
import type { Resolver } from "./resolver";
import type { Wire } from "./wire";

/** What one name server said, or what went wrong with it. */
export type Server = {
  readonly name: string;
  readonly address: string;
  readonly ttl: number | null;
  readonly hosts: readonly Host[];
  /** The name this domain is an alias of: mail for an alias goes astray. */
  readonly alias: string | null;
  readonly problem: string | null;
};

export type Mx = {
  readonly domain: string;
  /** False when its own servers say there is no such name. */
  readonly exists: boolean;
  readonly zone: string;
  readonly nameServers: readonly string[];
  /** The longest TTL any of them has configured, in seconds; 0 where there is no MX record. */
  readonly ttl: number;
  /** What they agree on; where they do not, everything that any of them says. */
  readonly hosts: readonly Host[];
  readonly agreed: boolean;
  readonly alias: string | null;
  readonly servers: readonly Server[];
};

type Deps = { readonly wire: Wire; readonly resolver: Resolver; readonly reach: Reach; readonly port: number };
type Said = Server & { readonly isThere: boolean };

/** Larger name server sets than any real zone has are a way to make us work. */
const MOST_SERVERS = 13;
const ADDRESSES_TRIED = 2;

const silent = (name: string, address: string, problem: string): Said => ({
  name,
  address,
  ttl: null,
  hosts: [],
  alias: null,
  problem,
  isThere: true,
});

function judged(name: string, address: string, domain: string, reply: Reply): Said {
  if (reply.rcode !== "NOERROR" && reply.rcode !== "NXDOMAIN") return silent(name, address, `It answered ${reply.rcode}.`);
  if (!reply.packet.flag_aa) return silent(name, address, `It is not authoritative for ${domain}.`);
  const { hosts, ttl } = mxOf(reply, domain);
  return {
    name,
    address,
    ttl: hosts.length > 0 ? ttl : null,
    hosts,
    alias: aliasOf(reply, domain),
    problem: null,
    isThere: reply.rcode === "NOERROR",
  };
}

async function askServer({ wire, resolver, reach, port }: Deps, name: string, domain: string): Promise<Said> {
  const addresses = await resolver.addressesOf(name);
  if (!addresses.ok) return silent(name, "", addresses.problem.say);
  if (addresses.value.length === 0) return silent(name, "", "It has no address.");
  const usable = addresses.value.filter(reach).slice(0, ADDRESSES_TRIED);
  let last = silent(name, addresses.value[0] ?? "", "Its address is private or our own, so we do not ask it.");
  for (const address of usable) {
    const reply = await wire.ask({ host: address, port }, { name: domain, type: "MX", recursive: false });
    last = reply.ok ? judged(name, address, domain, reply.value) : silent(name, address, "It did not answer.");
    if (last.problem === null) return last;
  }
  return last;
}

const same = (a: Said, b: Said): boolean =>
  JSON.stringify([a.hosts, a.ttl, a.alias, a.isThere]) === JSON.stringify([b.hosts, b.ttl, b.alias, b.isThere]);
const distinct = (hosts: readonly Host[]): readonly Host[] =>
  byPreference([...new Map(hosts.map((host) => [`${host.preference} ${host.exchange}`, host])).values()]);
const nowhere = (domain: string): Mx => ({
  domain,
  exists: false,
  zone: "",
  nameServers: [],
  ttl: 0,
  hosts: [],
  agreed: true,
  alias: null,
  servers: [],
});

function together(
  domain: string,
  zone: { readonly name: string; readonly nameServers: readonly string[] },
  all: readonly Said[],
): Result<Mx> {
  const spoke = all.filter((one) => one.problem === null);
  const [first] = spoke;
  if (first === undefined) {
    const reasons = all.map((one) => `${one.name}: ${one.problem ?? ""}`).join(" ");
    return no("unreachable", `None of the name servers of ${domain} gave an authoritative answer.`, {
      fix: "Look at them at your DNS host, then look again.",
      evidence: { servers: reasons },
    });
  }
  return ok({
    domain,
    exists: spoke.some((one) => one.isThere),
    zone: zone.name,
    nameServers: zone.nameServers,
    ttl: Math.max(0, ...spoke.map((one) => one.ttl ?? 0)),
    hosts: distinct(spoke.flatMap((one) => one.hosts)),
    agreed: spoke.every((one) => same(one, first)),
    alias: first.alias,
    servers: all.map(({ isThere: _, ...server }) => server),
  });
}

/** Three hops at most when nothing is known yet: zone, addresses, answer. */
export function createAuthority(deps: Deps) {
  return async (domain: string): Promise<Result<Mx>> => {
    const zone = await deps.resolver.zoneOf(domain);
    if (!zone.ok) return zone;
    // The registry says there is no such domain: asking its servers again would only say it slower.
    if (!zone.value.isThere && (getPublicSuffix(domain) === zone.value.name || !zone.value.name.includes("."))) return ok(nowhere(domain));
    const names = zone.value.nameServers.slice(0, MOST_SERVERS);
    const all = await Promise.all(names.map((name) => askServer(deps, name, domain)));
    return together(domain, zone.value, all);
  };
}
