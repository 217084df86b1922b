/** The `web` cloud: what a domain's own web hosts say about its mail and its DNS, by one bounded HTTPS GET each. */
import { createGate } from "@/lib/base/gate";
import type { Log } from "@/lib/base/log";
import type { Reach } from "@/lib/base/reach";
import { ok, type Result } from "@/lib/base/result";
import { createAgents } from "@/lib/base/wire";
import { domainName } from "@/lib/clouds/dns/name";
import type { Lookups } from "@/lib/clouds/dns/resolver";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { askDomainConnect } from "./domain-connect";
import type { Getter } from "./get";
import { askMtaSts } from "./mta-sts";

export type WebDeps = {
  readonly log: Log;
  /** `dns.lookups`. */
  readonly lookups: Lookups;
  readonly reach: Reach;
  readonly port: number;
  /** PEM of an authority to trust besides Node's own. */
  readonly extraCa?: string | undefined;
  /** Limit of one GET. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 15_000;

export type Web = {
  /** One wave. Raw answers by the name of the ask, each an array of one object. */
  readonly ask: (asks: readonly Ask[]) => Promise<ReadonlyMap<string, Result<unknown>>>;
};

const AT_ONCE = 32;

const answer = { mtaSts: askMtaSts, domainConnect: askDomainConnect };

async function one(ask: Ask, getter: Getter): Promise<Result<unknown>> {
  const { asked } = factsOf(ask.kind);
  if (asked.cloud !== "web") throw new Error(`${nameOf(ask)} is not a question for a web host.`);
  const domain = domainName(ask.of);
  return domain.ok ? answer[asked.question](domain.value, getter) : domain;
}

export function createWeb({ log, lookups, reach, port, extraCa, timeoutMs = TIMEOUT_MS }: WebDeps): Web {
  const getter: Getter = { lookups, reach, port, agents: createAgents(extraCa), timeoutMs };
  const within = createGate(AT_ONCE);
  return {
    ask: async (asks) => {
      const began = performance.now();
      const distinct = new Map(asks.map((ask) => [nameOf(ask), ask]));
      const answers = await Promise.all(
        [...distinct].map(async ([name, ask]) => {
          const said = await within(() => one(ask, getter));
          return [name, said.ok ? ok([said.value]) : said] as const;
        }),
      );
      log.debug({ service: "Web hosts", asks: distinct.size, ms: Math.round(performance.now() - began) }, "asked");
      return new Map(answers);
    },
  };
}
