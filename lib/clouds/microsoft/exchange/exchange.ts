/** The `exchange` cloud: Exchange Online's admin API. Reads go in batches, a write goes alone. */
import type { Clock } from "@/lib/base/clock";
import type { Http } from "@/lib/base/http";
import { ok, type Result } from "@/lib/base/result";
import type { Call } from "@/lib/model/call";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import { createBearer } from "../fresh";
import type { Tokens } from "../tokens";
import { pageOf, type Row } from "./answer";
import { isAlreadySo } from "./failure";
import { type Read, readAll } from "./read";
import { type Came, failureOfCame, invoke } from "./wire";

export type ExchangeDeps = {
  readonly http: Http;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly exchangeUrl: string;
  readonly pause?: (ms: number) => Promise<void>;
};

/** `key`: the service's id of the object, for a new one the one it was given. Evidence: request ids, warnings. */
export type Made = { readonly key: string; readonly evidence: Readonly<Record<string, string>> };

export type Exchange = {
  /** One wave. Raw answers by the name of the ask: arrays of objects, sidecars taken off. */
  readonly ask: (asks: readonly Ask[], tenant: string) => Promise<ReadonlyMap<string, Result<unknown>>>;
  /** One write. Never batched, and a New- never sent again unless it is certain that nothing was done. */
  readonly make: (call: Call, tenant: string) => Promise<Result<Made>>;
};

function readsOf(ask: Ask): readonly Read[] {
  const { asked } = factsOf(ask.kind);
  if (asked.cloud !== "exchange") throw new Error(`${nameOf(ask)} is not a question for Exchange.`);
  const of = ask.of === "" ? {} : { Identity: ask.of };
  return [asked.parameters, ...(asked.also ?? [])].map((parameters) => ({
    call: { cmdlet: asked.cmdlet, parameters: { ...parameters, ...of } },
    select: asked.select,
  }));
}

/** Nothing, or the id of zeros that all built-in quarantine policies share. */
const NO_ID = /^[0-]*$/;

const identityOf = (row: Row): string =>
  [row["Guid"], row["ExchangeObjectId"], row["Identity"], row["Name"]]
    .find((one) => typeof one === "string" && !NO_ID.test(one))
    ?.toString() ?? "";

/** A full list may take several calls whose answers overlap: one row an object. One failed call fails the list. */
function joined(answers: readonly Result<readonly Row[]>[]): Result<readonly Row[]> {
  const rows = new Map<string, Row>();
  const loose: Row[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    for (const row of answer.value) {
      const id = identityOf(row);
      if (id === "") loose.push(row);
      else if (!rows.has(id)) rows.set(id, row);
    }
  }
  return ok([...rows.values(), ...loose]);
}

function madeBy(call: Call, came: Came): Result<Made> {
  const page = pageOf(came.body);
  if (!page.ok) return page;
  const [row] = page.value.rows;
  const { Identity, Name } = call.parameters;
  const said = [Identity, Name].find((one) => typeof one === "string");
  const key = call.cmdlet.startsWith("New-") && row !== undefined ? identityOf(row) || String(said ?? "") : String(said ?? "");
  const warnings = page.value.warnings.length > 0 ? { warnings: page.value.warnings.join(" ").slice(0, 1_000) } : {};
  return ok({ key, evidence: { ...came.evidence, ...warnings } });
}

/** Removing what is not there, or enabling what is on, has reached its end. */
const isReached = (call: Call, { status, body }: Came, code: string): boolean =>
  (call.cmdlet.startsWith("Remove-") && code === "gone" && status >= 400) || isAlreadySo(body);

export function createExchange(deps: ExchangeDeps): Exchange {
  const bearerOf = (tenant: string) => createBearer(deps.tokens, deps.clock, tenant, "exchange");
  return {
    ask: async (asks, tenant) => {
      const distinct = [...new Map(asks.map((ask) => [nameOf(ask), ask]))].map(([name, ask]) => ({ name, reads: readsOf(ask) }));
      const answers = await readAll(
        { ...deps, tenant, bearer: bearerOf(tenant) },
        distinct.flatMap(({ reads }) => reads),
      );
      let place = 0;
      return new Map(
        distinct.map(({ name, reads }) => {
          const own = answers.slice(place, place + reads.length);
          place += reads.length;
          return [name, joined(own)];
        }),
      );
    },
    make: async (call, tenant) => {
      const came = await invoke(deps, bearerOf(tenant), call, { tenant });
      if (!came.ok) return came;
      if (came.value.status < 300) return madeBy(call, came.value);
      const problem = failureOfCame(came.value, call.cmdlet, deps.clock.now());
      if (!isReached(call, came.value, problem.code)) return { ok: false, problem };
      const { Identity } = call.parameters;
      return ok({ key: typeof Identity === "string" ? Identity : "", evidence: { ...came.value.evidence, note: "it was so already" } });
    },
  };
}
