/** What the configured resolvers find out for us: the zone a name lies in, its name servers, their addresses, the texts at a name. */
import type { Clock } from "@/lib/base/clock";
import type { Address } from "@/lib/base/env";
import { no, ok, type Result } from "@/lib/base/result";
import type { Question, Reply } from "./packet";
import { createMemory, type Memory } from "./remembered";
import { addressesOf, aliasOf, negativeOf, nsOf, primaryOf, textsOf } from "./reply";
import type { Wire } from "./wire";

/** `isThere` is false when the name asked for does not exist at all. */
export type Zone = { readonly name: string; readonly nameServers: readonly string[]; readonly isThere: boolean };

/** A host as a resolver sees it: its addresses, and the name it is an alias of. */
export type Found = { readonly addresses: readonly string[]; readonly alias: string | null };

/** What the clouds that call strangers' hosts need of DNS. "There is none" is an empty list, a failure is a problem. */
export type Lookups = {
  readonly addressesOf: (host: string) => Promise<Result<readonly string[]>>;
  readonly textsOf: (name: string) => Promise<Result<readonly string[]>>;
};

export type Resolver = Lookups & {
  readonly zoneOf: (name: string) => Promise<Result<Zone>>;
  readonly hostOf: (host: string) => Promise<Result<Found>>;
  /** The primary name server that the zone's SOA names. */
  readonly primaryOf: (zone: string) => Promise<string | null>;
};

type Ask = Omit<Question, "recursive">;

/** How long "it has no address" is kept: a person may be adding one right now. */
const NONE_SECONDS = 30;

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
  const hosts = createMemory<Found>(clock, async (host) => {
    const four = await ask(host, "A");
    if (!four.ok) return four;
    const found = addressesOf(four.value);
    const alias = aliasOf(four.value, host);
    if (found.addresses.length > 0) return ok({ value: { addresses: found.addresses, alias }, ttlSeconds: found.ttl });
    const six = await ask(host, "AAAA");
    if (!six.ok) return six;
    const also = addressesOf(six.value);
    const ttlSeconds = also.addresses.length > 0 ? also.ttl : NONE_SECONDS;
    return ok({ value: { addresses: also.addresses, alias }, ttlSeconds });
  });

  const plain = async <T>(kept: Promise<Result<{ readonly value: T }>>): Promise<Result<T>> => {
    const answer = await kept;
    return answer.ok ? ok(answer.value.value) : answer;
  };

  return {
    zoneOf: (name) => plain(zoneOf(name)),
    hostOf: (host) => plain(hosts(host)),
    addressesOf: async (host) => {
      const found = await plain(hosts(host));
      return found.ok ? ok(found.value.addresses) : found;
    },
    // Not kept: texts are what a person has just mended when they look again.
    textsOf: async (name) => {
      const reply = await ask(name, "TXT");
      return reply.ok ? ok(textsOf(reply.value)) : reply;
    },
    primaryOf: async (zone) => {
      const reply = await ask(zone, "SOA");
      return reply.ok ? primaryOf(reply.value) : null;
    },
  };
}
