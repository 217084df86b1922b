/** All clouds of one tenant as one: a wave goes to each of them at once, a change to the one its object lives in. */
import type { Clock } from "@/lib/base/clock";
import { no, type Result } from "@/lib/base/result";
import { callOf } from "@/lib/model/call";
import type { Change } from "@/lib/model/change";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import type { Dns } from "./dns/dns";
import type { Exchange, Made } from "./microsoft/exchange/exchange";
import type { Graph } from "./microsoft/graph/graph";

export type Access = "consent" | "without" | null;
export type CloudDeps = { readonly exchange: Exchange; readonly graph: Graph; readonly dns: Dns; readonly clock: Clock };
type Answers = ReadonlyMap<string, Result<unknown>>;

const notAsked = (access: Access): Result<never> =>
  access === "without"
    ? no("not-asked", "Nobody has read this yet: you set this up without giving access.", {
        fix: "Download the script that looks, run it, and upload the file it writes.",
      })
    : no("consent-missing", "Cutover has no access to your Microsoft 365 organisation yet.", {
        fix: "Give access in the first step, or go on without it.",
        step: "connect-tenant",
      });

const unasked = (asks: readonly Ask[], access: Access): Answers => new Map(asks.map((q) => [nameOf(q), notAsked(access)]));

export const createWorlds =
  ({ exchange, graph, dns, clock }: CloudDeps) =>
  (tenant: string, access: Access) => {
    const of = (asks: readonly Ask[], cloud: "exchange" | "graph" | "dns") => asks.filter((q) => factsOf(q.kind).asked.cloud === cloud);
    const send = async (asks: readonly Ask[], ask: (asks: readonly Ask[]) => Promise<Answers>): Promise<Answers> =>
      asks.length === 0 ? new Map() : ask(asks);
    const guarded = (asks: readonly Ask[], ask: (asks: readonly Ask[]) => Promise<Answers>): Promise<Answers> =>
      access === "consent" ? send(asks, ask) : Promise.resolve(unasked(asks, access));
    return {
      now: () => clock.now(),
      ask: async (asks: readonly Ask[]): Promise<Answers> => {
        const answers = await Promise.all([
          guarded(of(asks, "exchange"), (some) => exchange.ask(some, tenant)),
          guarded(of(asks, "graph"), (some) => graph.ask(some, tenant)),
          send(of(asks, "dns"), (some) => dns.ask(some)),
        ]);
        return new Map(answers.flatMap((one) => [...one]));
      },
      make: async (change: Change): Promise<Result<Made>> => {
        if (factsOf(change.kind).asked.cloud !== "exchange") throw new Error(`${change.kind} is changed by a person, not by us.`);
        return access === "consent" ? exchange.make(callOf(change), tenant) : notAsked(access);
      },
    };
  };
