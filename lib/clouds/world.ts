/** All clouds of one tenant as one: a wave goes to each of them at once, a change to the one its object is written through. */
import type { Clock } from "@/lib/base/clock";
import { no, ok, type Result } from "@/lib/base/result";
import { callOf, noteAfter } from "@/lib/model/call";
import type { Change } from "@/lib/model/change";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import type { CloudName } from "@/lib/model/noun";
import { factsOf } from "@/lib/model/nouns";
import { objectKey } from "@/lib/model/object-key";
import { type Ask, nameOf } from "@/lib/model/query";
import type { Cloudflare } from "./cloudflare/cloudflare";
import type { Dns } from "./dns/dns";
import type { Exchange, Made } from "./microsoft/exchange/exchange";
import type { Graph } from "./microsoft/graph/graph";
import type { Smtp } from "./smtp/smtp";
import type { Web } from "./web/web";

export type Access = "consent" | "without" | null;
export type CloudDeps = {
  readonly exchange: Exchange;
  readonly graph: Pick<Graph, "ask">;
  readonly cloudflare: Pick<Cloudflare, "ask" | "make">;
  readonly dns: Pick<Dns, "ask">;
  readonly smtp: Pick<Smtp, "ask">;
  readonly web: Pick<Web, "ask">;
  readonly clock: Clock;
};
type Answers = ReadonlyMap<string, Result<unknown>>;
type Asker = (asks: readonly Ask[]) => Promise<Answers>;

const notAsked = (access: Access): Result<never> =>
  access === "without"
    ? no("not-asked", "Nobody has read this yet: you set this up without giving access.", {
        fix: "Download the script that looks, run it, and upload the file it writes.",
      })
    : no("consent-missing", "Cutover has no access to your Microsoft 365 organisation yet.", {
        fix: "Give access in the first step, or go on without it.",
        step: "connect-tenant",
      });

const cloudOf = (q: Ask): CloudName => factsOf(q.kind).asked.cloud;

/** Microsoft is asked only with the organisation's consent. */
const guarded =
  (access: Access, ask: Asker): Asker =>
  async (asks) =>
    access === "consent" ? ask(asks) : new Map(asks.map((q) => [nameOf(q), notAsked(access)]));

async function makeInExchange(exchange: Exchange, change: Change, tenant: string, clock: Clock): Promise<Result<Made>> {
  const made = await exchange.make(callOf(change), tenant);
  if (!made.ok) return made;
  const note = noteAfter(change);
  const noted = note && (await exchange.make({ ...note, parameters: { ...note.parameters, ...stampOf(clock) } }, tenant));
  const evidence = { ...made.value.evidence, ...(noted && !noted.ok ? { note: noted.problem.say } : {}) };
  return ok({ key: change.do === "new" ? objectKey(change) || made.value.key : made.value.key, evidence });
}

/** UTC, in the form of the cmdlet's own example. */
const stampOf = (clock: Clock) => ({
  LastValidationTimestamp: new Date(clock.now())
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z"),
});

/** `cloudflareAccess`: the token of this tenant's Cloudflare account; null where nobody entered one. It goes no further than into here. */
export const createWorlds =
  ({ exchange, graph, cloudflare, dns, smtp, web, clock }: CloudDeps) =>
  (tenant: string, access: Access, cloudflareAccess: CloudflareAccess | null) => {
    const askers: Readonly<Record<CloudName, Asker>> = {
      exchange: guarded(access, (asks) => exchange.ask(asks, tenant)),
      graph: guarded(access, (asks) => graph.ask(asks, tenant)),
      cloudflare: (asks) => cloudflare.ask(asks, cloudflareAccess),
      dns: dns.ask,
      smtp: smtp.ask,
      web: web.ask,
    };
    return {
      now: () => clock.now(),
      ask: async (asks: readonly Ask[]): Promise<Answers> => {
        const clouds = new Set(asks.map(cloudOf));
        const answers = await Promise.all([...clouds].map((cloud) => askers[cloud](asks.filter((q) => cloudOf(q) === cloud))));
        return new Map(answers.flatMap((one) => [...one]));
      },
      make: async (change: Change): Promise<Result<Made>> => {
        const facts = factsOf(change.kind);
        const cloud = facts.writtenBy ?? facts.asked.cloud;
        if (cloud === "cloudflare") return cloudflare.make(change, cloudflareAccess);
        if (cloud !== "exchange") throw new Error(`${change.kind} is changed by a person, not by us.`);
        return access === "consent" ? makeInExchange(exchange, change, tenant, clock) : notAsked(access);
      },
    };
  };
