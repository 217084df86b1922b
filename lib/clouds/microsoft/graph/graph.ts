/** The `graph` cloud: the organisation, its domains, the records Microsoft expects of them, its people, its applications and who may authorise them, and what this application was granted. */
import type { Clock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";
import { ok, type Result } from "@/lib/base/result";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { createBearer } from "../fresh";
import type { Tokens } from "../tokens";
import { applicationsCalled } from "./applications";
import { grantsOf } from "./grants";
import { holdersOf } from "./holders";
import { type Names, noNames } from "./names";
import { type Found, findPeople, peopleOf } from "./people";
import { createReader, type Reader } from "./reader";

export type GraphDeps = {
  readonly http: Http;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly graphUrl: string;
  readonly clientId: string;
  readonly pause?: (ms: number) => Promise<void>;
};

export type Graph = {
  /** One wave. Raw answers by the name of the ask, each an array of objects as Graph sends them. */
  readonly ask: (asks: readonly Ask[], tenant: string) => Promise<ReadonlyMap<string, Result<unknown>>>;
  /** The first people whose name or address fits what is typed, for a person who picks them; fewer than two signs find nobody. */
  readonly searchPeople: (tenant: string, typed: string) => Promise<Result<readonly Found[]>>;
};

type Wave = { readonly reader: Reader; readonly names: Names; readonly tenant: string; readonly clientId: string };

async function grants(wave: Wave): Promise<Result<unknown>> {
  const found = await grantsOf(wave, wave.clientId);
  return found.ok ? ok([found.value]) : found;
}

function answerOf(wave: Wave, ask: Ask): Promise<Result<unknown>> {
  const { reader } = wave;
  const { asked, permission } = factsOf(ask.kind);
  if (asked.cloud !== "graph") throw new Error(`${nameOf(ask)} is not a question for Graph.`);
  switch (asked.question) {
    case "organization":
      return reader.all({
        path: "/organization?$select=id,displayName,tenantType,countryLetterCode,assignedPlans,verifiedDomains",
        permission,
      });
    case "domain":
      return reader.all({ path: "/domains", permission });
    case "serviceRecord":
      return reader.all({ path: `/domains/${encodeURIComponent(ask.of)}/serviceConfigurationRecords`, permission });
    case "grants":
      return grants(wave);
    case "people":
      return peopleOf(reader);
    case "vendorApplications":
      return applicationsCalled(wave, ask.of);
    case "roleHolders":
      return holdersOf(reader, ask.of);
  }
}

export function createGraph(deps: GraphDeps): Graph {
  const names = noNames();
  const readerOf = (tenant: string) => createReader({ ...deps, bearer: createBearer(deps.tokens, deps.clock, tenant, "graph") });
  return {
    ask: async (asks, tenant) => {
      const reader = readerOf(tenant);
      const distinct = new Map(asks.map((ask) => [nameOf(ask), ask]));
      return new Map(
        await Promise.all(
          [...distinct].map(
            async ([name, ask]) => [name, await answerOf({ reader, names, tenant, clientId: deps.clientId }, ask)] as const,
          ),
        ),
      );
    },
    searchPeople: (tenant, typed) => findPeople(readerOf(tenant), typed),
  };
}
