/** The `dns` cloud: a domain's MX records as configured, as public resolvers remember them, where they lead, its SPF record, and who hosts its zone. */
import type { Clock } from "@/lib/base/clock";
import type { Address } from "@/lib/base/env";
import type { Log } from "@/lib/base/log";
import type { Reach } from "@/lib/base/reach";
import { ok, type Result } from "@/lib/base/result";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { createAuthority, type Mx } from "./authority";
import { domainName } from "./name";
import { isVanity, providersOf } from "./provider";
import { createMemories, type Memories } from "./public-memory";
import { createResolver, type Lookups, type Resolver } from "./resolver";
import { createSpf } from "./spf";
import { targetsOf } from "./targets";
import { createWire } from "./wire";

export type DnsDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly resolvers: readonly Address[];
  /** The port of authoritative servers. */
  readonly port: number;
  readonly reach: Reach;
};

export type Dns = {
  /** One wave. Raw answers by the name of the ask, each an array of one object. */
  readonly ask: (asks: readonly Ask[]) => Promise<ReadonlyMap<string, Result<unknown>>>;
  /** For the clouds that call hosts which a customer's DNS names. */
  readonly lookups: Lookups;
  readonly close: () => void;
};

type Question = "mx" | "resolvers" | "dnsHost" | "mxTargets" | "spf";
type MxOf = (domain: string) => Promise<Result<Mx>>;

async function dnsHost(resolver: Resolver, domain: string): Promise<Result<unknown>> {
  const zone = await resolver.zoneOf(domain);
  if (!zone.ok) return zone;
  const { name, nameServers } = zone.value;
  const primary = isVanity(name, nameServers) ? await resolver.primaryOf(name) : null;
  return ok({ domain, zone: name, nameServers, hosts: providersOf(nameServers, primary) });
}

/** Two questions of a wave that need the same MX records ask for them once; the next wave asks anew. */
function once(mx: MxOf): MxOf {
  const asked = new Map<string, Promise<Result<Mx>>>();
  return (domain) => {
    const said = asked.get(domain) ?? mx(domain);
    asked.set(domain, said);
    return said;
  };
}

function questionOf(ask: Ask): Question {
  const { asked } = factsOf(ask.kind);
  if (asked.cloud !== "dns") throw new Error(`${nameOf(ask)} is not a question for DNS.`);
  return asked.question;
}

export function createDns(deps: DnsDeps): Dns {
  const wire = createWire();
  const resolver = createResolver({ wire, resolvers: deps.resolvers, clock: deps.clock });
  const authority = createAuthority({ wire, resolver, reach: deps.reach, port: deps.port });
  const memories: Memories = createMemories(wire, deps.resolvers);

  const spf = createSpf({ wire, resolver, reach: deps.reach, port: deps.port });

  const answers = (mx: MxOf): { readonly [Q in Question]: (domain: string) => Promise<Result<unknown>> } => ({
    mx,
    resolvers: memories,
    dnsHost: (domain) => dnsHost(resolver, domain),
    mxTargets: async (domain) => {
      const said = await mx(domain);
      return said.ok ? ok({ domain, targets: await targetsOf(resolver, said.value.hosts) }) : said;
    },
    spf,
  });

  const one = async (answer: ReturnType<typeof answers>, ask: Ask): Promise<Result<unknown>> => {
    const domain = domainName(ask.of, ask.kind === "spf" ? "record" : "host");
    if (!domain.ok) return domain;
    const said = await answer[questionOf(ask)](domain.value);
    return said.ok ? ok([said.value]) : said;
  };

  return {
    ask: async (asks) => {
      const began = performance.now();
      const distinct = new Map(asks.map((ask) => [nameOf(ask), ask]));
      const inWave = answers(once(authority));
      const said = await Promise.all([...distinct].map(async ([name, ask]) => [name, await one(inWave, ask)] as const));
      deps.log.debug({ service: "DNS", asks: distinct.size, ms: Math.round(performance.now() - began) }, "asked");
      return new Map(said);
    },
    lookups: { addressesOf: resolver.addressesOf, textsOf: resolver.textsOf },
    close: wire.close,
  };
}
