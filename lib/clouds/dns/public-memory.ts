/** What several public resolvers remember of a domain's MX records, each with the seconds it will still do so: never the configured TTL. */
import type { Address } from "@/lib/base/env";
import { ok, type Result } from "@/lib/base/result";
import { type Host, mxOf, negativeOf } from "./reply";
import type { Wire } from "./wire";

type Seen = { readonly resolver: string; readonly ttl: number | null; readonly hosts: readonly Host[]; readonly problem: string | null };
export type Memories = (domain: string) => Promise<Result<{ readonly domain: string; readonly seen: readonly Seen[] }>>;

const written = ({ host, port }: Address): string => (port === 53 ? host : `${host}:${port}`);

async function askOne(wire: Wire, resolver: Address, domain: string): Promise<Seen> {
  const reply = await wire.ask(resolver, { name: domain, type: "MX", recursive: true });
  const unseen = { resolver: written(resolver), ttl: null, hosts: [] };
  if (!reply.ok) return { ...unseen, problem: "It did not answer." };
  if (reply.value.rcode !== "NOERROR" && reply.value.rcode !== "NXDOMAIN")
    return { ...unseen, problem: `It answered ${reply.value.rcode}.` };
  const { hosts, ttl } = mxOf(reply.value, domain);
  // "There is none" is remembered too, for as long as the zone's SOA allows.
  return { ...unseen, hosts, ttl: hosts.length > 0 ? ttl : (negativeOf(reply.value, domain)?.ttl ?? null), problem: null };
}

export const createMemories =
  (wire: Wire, resolvers: readonly Address[]): Memories =>
  async (domain) =>
    ok({ domain, seen: await Promise.all(resolvers.map((resolver) => askOne(wire, resolver, domain))) });
