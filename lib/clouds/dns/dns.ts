/** The `dns` cloud: a domain's MX records as configured, as public resolvers remember them, and who hosts its zone. */
import type { Clock } from "@/lib/base/clock";
import type { Address } from "@/lib/base/env";
import type { Log } from "@/lib/base/log";
import type { Reach } from "@/lib/base/reach";
import { ok, type Result } from "@/lib/base/result";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { createAuthority } from "./authority";
import { domainName } from "./name";
import { isVanity, providersOf } from "./provider";
import { createMemories, type Memories } from "./public-memory";
import { createResolver, type Resolver } from "./resolver";
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
  readonly close: () => void;
};

type Question = "mx" | "resolvers" | "dnsHost";

async function dnsHost(resolver: Resolver, domain: string): Promise<Result<unknown>> {
  const zone = await resolver.zoneOf(domain);
  if (!zone.ok) return zone;
  const { name, nameServers } = zone.value;
  const primary = isVanity(name, nameServers) ? await resolver.primaryOf(name) : null;
  return ok({ domain, zone: name, nameServers, hosts: providersOf(nameServers, primary) });
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

  const answer: { readonly [Q in Question]: (domain: string) => Promise<Result<unknown>> } = {
    mx: authority,
    resolvers: memories,
    dnsHost: (domain) => dnsHost(resolver, domain),
  };

  const one = async (ask: Ask): Promise<Result<unknown>> => {
    const domain = domainName(ask.of);
    if (!domain.ok) return domain;
    const said = await answer[questionOf(ask)](domain.value);
    return said.ok ? ok([said.value]) : said;
  };

  return {
    ask: async (asks) => {
      const began = performance.now();
      const distinct = new Map(asks.map((ask) => [nameOf(ask), ask]));
      const answers = await Promise.all([...distinct].map(async ([name, ask]) => [name, await one(ask)] as const));
      deps.log.debug({ service: "DNS", asks: distinct.size, ms: Math.round(performance.now() - began) }, "asked");
      return new Map(answers);
    },
    close: wire.close,
  };
}
