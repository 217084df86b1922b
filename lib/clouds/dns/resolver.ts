/** What the configured resolvers find out for us: the zone a name lies in, its name servers, their addresses. */
import type { Clock } from "@/lib/base/clock";
import type { Address } from "@/lib/base/env";
import { no, ok, type Result } from "@/lib/base/result";
import type { Question, Reply } from "./packet";
import { createMemory, type Memory } from "./remembered";
import { addressesOf, negativeOf, nsOf, primaryOf } from "./reply";
import type { Wire } from "./wire";

/** `isThere` is false when the name asked for does not exist at all. */
export type Zone = { readonly name: string; readonly nameServers: readonly string[]; readonly isThere: boolean };

export type Resolver = {
  readonly zoneOf: (name: string) => Promise<Result<Zone>>;
  readonly addressesOf: (host: string) => Promise<Result<readonly string[]>>;
  /** The primary name server that the zone's SOA names. */
  readonly primaryOf: (zone: string) => Promise<string | null>;
};

type Ask = Omit<Question, "recursive">;

const isSaid = (reply: Reply): boolean => reply.rcode === "NOERROR" || reply.rcode === "NXDOMAIN";

/** One resolver after another, until one knows. "failing": all of them answered SERVFAIL. */
async function firstToKnow(
  wire: Wire,
  resolvers: readonly Address[],
  ask: Ask,
  tell: (knew: Address) => void = () => {},
): Promise<Reply | "failing" | "silent"> {
  let why: "failing" | "silent" = resolvers.length > 0 ? "failing" : "silent";
  for (const resolver of resolvers) {
    const reply = await wire.ask(resolver, { ...ask, recursive: true });
    if (reply.ok && isSaid(reply.value)) {
      tell(resolver);
      return reply.value;
    }
    if (!reply.ok || reply.value.rcode !== "SERVFAIL") why = "silent";
  }
  return why;
}

/** A failure that goes away without DNSSEC is another fault than silent name servers, and has another cure. */
async function resolved(wire: Wire, resolvers: readonly Address[], ask: Ask, tell: (knew: Address) => void): Promise<Result<Reply>> {
  const reply = await firstToKnow(wire, resolvers, ask, tell);
  if (reply === "silent")
    return no("unreachable", `No resolver could say anything about ${ask.name}.`, {
      fix: "Check that this server can reach its resolvers, then look again.",
    });
  if (reply !== "failing") return ok(reply);
  const unchecked = await firstToKnow(wire, resolvers.slice(0, 1), { ...ask, unchecked: true });
  return typeof unchecked === "string"
    ? no("unreachable", `The resolvers fail on ${ask.name}.`, { fix: "Look at its name servers at your DNS host: none of them answers." })
    : no("unreachable", `Resolvers refuse ${ask.name} because its DNSSEC signatures are wrong.`, {
        fix: "Have your DNS host repair DNSSEC; mail is being lost meanwhile.",
      });
}

const parentOf = (name: string): string => name.slice(name.indexOf(".") + 1);

export function createResolver({
  wire,
  resolvers,
  clock,
}: {
  readonly wire: Wire;
  readonly resolvers: readonly Address[];
  readonly clock: Clock;
}): Resolver {
  // The one that knew last is asked first, so that a dead resolver costs its time limit once and not every time.
  let order = resolvers;
  const tell = (knew: Address) => {
    if (order[0] !== knew) order = [knew, ...resolvers.filter((one) => one !== knew)];
  };
  const ask = (name: string, type: Ask["type"]) => resolved(wire, order, { name, type }, tell);

  /** NS records stand where a zone begins; where there are none, the SOA that comes with "none" names that place, or else it is further up. */
  const zoneOf: Memory<Zone> = createMemory<Zone>(clock, async (name) => {
    const reply = await ask(name, "NS");
    if (!reply.ok) return reply;
    const found = nsOf(reply.value, name);
    if (found.hosts.length > 0) return ok({ value: { name, nameServers: found.hosts, isThere: true }, ttlSeconds: found.ttl });
    const hint = negativeOf(reply.value, name)?.zone;
    const isThere = reply.value.rcode !== "NXDOMAIN";
    const above = hint === undefined || hint === name ? parentOf(name) : hint;
    if (!above.includes(".") && !isThere) return ok({ value: { name: above, nameServers: [], isThere }, ttlSeconds: 60 });
    if (above === "" || above === name) return no("gone", `No zone holds ${name}.`);
    const zone = await zoneOf(above);
    return zone.ok ? ok({ value: { ...zone.value.value, isThere }, ttlSeconds: Math.min(300, zone.value.ttlSeconds) }) : zone;
  });

  /** IPv6 only where there is no IPv4: not every server we run on has a way out over IPv6. */
  const hostAddresses = createMemory<readonly string[]>(clock, async (host) => {
    const four = await ask(host, "A");
    if (!four.ok) return four;
    const found = addressesOf(four.value);
    if (found.addresses.length > 0) return ok({ value: found.addresses, ttlSeconds: found.ttl });
    const six = await ask(host, "AAAA");
    if (!six.ok) return six;
    const also = addressesOf(six.value);
    return also.addresses.length > 0
      ? ok({ value: also.addresses, ttlSeconds: also.ttl })
      : no("gone", `The name server ${host} has no address.`);
  });

  const plain = async <T>(kept: Promise<Result<{ readonly value: T }>>): Promise<Result<T>> => {
    const answer = await kept;
    return answer.ok ? ok(answer.value.value) : answer;
  };

  return {
    zoneOf: (name) => plain(zoneOf(name)),
    addressesOf: (host) => plain(hostAddresses(host)),
    primaryOf: async (zone) => {
      const reply = await ask(zone, "SOA");
      return reply.ok ? primaryOf(reply.value) : null;
    },
  };
}
