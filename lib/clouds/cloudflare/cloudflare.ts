/** The `cloudflare` cloud: domains of Email Security and DNS zones of the customer's own account, with the customer's own token. */
import type { Clock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";
import { no, type Result } from "@/lib/base/result";
import type { Change } from "@/lib/model/change";
import type { CloudflareAccess, Verified } from "@/lib/model/cloudflare-token";
import type { Asked } from "@/lib/model/noun";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { type Account, accountFor, type Made } from "./account";
import { createBlocks } from "./blocks";
import type { ClientDeps } from "./client";
import { writeDomain } from "./domain-writes";
import { listDomains, readDomains } from "./domains";
import { readJournaled } from "./journaled";
import { createMessages, type Messages } from "./messages";
import { writeMx } from "./mx";
import { readProcessed } from "./processed";
import { verify } from "./verify";
import { readZones } from "./zones";

export type CloudflareDeps = {
  readonly http: Http;
  readonly clock: Clock;
  /** Includes the version: https://api.cloudflare.com/client/v4 */
  readonly baseUrl: string;
  readonly pause?: (ms: number) => Promise<void>;
};

export type Cloudflare = {
  /** One wave. Raw answers by the name of the ask: arrays of the API's own objects. Without access nothing is asked. */
  readonly ask: (asks: readonly Ask[], access: CloudflareAccess | null) => Promise<ReadonlyMap<string, Result<unknown>>>;
  /** One write, sent once, after a look at what it changes. */
  readonly make: (change: Change, access: CloudflareAccess | null) => Promise<Result<Made>>;
  readonly verify: (token: string, accountId: string | null) => Promise<Result<Verified>>;
  readonly messages: Messages;
};

/** A person waits at the form. */
const VERIFY_MS = 4_000;

const notAsked = () =>
  no("not-asked", "Cutover has no API token for your Cloudflare account, or was not told which account it is for.", {
    fix: "Enter both on this setup’s page “Cloudflare”, or do this part by hand in the dashboard.",
  });

type Question = Extract<Asked, { readonly cloud: "cloudflare" }>["question"];

function questionOf(ask: Ask): Question {
  const { asked } = factsOf(ask.kind);
  if (asked.cloud !== "cloudflare") throw new Error(`${nameOf(ask)} is not a question for Cloudflare.`);
  return asked.question;
}

type Answers = { readonly [Q in Question]: (of: string) => Promise<Result<unknown>> };

/** Of one wave: the list of domains answers two questions and is asked for once. */
function answers(account: Account): Answers {
  let listed: ReturnType<typeof listDomains> | null = null;
  const domains = () => {
    listed ??= listDomains(account);
    return listed;
  };
  return {
    domains: async () => readDomains(account, await domains()),
    processed: async () => readProcessed(await domains()),
    zones: () => readZones(account),
    journaled: (of) => readJournaled(account, of),
  };
}

export function createCloudflare(given: CloudflareDeps): Cloudflare {
  const deps: ClientDeps = { ...given, blocks: createBlocks(given.clock) };
  return {
    ask: async (asks, access) => {
      if (access === null) return new Map(asks.map((ask) => [nameOf(ask), notAsked()]));
      const account = accountFor(deps, access);
      const answer = answers(account);
      const distinct = new Map(asks.map((ask) => [nameOf(ask), ask]));
      return new Map(await Promise.all([...distinct].map(async ([name, ask]) => [name, await answer[questionOf(ask)](ask.of)] as const)));
    },
    make: async (change, access) => {
      if (access === null) return notAsked();
      const account = accountFor(deps, access);
      if (change.kind === "EmailSecurityDomain") return writeDomain(account, change);
      if (change.kind === "mx") return writeMx(account, change);
      throw new Error(`${change.kind} is not written at Cloudflare.`);
    },
    verify: (token, accountId) => verify({ ...deps, reads: { budgetMs: VERIFY_MS } }, token, accountId),
    messages: createMessages(deps),
  };
}
