/** Where a stranger's mail server takes a message: the domain's MX hosts in order, asked of one of the sandbox's caching resolvers, so that old answers stay honest. */
import { Resolver } from "node:dns/promises";
import { resolverAddresses } from "../dns/index";

export type Hop = { host: string; address: string };
export type Route = { hops: Hop[]; problem: string | null };

export type Lookup = {
  route(domain: string): Promise<Route>;
  addresses(host: string): Promise<string[]>;
  texts(name: string): Promise<string[]>;
};

const absent = new Set(["ENODATA", "ENOTFOUND"]);
const codeOf = (problem: unknown) => (problem instanceof Error && "code" in problem ? String(problem.code) : "");

/** Null where there is nothing of the kind; a resolver that fails is a failure. */
async function orNone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (problem) {
    if (absent.has(codeOf(problem))) return null;
    throw problem;
  }
}

export function lookupAt(dnsPort: number): Lookup {
  // one a message: c-ares keeps answers by itself, and by the machine's clock
  const resolver = () => {
    const made = new Resolver({ timeout: 1_500, tries: 2 });
    made.setServers([`${resolverAddresses[0]}:${dnsPort}`]);
    return made;
  };
  const addresses = async (host: string) => (await orNone(resolver().resolve4(host))) ?? [];
  const hostsOf = async (domain: string): Promise<string[] | string> => {
    const records = await orNone(resolver().resolveMx(domain));
    // RFC 5321 5.1: without an MX record the domain's own address is the mail host
    if (!records) return (await addresses(domain)).length > 0 ? [domain] : `${domain} has no mail host.`;
    if (records.some((record) => record.exchange === "")) return `${domain} takes no mail (null MX).`;
    return records.sort((a, b) => a.priority - b.priority).map((record) => record.exchange);
  };
  return {
    addresses,
    texts: async (name) => ((await orNone(resolver().resolveTxt(name))) ?? []).map((pieces) => pieces.join("")),
    route: async (domain) => {
      try {
        const hosts = await hostsOf(domain);
        if (typeof hosts === "string") return { hops: [], problem: hosts };
        const hops = await Promise.all(hosts.map(async (host) => (await addresses(host)).map((address) => ({ host, address }))));
        return {
          hops: hops.flat(),
          problem: hops.flat().length === 0 ? `No mail host of ${domain} has an address: ${hosts.join(", ")}.` : null,
        };
      } catch (problem) {
        return { hops: [], problem: `The mail hosts of ${domain} could not be looked up (${codeOf(problem)}).` };
      }
    },
  };
}
